import { makeToken } from "../api/people/somebody.ts";
import { type Browser, signedIn } from "./browse.ts";

/** A browser in which somebody with that role has signed in. */
export async function signedInAs(role: string): Promise<Browser> {
  if (role === "admin") return signedIn();
  const { token } = await makeToken(role, role === "receiver" ? { destination: "crm" } : {});
  return signedIn(token);
}
