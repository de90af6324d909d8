import { parse } from "hono/utils/cookie";
import { isLoopback } from "../../config/host.ts";
import { deriveHmacKey } from "../../config/secrets/derive-key.ts";
import { sha256Hex } from "../../platform/digest.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { toHex } from "../../platform/text/hex.ts";
import type { Work } from "../../platform/work.ts";
import { areSameDigests, type Proved, proveHolder } from "./prove-token.ts";
import { administrator, type Caller } from "./role.ts";
import { tokenIdIn } from "./token-text.ts";

/** How long a browser stays signed in. */
export const SESSION_SECONDS = 12 * 3600;

/** Whose session it is when it was opened with `ADMIN_TOKEN`: no named token has this id. */
const ADMIN = "-";
/** The one that no URL says. */
const HTTP_PORT = "80";
const SESSION = /^s1\.([0-9a-z-]{1,32})\.([0-9]{1,12})\.([0-9a-f]{64})$/;

/**
 * The name of the cookie that holds a session, bound to this host and to https; on this machine, where there is no https,
 * a plain one with the port in it, which browsers leave out when they tell hosts apart: two relays here would sign each
 * other out. Undefined where a browser would have to send it in the clear.
 */
export function sessionCookieName(url: string): string | undefined {
  const { protocol, hostname, port } = new URL(url);
  if (protocol === "https:") return "__Host-hookswitch";
  return isLoopback(hostname) ? `hookswitch-${port || HTTP_PORT}` : undefined;
}

/**
 * A session for the holder of a token, as its cookie holds it: whose, until when, and a proof that only this Worker makes and
 * that ends with the token. Undefined where there is no `RELAY_KEY` to prove it with.
 * @param token that has proved the caller
 */
export async function openSession(
  token: string,
  { by }: Pick<Caller, "by">,
  { env, now }: Pick<Work, "env" | "now">,
): Promise<string | undefined> {
  const root = lookupIn(env)("RELAY_KEY");
  const id = by === "admin_token" ? ADMIN : tokenIdIn(token);
  if (root === undefined || id === undefined) return undefined;
  const claims = `s1.${id}.${Math.floor(now / 1000) + SESSION_SECONDS}`;
  return `${claims}.${await prove(root, claims, await sha256Hex(token))}`;
}

/** Who has signed in with this browser; `unknown` without a session that holds. Never rejects. */
export async function proveSession(request: Pick<Request, "headers" | "url">, work: Work): Promise<Proved> {
  const name = sessionCookieName(request.url);
  const cookie = name === undefined ? undefined : parse(request.headers.get("cookie") ?? "", name)[name];
  const [, id = "", until = "", proof = ""] = SESSION.exec(cookie ?? "") ?? [];
  if (id === "" || Number(until) * 1000 <= work.now) return "unknown";
  const lookup = lookupIn(work.env);
  const roots = [lookup("RELAY_KEY"), lookup("RELAY_KEY_PREVIOUS")].filter((root) => root !== undefined);
  const isProved = async ({ hash }: { readonly hash: string }) => {
    const proofs = await Promise.all(roots.map((root) => prove(root, `s1.${id}.${until}`, hash)));
    return proofs.some((one) => areSameDigests(one, proof));
  };
  if (id !== ADMIN) return proveHolder(id, isProved, work);
  const admin = lookup("ADMIN_TOKEN");
  return admin !== undefined && (await isProved({ hash: await sha256Hex(admin) }))
    ? { caller: { ...administrator, expires: Number(until) * 1000 } }
    : "unknown";
}

async function prove(root: string, claims: string, tokenHash: string): Promise<string> {
  const key = await deriveHmacKey(root, "session");
  const text = new TextEncoder().encode(`${claims}.${tokenHash}`);
  return toHex(new Uint8Array(await crypto.subtle.sign("HMAC", key, text)));
}
