import { type Json, parseJson } from "../../events/json.ts";
import { charsetOf, decodeStrictly } from "../../platform/text/charset.ts";
import { readMediaType } from "../../platform/text/media-type.ts";
import type { Reply } from "../asked-kind.ts";

/** What says of itself that it is JSON. */
const JSON_TYPES: readonly string[] = ["application/json", "text/json"];
const MARK = /^\ufeff/;
const UTF8 = "utf-8";

/** Whether a media type, without its parameters, is that of JSON. */
export function isJsonType(essence: string): boolean {
  return JSON_TYPES.includes(essence);
}

/**
 * The JSON of a reply, whatever its type says; undefined when it is none. It is UTF-8 whenever its bytes are (RFC 8259,
 * 8.1), else what its label says. `isPlain`: it stands there as UTF-8, says nothing else, and has no mark before it.
 */
export function readJsonReply({ type, bytes }: Reply): { readonly json: Json; readonly isPlain: boolean } | undefined {
  const utf8 = decodeStrictly(bytes, UTF8);
  const text = utf8 ?? decodeStrictly(bytes, charsetOf(type) ?? UTF8);
  if (text === undefined) return undefined;
  try {
    return {
      json: parseJson(text.replace(MARK, "")),
      isPlain: utf8 !== undefined && !MARK.test(text) && !isMislabelled(type),
    };
  } catch {
    return undefined;
  }
}

/** A reply of JSON in UTF-8, under the type that it had; a label that says otherwise goes. */
export function jsonReply(json: Json, type = "application/json"): Reply {
  return {
    type: isMislabelled(type) ? (readMediaType(type)?.essence ?? type) : type,
    bytes: new TextEncoder().encode(JSON.stringify(json)),
  };
}

function isMislabelled(type: string): boolean {
  return (charsetOf(type) ?? UTF8) !== UTF8;
}
