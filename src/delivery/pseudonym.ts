import type { Lookup } from "../config/reference.ts";

/** Nothing keys the pseudonyms; the delivery waits until MASK_KEY is set. */
export class MissingMaskKeyError extends Error {
  override readonly name = "MissingMaskKeyError";
}

const HEX_DIGITS = 20;

/**
 * Equal values have equal pseudonyms at every destination, so that joins still work; keyed with the secret MASK_KEY
 * (else ADMIN_TOKEN), which no receiver knows, so that nobody can try all phone numbers.
 */
export async function pseudonym(text: string, lookup: Lookup): Promise<string> {
  const secret = lookup("MASK_KEY") ?? lookup("ADMIN_TOKEN");
  if (secret === undefined) throw new MissingMaskKeyError();
  const bytes = new TextEncoder();
  const key = await crypto.subtle.importKey("raw", bytes.encode(secret), { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ]);
  const digest = new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes.encode(`pseudonym ${text}`)));
  const hex = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `p_${hex.slice(0, HEX_DIGITS)}`;
}
