import { sign } from "../../src/config/secrets/sign.ts";
import { readSigningKey } from "../../src/config/secrets/signing-key.ts";
import { fromBase64, toBase64 } from "../../src/platform/text/base64.ts";

const secretOf = (words: string) => `whsec_${btoa(words)}`;
const seedOf = (words: string) => `whsk_${btoa(words)}`;

/** Keys for tests alone: everybody knows them. `known` are those that a receiver has. */
export const keys = {
  current: secretOf("hookswitch test vectors, current"),
  next: secretOf("hookswitch test vectors, the next"),
  retired: secretOf("hookswitch test vectors, retired"),
  ed25519: seedOf("hookswitch test vectors, ed25519"),
  strangers: seedOf("hookswitch test vectors, unknown"),
};

/** The public half of a `whsk_…` key, as a receiver has it. */
export async function publicKeyOf(secret: string): Promise<string> {
  const seed = readSigningKey(secret)?.bytes ?? new Uint8Array();
  const pkcs8 = new Uint8Array([...ED25519_PKCS8, ...seed]);
  const key = await crypto.subtle.importKey("pkcs8", pkcs8, "Ed25519", true, ["sign"]);
  const jwk = await crypto.subtle.exportKey("jwk", key);
  if (!("x" in jwk)) throw new Error("no public key");
  return `whpk_${toBase64(fromBase64(String(jwk.x)) ?? new Uint8Array())}`;
}

/** PKCS #8 before the seed of an ed25519 key (RFC 8410, section 7). */
const ED25519_PKCS8 = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/**
 * The headers of a delivery, signed as hookswitch signs.
 * @param at seconds since the epoch; a text is a timestamp that hookswitch never sends
 */
export async function signedHeaders(
  id: string,
  at: number | string,
  body: string,
  secrets: readonly string[],
): Promise<Record<string, string>> {
  return {
    "content-type": "application/cloudevents+json",
    "webhook-id": id,
    "webhook-timestamp": String(at),
    "webhook-signature": typeof at === "number" ? await sign(id, at, body, secrets) : await signOdd(id, at, body),
    "webhook-attempt": "1",
  };
}

async function signOdd(id: string, timestamp: string, body: string): Promise<string> {
  const bytes = readSigningKey(keys.current)?.bytes ?? new Uint8Array();
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const content = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  return `v1,${toBase64(new Uint8Array(await crypto.subtle.sign("HMAC", key, content)))}`;
}
