import type { Lookup } from "../../platform/lookup.ts";
import { fromBase64, toBase64 } from "../../platform/text/base64.ts";
import { deriveSealingKey } from "./derive-key.ts";
import type { Use } from "./reference.ts";

/** Where a sealed value belongs: anywhere else it stands for nothing. */
export interface SealedPlace {
  readonly part: "sources" | "destinations";
  /** Of the source or destination. */
  readonly id: string;
  readonly use: Use;
  /** Where a header is sent: scheme, host and port. */
  readonly origin?: string | undefined;
}

/** The keys that open sealed values: the current one seals, too. None where the Worker has no `RELAY_KEY`. */
export interface SealingKeys {
  readonly current: CryptoKey | undefined;
  readonly previous: CryptoKey | undefined;
}

const PREFIX = "sealed:v1:";
const IV_BYTES = 12;

/** The keys derived from `RELAY_KEY`, and from `RELAY_KEY_PREVIOUS` while it is replaced. */
export async function sealingKeysIn(lookup: Lookup): Promise<SealingKeys> {
  const [root, before] = [lookup("RELAY_KEY"), lookup("RELAY_KEY_PREVIOUS")];
  const keyOf = async (text: string | undefined) => (text === undefined ? undefined : deriveSealingKey(text));
  return { current: await keyOf(root), previous: await keyOf(before === root ? undefined : before) };
}

/** Seals a value for one place: `sealed:v1:` and base64url of the initialization vector and what AES-GCM makes of it. */
export async function sealValue(value: string, place: SealedPlace, key: CryptoKey): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const sealed = await crypto.subtle.encrypt(aesGcm(iv, place), key, new TextEncoder().encode(value));
  const text = toBase64(new Uint8Array([...iv, ...new Uint8Array(sealed)]));
  return `${PREFIX}${text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

/** What was sealed for this place under this key; undefined for all else. Never rejects. */
export async function openValue(
  text: string,
  place: SealedPlace,
  key: CryptoKey | undefined,
): Promise<string | undefined> {
  const bytes = fromBase64(text.trim().slice(PREFIX.length));
  if (key === undefined || bytes === undefined || bytes.length <= IV_BYTES) return undefined;
  try {
    const [iv, sealed] = [bytes.slice(0, IV_BYTES), bytes.slice(IV_BYTES)];
    return new TextDecoder().decode(await crypto.subtle.decrypt(aesGcm(iv, place), key, sealed));
  } catch {
    return undefined;
  }
}

function aesGcm(iv: Uint8Array<ArrayBuffer>, { part, id, use, origin }: SealedPlace) {
  const additionalData = new TextEncoder().encode(JSON.stringify([PREFIX, part, id, use, origin ?? null]));
  return { name: "AES-GCM", iv, additionalData };
}
