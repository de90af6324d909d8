import { isObject, parseJson } from "../../events/json.ts";
import type { Cipher } from "./cipher.ts";

export { type Cipher, ciphers, explainCipher, readCipher } from "./cipher.ts";

const IV_BYTES = 16;
/** OpenSSL counts up the whole block, so the counter wraps around all 128 bits. */
const COUNTER_BITS = 128;

/**
 * Undoes VCC Live's encryption the way its documentation does, with PHP's `openssl_decrypt(body, cipher, key, 0, hex2bin(iv))`:
 * the key's text is the key, and key and iv are padded with NUL bytes or cut to the length that the cipher wants.
 * Undefined when it cannot be decrypted; never throws. A wrong key mostly decrypts to garbage instead.
 * https://vcc.live/developers/webhook/overview/securing-requests
 */
export async function decrypt(
  body: string,
  cipher: Cipher,
  key: string,
  ivHex: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const [sealed, iv] = [readBase64(body), readHex(ivHex)];
  if (sealed === undefined || iv === undefined) return undefined;
  const [, bits = "", mode = ""] = cipher.split("-");
  const name = `AES-${mode.toUpperCase()}`;
  const keyBytes = sized(new TextEncoder().encode(key), Number(bits) / 8);
  const block = sized(iv, IV_BYTES);
  try {
    const imported = await crypto.subtle.importKey("raw", keyBytes, name, false, ["decrypt"]);
    const algorithm = { name, iv: block, counter: block, length: COUNTER_BITS };
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, imported, sealed));
  } catch {
    return undefined;
  }
}

/**
 * The decrypted text, if it is UTF-8 and a JSON object or array: nothing else tells a right key from a wrong one. A bare
 * digit does not, of which garbage has many.
 */
export async function decryptText(
  body: string,
  cipher: Cipher,
  key: string,
  ivHex: string,
): Promise<string | undefined> {
  const bytes = await decrypt(body, cipher, key, ivHex);
  if (bytes === undefined) return undefined;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
    const body = parseJson(text);
    return isObject(body) || Array.isArray(body) ? text : undefined;
  } catch {
    return undefined;
  }
}

function sized(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(length);
  result.set(bytes.subarray(0, length));
  return result;
}

/** Standard base64; line breaks and missing padding are taken, as PHP takes them. */
function readBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(withoutPadding(text.replace(/\s+/g, ""))), (byte) => byte.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** Without the equals signs at the end, however many there are. */
export function withoutPadding(base64: string): string {
  let end = base64.length;
  while (end > 0 && base64.charAt(end - 1) === "=") end--;
  return base64.slice(0, end);
}

/** PHP's hex2bin: nothing for an odd number of digits or anything but digits. */
function readHex(text: string): Uint8Array | undefined {
  if (!/^([0-9a-f]{2})*$/i.test(text)) return undefined;
  return Uint8Array.from(text.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
}
