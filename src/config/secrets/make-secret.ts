import { toBase64 } from "../../platform/text/base64.ts";
import { type Pasted, placeOf } from "../paste.ts";

const SECRET_BYTES = 32;
const KEY_BYTES = 24;
/** Where a vendor sends a user and a password, the password is the key. */
const USER = "hookswitch";

/** A secret for a destination: it signs as Standard Webhooks has it. */
export function makeSigningSecret(): string {
  return `whsec_${toBase64(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)))}`;
}

/** A key for a source, of characters that need no escape in a URL. */
export function makeKey(source: Pasted): string {
  const text = toBase64(crypto.getRandomValues(new Uint8Array(KEY_BYTES)));
  const key = text.replaceAll("+", "-").replaceAll("/", "_");
  return placeOf(source).in === "basic" ? `${USER}:${key}` : key;
}
