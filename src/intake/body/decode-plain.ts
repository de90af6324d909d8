import type { Warning } from "../../events/draft.ts";
import { type Json, parseJson } from "../../events/json.ts";
import { type Form, parseForm } from "../form.ts";

/** A body that was understood. */
export interface Read {
  readonly state: "read";
  readonly body: Json;
  readonly warnings: readonly Warning[];
  /** Parameters over the limits, left out. */
  readonly dropped: number;
  /** The JSON text, decoded and decrypted, of a body that was JSON. */
  readonly text?: string | undefined;
}

const FORM_TYPE = /^application\/x-www-form-urlencoded\b/i;
const MULTIPART_TYPE = /^multipart\/form-data\b/i;
/** No form encoder leaves these bare: it is broken JSON, or XML. */
const NO_FORM = /^[{["<]/;
const NAMED = /^[^\s=&]+=/;
const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}$/;
/** A lone parameter without a value, such as `flag=`, is shorter. */
const SHORTEST_CIPHERTEXT = 16;

/** Text as JSON, whatever the content type says; undefined when it is none. */
export function readJson(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** Text as a form, when the type says so or it looks like one; undefined when it is none. */
export function readForm(text: string, type: string, encrypts: boolean): Read | undefined {
  const trimmed = text.trim();
  return isForm(trimmed, FORM_TYPE.test(type), encrypts)
    ? fromForm(parseForm(new URLSearchParams(trimmed)))
    : undefined;
}

/** A multipart form; its files are left out, like parameters over the limit. */
export async function readMultipart(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<Read | undefined> {
  if (!MULTIPART_TYPE.test(type)) return undefined;
  try {
    const parts = [...(await new Response(bytes, { headers: { "content-type": type } }).formData())];
    const fields = parts.flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as const] : []));
    const form = parseForm(fields);
    return fromForm({ ...form, dropped: form.dropped + parts.length - fields.length });
  } catch {
    return undefined;
  }
}

/** A form as a body, with the warning that some of it was left out. */
export function fromForm({ body, dropped }: Form): Read {
  return { state: "read", body, warnings: dropped > 0 ? ["parameters_dropped"] : [], dropped };
}

/** Base64 with its padding looks like a parameter, and is a body that waits to be decrypted. */
function isForm(text: string, declared: boolean, encrypts: boolean): boolean {
  if (NO_FORM.test(text)) return false;
  if (BASE64.test(text) && (encrypts || (!declared && text.length >= SHORTEST_CIPHERTEXT))) return false;
  return declared || NAMED.test(text);
}
