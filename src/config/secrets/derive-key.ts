/** What a key is derived for; each use has one of its own, so that none tells anything of another. */
export type KeyUse = "event-id" | "mark" | "pseudonym";

const INFO = "hookswitch/v1/";

/** Keys, not promises of them: a promise that one request began must not be awaited by another. */
const derived = new Map<string, CryptoKey>();

/**
 * The HMAC-SHA256 key of one use, derived from the Worker's root secret `RELAY_KEY` (HKDF-SHA256, RFC 5869, without
 * salt) and kept by the isolate.
 */
export async function deriveHmacKey(root: string, use: KeyUse): Promise<CryptoKey> {
  const name = `${use} ${root}`;
  const known = derived.get(name);
  if (known !== undefined) return known;
  const bytes = new TextEncoder();
  const material = await crypto.subtle.importKey("raw", bytes.encode(root), "HKDF", false, ["deriveKey"]);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: bytes.encode(`${INFO}${use}`) };
  const hmac = { name: "HMAC", hash: "SHA-256", length: 256 };
  const key = await crypto.subtle.deriveKey(hkdf, material, hmac, false, ["sign"]);
  derived.set(name, key);
  return key;
}
