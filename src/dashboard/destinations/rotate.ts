import type * as z from "zod";
import { readDestination } from "../../api/destinations/read.ts";
import { rotateSecret } from "../../api/destinations/secret.ts";
import { Refusal } from "../../api/operation.ts";
import type { Visit } from "../page/visit.ts";

/**
 * Makes a new secret, if the page whose form asks for it showed how it is now: what a browser sends again by a reload would
 * end the secret that the receiver still verifies with.
 * @param seen how many secrets that page showed
 */
export async function rotateOnce(
  { ask }: Pick<Visit, "ask">,
  id: string,
  seen: string | undefined,
): Promise<z.output<typeof rotateSecret.gives> | Refusal> {
  const one = await ask(readDestination, { params: { id } });
  if (one instanceof Refusal) return one;
  if (String(one.secrets) !== seen) return meanwhile;
  return one.secrets > 1 ? twoAlready : ask(rotateSecret, { params: { id } });
}

const meanwhile = new Refusal(
  "invalid_request",
  "Its secrets were changed since that page was shown, perhaps by the same button. No further one was made.",
);
const twoAlready = new Refusal("invalid_request", "Two secrets sign already: end the old one first.");
