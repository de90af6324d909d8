import { type Form, parseForm } from "../form.ts";
import type { Decoding } from "./decodings.ts";
import { readFields } from "./form-fields.ts";
import { MULTIPART_TYPE, readMultipart } from "./multipart.ts";

/** A form or query that was read. */
export interface FormBody extends Form {
  /** Files of a multipart form, left out. */
  readonly files: number;
  /** What did not fit the charset was replaced. */
  readonly damaged: boolean;
}

const FORM_TYPE = /^application\/x-www-form-urlencoded\b/i;
/** No form encoder leaves these bare: it is broken JSON, or XML. */
const NO_FORM = /^[{["<]/;
const NAMED = /^[^\s=&]+=/;
const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}$/;
/** A lone parameter without a value, such as `flag=`, is shorter. */
const SHORTEST_CIPHERTEXT = 16;
const HIGHEST_BLANK = 0x20;

/**
 * A body as a form: multipart when its type says so, else urlencoded when its type says so or it looks like one;
 * undefined when it is none.
 * @param encrypts the source's bodies may be encrypted, and base64 is one that was not undone
 */
export function readFormBody(decoding: Decoding, contentType: string, encrypts: boolean): FormBody | undefined {
  const parts = readMultipart(decoding.bytes, contentType);
  if (parts !== undefined)
    return { ...parseForm(parts.fields, parts.over), files: parts.files, damaged: parts.damaged };
  const text = decoding.text.trim();
  // A boundary may have a `=`, and what is cut short of it must not pass for parameters.
  if (MULTIPART_TYPE.test(contentType) && text.startsWith("--")) return undefined;
  if (!isForm(text, FORM_TYPE.test(contentType), encrypts)) return undefined;
  // UTF-16 writes no ASCII, and a form in it has its escapes in UTF-8.
  const isWide = decoding.charset.startsWith("utf-16");
  const bytes = trim(isWide ? new TextEncoder().encode(decoding.text) : decoding.bytes);
  const { fields, over, damaged } = readFields(bytes, isWide ? "utf-8" : decoding.charset);
  return { ...parseForm(fields, over), files: 0, damaged };
}

/** The parameters of a query that are fields; nothing labels a query, so its escapes are UTF-8. */
export function readQueryBody(query: string, isOurs: (name: string) => boolean): FormBody {
  const { fields, over, damaged } = readFields(new TextEncoder().encode(query), "utf-8", isOurs);
  return { ...parseForm(fields, over), files: 0, damaged };
}

/** Base64 with its padding looks like a parameter, and is a body that waits to be decrypted. */
function isForm(text: string, declared: boolean, encrypts: boolean): boolean {
  if (NO_FORM.test(text)) return false;
  if (isBase64(text) && (encrypts || (!declared && text.length >= SHORTEST_CIPHERTEXT))) return false;
  return declared || NAMED.test(text);
}

/** Whether a text has nothing but the signs of base64, as an encrypted body has. */
export function isBase64(text: string): boolean {
  return BASE64.test(text);
}

/** Without the blanks and line breaks around it. */
function trim(bytes: Uint8Array): Uint8Array {
  const isText = (byte: number) => byte > HIGHEST_BLANK;
  return bytes.subarray(Math.max(0, bytes.findIndex(isText)), bytes.findLastIndex(isText) + 1);
}
