import { deriveHmacKey } from "../../config/secrets/derive-key.ts";
import type { Lookup } from "../../platform/lookup.ts";

const HEX_DIGITS = 20;

/**
 * Equal values have equal pseudonyms at every destination, so that joins still work; keyed with a secret that no receiver
 * knows, so that nobody can try all phone numbers: `p_` and the beginning of the HMAC-SHA256 of `pseudonym <value>`.
 * Undefined when the Worker has no such secret: what cannot be hidden so is not to be shown.
 */
export async function pseudonym(text: string, lookup: Lookup): Promise<string | undefined> {
  const key = await keyIn(lookup);
  if (key === undefined) return undefined;
  const digest = new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(`pseudonym ${text}`)));
  const hex = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `p_${hex.slice(0, HEX_DIGITS)}`;
}

/** `MASK_KEY`, else the key that is derived for pseudonyms from `RELAY_KEY`. */
async function keyIn(lookup: Lookup): Promise<CryptoKey | undefined> {
  const [own, root] = [lookup("MASK_KEY"), lookup("RELAY_KEY")];
  if (own === undefined) return root === undefined ? undefined : deriveHmacKey(root, "pseudonym");
  const hmac = { name: "HMAC", hash: "SHA-256" };
  return crypto.subtle.importKey("raw", new TextEncoder().encode(own), hmac, false, ["sign"]);
}
