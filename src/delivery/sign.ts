/** Why a delivery cannot be signed; it waits until the configuration is mended. */
export class UnusableSecretError extends Error {
  override readonly name = "UnusableSecretError";
}

/**
 * The `webhook-signature` of a message: one signature per live secret, separated by spaces.
 * `whsec_` signs v1 (HMAC-SHA256), `whsk_` v1a (ed25519); Standard Webhooks, "signature scheme".
 * @param timestamp seconds since the epoch
 * @throws UnusableSecretError when a secret is of no known kind or not base64
 */
export async function sign(id: string, timestamp: number, body: string, secrets: readonly string[]): Promise<string> {
  const content = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  const signatures = await Promise.all(secrets.map((secret) => signWith(secret, content)));
  return signatures.join(" ");
}

async function signWith(secret: string, content: Uint8Array): Promise<string> {
  const [, kind, text = ""] = /^(whsec_|whsk_)(.+)$/.exec(secret) ?? [];
  const bytes = fromBase64(text);
  if (kind === "whsec_" && bytes !== undefined) {
    const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    return `v1,${toBase64(await crypto.subtle.sign("HMAC", key, content))}`;
  }
  if (kind === "whsk_" && bytes !== undefined && bytes.length >= ED25519_SEED) {
    const key = await crypto.subtle.importKey("pkcs8", toPkcs8(bytes.subarray(0, ED25519_SEED)), "Ed25519", false, [
      "sign",
    ]);
    return `v1a,${toBase64(await crypto.subtle.sign("Ed25519", key, content))}`;
  }
  throw new UnusableSecretError();
}

const ED25519_SEED = 32;
/** PKCS #8 before the seed of an ed25519 key (RFC 8410, section 7). */
const ED25519_PKCS8 = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

function toPkcs8(seed: Uint8Array): Uint8Array {
  return new Uint8Array([...ED25519_PKCS8, ...seed]);
}

function fromBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function toBase64(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}
