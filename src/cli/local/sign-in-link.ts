import { randomBytes } from "node:crypto";
import type { Miniflare } from "miniflare";
import { LINK_PLACE, linkKey } from "../../config/sign-in-link.ts";

const CODE_BYTES = 32;
const LASTS_SECONDS = 300;

/**
 * Makes the link that signs in to the dashboard of the relay on this machine, once and within five minutes; those that were made
 * before are worth nothing any more. The code stands behind the #: no server is sent it with the address, so no log has it.
 * @param url where the relay is reached
 */
export async function makeSignInLink(runtime: Miniflare, url: string): Promise<string> {
  const config = await runtime.getKVNamespace("CONFIG");
  const { keys } = await config.list({ prefix: LINK_PLACE });
  for (const { name } of keys) await config.delete(name);
  const code = randomBytes(CODE_BYTES).toString("base64url");
  const until = Date.now() + 1000 * LASTS_SECONDS;
  await config.put(await linkKey(code), String(until), { expirationTtl: LASTS_SECONDS });
  return `${url}/dashboard/sign-in#link=${code}`;
}
