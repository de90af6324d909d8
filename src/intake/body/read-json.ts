import { type Json, parseJson } from "../../events/json.ts";
import { type Decoding, decodings } from "./decodings.ts";

/** Text as JSON, whatever the content type says; undefined when it is none. */
export function readJsonBody(text: string, parse: (text: string) => Json = parseJson): Json | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

/** A body as text, and the JSON that it is, if it is any. */
export type BodyText = Decoding & { readonly json: Json | undefined };

/** Reads a body by the first of its decodings that makes JSON of it, else by the last. */
export function readBodyText(bytes: Uint8Array, contentType: () => string, parse?: (text: string) => Json): BodyText {
  let last: Decoding = { bytes, charset: "utf-8", text: "", warnings: [] };
  for (const decoding of decodings(bytes, contentType)) {
    const json = readJsonBody(decoding.text, parse);
    if (json !== undefined) return { ...decoding, json };
    last = decoding;
  }
  return { ...last, json: undefined };
}
