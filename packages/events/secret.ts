/** What proves a signature: of `v1` a secret that both sides have, of `v1a` a public key. */
export interface Key {
  readonly version: "v1" | "v1a";
  readonly algorithm: "HMAC" | "Ed25519";
  readonly key: CryptoKey;
}

const PUBLIC_KEY_BYTES = 32;

/**
 * Reads `whsec_…` (HMAC-SHA256) and `whpk_…` (Ed25519), several with blanks between.
 * @throws TypeError where there is none, or one that is neither
 */
export async function readKeys(secrets: string | readonly string[]): Promise<Key[]> {
  // Without types, what was not set is undefined.
  const texts = [secrets ?? []].flat().flatMap((text) => text.trim().split(/\s+/));
  const keys = await Promise.all(texts.filter((text) => text !== "").map(readKey));
  if (keys.length === 0) throw new TypeError("there is no secret to verify with");
  return keys;
}

async function readKey(text: string): Promise<Key> {
  const [, kind, base64 = ""] = /^(whsec|whpk)_(.+)$/.exec(text) ?? [];
  const bytes = fromBase64(base64);
  if (bytes.length === 0 || (kind === "whpk" && bytes.length !== PUBLIC_KEY_BYTES)) {
    throw new TypeError("a secret is neither whsec_… nor whpk_… with base64 behind");
  }
  const { subtle } = crypto;
  return kind === "whpk"
    ? { version: "v1a", algorithm: "Ed25519", key: await subtle.importKey("raw", bytes, "Ed25519", false, ["verify"]) }
    : {
        version: "v1",
        algorithm: "HMAC",
        key: await subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]),
      };
}

/** No bytes where it is no base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
