import { vendorOf } from "../../vendors/index.ts";
import type { KeyPlace } from "../../vendors/vendor.ts";
import type { SourceDocument } from "../schema/source.ts";
import type { Use } from "../secrets/reference.ts";
import { readProvingKey, readSigningKey } from "../secrets/signing-key.ts";

/** What a value needs to fit, besides its use: of a key, how its source is proved. */
export type Holder = Pick<SourceDocument, "vendor" | "auth" | "signature">;

/**
 * Why a secret can never do what it is for; undefined when it can. Never repeats the value.
 * @param value as it is used: without blanks round it, and not empty
 */
export function explainValue(value: string, use: Use, holder: Holder | undefined): string | undefined {
  switch (use) {
    case "signing":
      return explainSigning(value);
    case "header":
      return isHeaderValue(value)
        ? undefined
        : "no header can have this value: a line break, a control character, or a letter beyond Latin-1";
    case "key":
      return holder && explainKey(value, holder);
    case "encryption":
      return undefined;
  }
}

function explainSigning(value: string): string | undefined {
  if (readSigningKey(value) !== undefined) return undefined;
  if (value.startsWith("whsec_")) return "not base64 after whsec_";
  return value.startsWith("whsk_")
    ? "not base64 of an ed25519 seed (32 bytes) or pair (64 bytes) after whsk_"
    : "a signing secret starts with whsec_ or whsk_";
}

function explainKey(value: string, { vendor, auth, signature }: Holder): string | undefined {
  if (signature === "standard-webhooks") {
    return readProvingKey(value) === undefined
      ? "not base64, as the secrets of Standard Webhooks are (whsec_…)"
      : undefined;
  }
  if (signature !== undefined) return undefined;
  const usual: readonly KeyPlace[] = vendorOf(vendor).auth;
  const places = auth === undefined ? usual : [auth].flat();
  if (places.every((place) => place.in === "basic") && !value.includes(":")) {
    return "a key for basic is written user:password";
  }
  const inHeader = places.every((place) => place.in === "header");
  return inHeader && !isHeaderValue(value)
    ? "no header can bring this key: a line break, a control character, or a letter beyond Latin-1"
    : undefined;
}

/** RFC 9110, 5.5: visible characters, blanks and tabs; beyond ASCII, a Worker sends what Latin-1 has. */
function isHeaderValue(value: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}
