import { createHmac, randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import type { HmacScheme, SignatureScheme } from "../../config/schema/signature.ts";
import { readProvingKey } from "../../config/secrets/signing-key.ts";
import { toBase64 } from "../../platform/text/base64.ts";
import { Refusal } from "../refusal.ts";

/**
 * The headers by which a vendor proves a body that it signs; the secret is in none of them.
 * @param now milliseconds since the epoch
 */
export function signHeaders(
  scheme: SignatureScheme,
  secret: string,
  body: string,
  now: number,
): Readonly<Record<string, string>> {
  return scheme === "standard-webhooks" ? signStandard(secret, body, now) : signHmac(scheme, secret, body, now);
}

function signStandard(secret: string, body: string, now: number): Readonly<Record<string, string>> {
  const key = readProvingKey(secret);
  if (key === undefined) throw new Refusal("the source's key signs nothing: it is not base64, as whsec_… is");
  const id = `msg_${randomUUID()}`;
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(now / 1000)),
    "webhook-signature": new Webhook(toBase64(key)).sign(id, new Date(now), body),
  };
}

/** Time and signature may share a header, with a comma between. */
function signHmac(
  { algorithm, header, encoding, prefix = "", timestamp }: HmacScheme,
  secret: string,
  body: string,
  now: number,
): Readonly<Record<string, string>> {
  const time = String(Math.floor(now / 1000));
  const content = (timestamp?.template ?? "{body}").replace("{timestamp}", () => time).replace("{body}", () => body);
  const signature = `${prefix}${createHmac(algorithm, secret).update(content).digest(encoding)}`;
  if (timestamp === undefined) return { [header]: signature };
  const told = `${timestamp.prefix ?? ""}${time}`;
  return timestamp.header.toLowerCase() === header.toLowerCase()
    ? { [header]: `${told},${signature}` }
    : { [timestamp.header]: told, [header]: signature };
}
