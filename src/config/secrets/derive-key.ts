/** What a key is derived for; each use has one of its own, so that none tells anything of another. */
export type KeyUse = "event-id" | "mark" | "pseudonym" | "session";
/** That of what is sealed is no HMAC. */
type AnyUse = KeyUse | "sealed";

const INFO = "hookswitch/v1/";
const HMAC = { algorithm: { name: "HMAC", hash: "SHA-256", length: 256 }, usages: ["sign" as const] };
const AES = { algorithm: { name: "AES-GCM", length: 256 }, usages: ["encrypt" as const, "decrypt" as const] };

/** Keys, not promises of them: a promise that one request began must not be awaited by another. */
const derived = new Map<string, CryptoKey>();

/**
 * The HMAC-SHA256 key of one use, derived from the Worker's root secret `RELAY_KEY` (HKDF-SHA256, RFC 5869, without
 * salt) and kept by the isolate.
 */
export function deriveHmacKey(root: string, use: KeyUse): Promise<CryptoKey> {
  return derive(root, use, HMAC);
}

/** The AES-256-GCM key of sealed values, derived and kept likewise. */
export function deriveSealingKey(root: string): Promise<CryptoKey> {
  return derive(root, "sealed", AES);
}

async function derive(root: string, use: AnyUse, { algorithm, usages }: typeof HMAC | typeof AES): Promise<CryptoKey> {
  const name = `${use} ${root}`;
  const known = derived.get(name);
  if (known !== undefined) return known;
  const bytes = new TextEncoder();
  const material = await crypto.subtle.importKey("raw", bytes.encode(root), "HKDF", false, ["deriveKey"]);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: bytes.encode(`${INFO}${use}`) };
  const key = await crypto.subtle.deriveKey(hkdf, material, algorithm, false, usages);
  derived.set(name, key);
  return key;
}
