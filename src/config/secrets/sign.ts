import { type Bytes, toBase64 } from "../../platform/text/base64.ts";
import { readSigningKey } from "./signing-key.ts";

/** Why nothing can be signed: the configuration has to be mended. */
export class UnusableSecretError extends Error {
  override readonly name = "UnusableSecretError";
}

/**
 * The `webhook-signature` of a message: one signature per live secret, separated by spaces.
 * `whsec_` signs v1 (HMAC-SHA256), `whsk_` v1a (ed25519); Standard Webhooks, "signature scheme".
 * @param timestamp seconds since the epoch
 * @throws UnusableSecretError when a secret can sign nothing
 */
export async function sign(id: string, timestamp: number, body: string, secrets: readonly string[]): Promise<string> {
  const content = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  const signatures = await Promise.all(secrets.map((secret) => signWith(secret, content)));
  return signatures.join(" ");
}

async function signWith(secret: string, content: BufferSource): Promise<string> {
  const key = readSigningKey(secret);
  if (key === undefined) throw new UnusableSecretError();
  const signature = key.kind === "v1" ? signHmac(key.bytes, content) : signEd25519(key.bytes, content);
  return `${key.kind},${toBase64(new Uint8Array(await signature))}`;
}

async function signHmac(bytes: Bytes, content: BufferSource): Promise<ArrayBuffer> {
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return crypto.subtle.sign("HMAC", key, content);
}

/** PKCS #8 before the seed of an ed25519 key (RFC 8410, section 7). */
const ED25519_PKCS8 = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

async function signEd25519(seed: Bytes, content: BufferSource): Promise<ArrayBuffer> {
  const pkcs8 = new Uint8Array([...ED25519_PKCS8, ...seed]);
  const key = await crypto.subtle.importKey("pkcs8", pkcs8, "Ed25519", false, ["sign"]);
  return crypto.subtle.sign("Ed25519", key, content);
}
