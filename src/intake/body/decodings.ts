import type { Warning } from "../../events/draft.ts";
import { charsetOf, decodeStrictly, decodeText } from "../../platform/text/charset.ts";

/** One way to make text of a body. */
export interface Decoding {
  /** The body without its byte order mark. */
  readonly bytes: Uint8Array;
  readonly charset: string;
  readonly text: string;
  readonly warnings: readonly Warning[];
}

/** Byte order marks, stronger than what the content type says. */
const MARKS = [
  { charset: "utf-8", mark: [0xef, 0xbb, 0xbf] },
  { charset: "utf-16le", mark: [0xff, 0xfe] },
  { charset: "utf-16be", mark: [0xfe, 0xff] },
] as const;

/**
 * The ways to make text of a body, the best for JSON first: by its byte order mark, else as UTF-8 where the bytes are
 * UTF-8 (RFC 8259, 8.1: JSON between systems is, and a label has no say), else by the label of its content type. The
 * last is the one for whatever is no JSON. What does not fit is replaced, with a warning.
 * @param contentType asked for where the bytes alone do not tell
 */
export function* decodings(bytes: Uint8Array, contentType: () => string): Generator<Decoding, undefined> {
  const marked = MARKS.find(({ mark }) => mark.every((byte, position) => bytes[position] === byte));
  if (marked !== undefined) {
    yield decodeBy(marked.charset, bytes.subarray(marked.mark.length));
    return;
  }
  const text = decodeStrictly(bytes, "utf-8");
  if (text !== undefined) yield { bytes, charset: "utf-8", text, warnings: [] };
  const label = charsetOf(contentType()) ?? "utf-8";
  if (text === undefined || label !== "utf-8") yield decodeBy(label, bytes);
}

function decodeBy(charset: string, bytes: Uint8Array): Decoding {
  const { text, damaged } = decodeText(bytes, charset);
  return { bytes, charset, text, warnings: damaged ? ["invalid_text_encoding"] : [] };
}
