import * as z from "zod";
import { isNewlyUsed, noteUse, type ProvableToken, readToken } from "../../log/tokens.ts";
import { LOG_LIMIT_MS } from "../../platform/d1/in-time.ts";
import { sha256Hex } from "../../platform/digest.ts";
import { withTimeLimit } from "../../platform/time-limit.ts";
import type { Work } from "../../platform/work.ts";
import { type Caller, roles } from "./role.ts";

/** Stands for the digest of a token that there is not: an unknown id is compared as a wrong secret is. */
const NOBODYS = "0".repeat(64);
const tokenRole = z.enum([...roles, "receiver"]);

/** Whose token it is; `unknown` where it is nobody's, or not any more; `unreadable` where the log cannot tell. */
export type Proved = { readonly caller: Caller } | "unknown" | "unreadable";

/**
 * Whose named token a text is. The log is asked each time, so that a token that was deleted ends at once; that it is used
 * is written down behind the answer. Never rejects.
 */
export async function proveToken(id: string, text: string, work: Work): Promise<Proved> {
  const presented = await sha256Hex(text);
  return proveHolder(id, async ({ hash }) => areSameDigests(presented, hash), work);
}

/** Whose named token an id is, once it is proved by what is kept of it. Never rejects. */
export async function proveHolder(
  id: string,
  isProved: (kept: Pick<ProvableToken, "hash">) => Promise<boolean>,
  { env, now, defer }: Work,
): Promise<Proved> {
  const read = await withTimeLimit(readToken(env.LOG, id), LOG_LIMIT_MS);
  if (!read.ok) return "unreadable";
  const kept = read.value;
  const isRight = await isProved(kept ?? { hash: NOBODYS });
  if (kept === undefined || !isRight || (kept.expires !== null && kept.expires <= now)) return "unknown";
  const caller = callerOf(kept);
  if (caller === undefined) return "unknown";
  if (isNewlyUsed(kept, now)) defer(noteUse(env.LOG, id, now).catch(() => undefined));
  return { caller };
}

function callerOf({ name, role, destination, expires }: ProvableToken): Caller | undefined {
  const known = tokenRole.safeParse(role);
  if (!known.success || (known.data === "receiver") !== (destination !== null)) return undefined;
  return {
    name,
    role: known.data,
    by: "token",
    ...(destination === null ? {} : { destination }),
    ...(expires === null ? {} : { expires }),
  };
}

/** Compares two digests in hex in a time that does not tell where they differ. */
export function areSameDigests(left: string, right: string): boolean {
  const [one, other] = [new TextEncoder().encode(left), new TextEncoder().encode(right)];
  return one.byteLength === other.byteLength && crypto.subtle.timingSafeEqual(one, other);
}
