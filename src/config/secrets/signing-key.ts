import { type Bytes, fromBase64 } from "../../platform/text/base64.ts";

/** What a destination's secret signs with: `v1` an HMAC-SHA256, `v1a` ed25519, whose key is a seed of 32 bytes. */
export interface SigningKey {
  readonly kind: "v1" | "v1a";
  readonly bytes: Bytes;
}

/** What a signing secret may begin with; the rest of it is as secret. */
const SCHEME = /^(v1,)?(whsec_|whsk_)/;
const ED25519_SEED_BYTES = 32;
/** A seed and the public key after it, as NaCl writes a secret key. */
const ED25519_PAIR_BYTES = 64;

/** The key in a signing secret, `whsec_…` or `whsk_…`; undefined when it can sign nothing. */
export function readSigningKey(secret: string): SigningKey | undefined {
  if (secret.startsWith("whsec_")) {
    const bytes = fromBase64(secret.slice("whsec_".length));
    return bytes && { kind: "v1", bytes };
  }
  const pair = secret.startsWith("whsk_") ? fromBase64(secret.slice("whsk_".length)) : undefined;
  return pair?.length === ED25519_SEED_BYTES || pair?.length === ED25519_PAIR_BYTES
    ? { kind: "v1a", bytes: pair.slice(0, ED25519_SEED_BYTES) }
    : undefined;
}

/**
 * The HMAC key in a secret by which a sender signs as Standard Webhooks has it: base64, usually after `whsec_`, which some
 * senders print as `v1,whsec_…`. Undefined when it can prove nothing, as the keys of v1a cannot.
 */
export function readProvingKey(secret: string): Bytes | undefined {
  const text = secret.replace(/^v1,/, "");
  if (text.startsWith("whsec_")) return fromBase64(text.slice("whsec_".length));
  return /^wh[a-z]{1,8}_/.test(text) ? undefined : fromBase64(text);
}

/** A secret, and what is left of it without its scheme. */
export function spellingsOf(secret: string): string[] {
  return [...new Set([secret, secret.replace(SCHEME, "")])];
}
