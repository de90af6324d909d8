import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { readSigningKey } from "../../config/secrets/signing-key.ts";
import { toBase64 } from "../../platform/text/base64.ts";

/** Whether one of the secrets signed a request. */
export type Signature = "valid" | "invalid" | "missing";

/** Verifies as the official Standard Webhooks library does; any of the secrets will do. */
export function verifySignature(
  body: string,
  headers: Readonly<Record<string, string>>,
  secrets: readonly string[],
): Signature {
  if (headers["webhook-signature"] === undefined) return "missing";
  return secrets.some((secret) => isSignedBy(secret, body, headers)) ? "valid" : "invalid";
}

/** The library takes padded standard base64 only; a secret that is none signs nothing. */
function isSignedBy(secret: string, body: string, headers: Readonly<Record<string, string>>): boolean {
  const key = readSigningKey(secret.trim());
  if (key?.kind !== "v1") return false;
  try {
    new Webhook(toBase64(key.bytes)).verify(body, { ...headers }, { jsonParse: false });
    return true;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false;
    throw error;
  }
}
