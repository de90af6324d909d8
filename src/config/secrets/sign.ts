import { type Bytes, toBase64 } from "../../platform/text/base64.ts";
import { readSigningKey } from "./signing-key.ts";

/** Why nothing can be signed: the configuration has to be mended. */
export class UnusableSecretError extends Error {
  override readonly name = "UnusableSecretError";
}

const utf8 = new TextEncoder();

/**
 * The `webhook-signature` of a message: one signature per live secret, separated by spaces.
 * `whsec_` signs v1 (HMAC-SHA256), `whsk_` v1a (ed25519); Standard Webhooks, "signature scheme".
 * @param timestamp seconds since the epoch
 * @throws UnusableSecretError when a secret can sign nothing
 */
export async function sign(id: string, timestamp: number, body: string, secrets: readonly string[]): Promise<string> {
  const content = utf8.encode(`${id}.${timestamp}.${body}`);
  const signatures = await Promise.all(secrets.map((secret) => signWith(secret, content)));
  return signatures.join(" ");
}

async function signWith(secret: string, content: BufferSource): Promise<string> {
  const signer = known.get(secret) ?? (await makeSigner(secret));
  const signature = await crypto.subtle.sign(signer.algorithm, signer.key, content);
  return `${signer.kind},${toBase64(new Uint8Array(signature))}`;
}

/** A secret's key, ready to sign. */
interface Signer {
  readonly kind: "v1" | "v1a";
  readonly algorithm: "HMAC" | "Ed25519";
  readonly key: CryptoKey;
}

/** More than most relays have; with more of them, or after as many rotations, it starts anew. */
const MAX_KNOWN = 500;
/** To import a key costs as much as to sign. Keys, not promises of them: one request must not await another's. */
const known = new Map<string, Signer>();

async function makeSigner(secret: string): Promise<Signer> {
  const read = readSigningKey(secret);
  if (read === undefined) throw new UnusableSecretError();
  const signer: Signer =
    read.kind === "v1"
      ? { kind: read.kind, algorithm: "HMAC", key: await importHmac(read.bytes) }
      : { kind: read.kind, algorithm: "Ed25519", key: await importEd25519(read.bytes) };
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(secret, signer);
  return signer;
}

function importHmac(bytes: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

/** PKCS #8 before the seed of an ed25519 key (RFC 8410, section 7). */
const ED25519_PKCS8 = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

function importEd25519(seed: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("pkcs8", new Uint8Array([...ED25519_PKCS8, ...seed]), "Ed25519", false, ["sign"]);
}
