import { isLoopback } from "../../config/host.ts";
import { linkKey } from "../../config/sign-in-link.ts";
import { lookupIn } from "../../platform/lookup.ts";
import type { Work } from "../../platform/work.ts";

const CODE = /^[A-Za-z0-9_-]{32,64}$/;

/** Links that this isolate has redeemed: of two requests at once only one may. */
const redeemed = new Set<string>();

/**
 * The token that a one-time link stands for, which is then used up. Undefined for a code that is not known, used or too
 * old, and anywhere but on this machine: no relay in the world has such an entry, and none looks for one.
 */
export async function redeemLink(code: string, { hostname }: URL, { env, now }: Work): Promise<string | undefined> {
  if (!isLoopback(hostname) || !CODE.test(code)) return undefined;
  const key = await linkKey(code);
  const until = Number(await env.CONFIG.get(key));
  if (!(until > now) || redeemed.has(key)) return undefined;
  redeemed.add(key);
  await env.CONFIG.delete(key);
  return lookupIn(env)("ADMIN_TOKEN");
}
