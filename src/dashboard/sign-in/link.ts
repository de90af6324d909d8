import { isLoopback } from "../../config/host.ts";
import { sha256Hex } from "../../platform/digest.ts";
import { lookupIn } from "../../platform/lookup.ts";
import type { Work } from "../../platform/work.ts";

/** Where `npm start` writes down that a link may be used: the digest of its code, for five minutes. */
const PLACE = "sign-in-link/";
const CODE = /^[A-Za-z0-9_-]{32,64}$/;

/** Links that this isolate has redeemed: of two requests at once only one may. */
const redeemed = new Set<string>();

/** The key of the KV entry that lets a link be used once. */
export async function linkKey(code: string): Promise<string> {
  return `${PLACE}${await sha256Hex(code)}`;
}

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
