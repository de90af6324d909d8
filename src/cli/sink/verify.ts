import { Webhook, WebhookVerificationError } from "standardwebhooks";

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

function isSignedBy(secret: string, body: string, headers: Readonly<Record<string, string>>): boolean {
  try {
    new Webhook(secret).verify(body, { ...headers }, { jsonParse: false });
    return true;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return false;
    throw error;
  }
}
