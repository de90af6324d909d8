import { makeToken } from "../api/people/somebody.ts";
import { type Browser, signedIn } from "./browse.ts";

/** Everybody who may come: the four roles, and a receiver of one destination. */
export const everybody = ["viewer", "supervisor", "operator", "admin", "receiver"] as const;

/** A browser in which somebody with that role has signed in; a receiver's is bound to `crm`. */
export async function signedInAs(role: string): Promise<Browser> {
  if (role === "admin") return signedIn();
  const { token } = await makeToken(role, role === "receiver" ? { destination: "crm" } : {});
  return signedIn(token);
}

/** The status of a page, for each of them. */
export async function statusesOf(path: string): Promise<Record<string, number>> {
  const shown = everybody.map(async (role) => [role, (await (await signedInAs(role)).open(path)).status] as const);
  return Object.fromEntries(await Promise.all(shown));
}
