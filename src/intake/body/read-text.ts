import type { Warning } from "../../events/draft.ts";

export interface ReadText {
  readonly text: string;
  readonly warnings: readonly Warning[];
}

/** Byte order marks, stronger than what the content type says. */
const MARKS = [
  { encoding: "utf-8", bytes: [0xef, 0xbb, 0xbf] },
  { encoding: "utf-16le", bytes: [0xff, 0xfe] },
  { encoding: "utf-16be", bytes: [0xfe, 0xff] },
] as const;

/** A body's text by its byte order mark, else by its content type, else UTF-8. What does not fit is replaced, with a warning. */
export function readText(bytes: Uint8Array, contentType: string): ReadText {
  const marked = MARKS.find((mark) => mark.bytes.every((byte, position) => bytes[position] === byte))?.encoding;
  const encoding = marked ?? charsetOf(contentType);
  try {
    return { text: decoderOf(encoding, true).decode(bytes), warnings: [] };
  } catch {
    return { text: decoderOf(encoding, false).decode(bytes), warnings: ["invalid_text_encoding"] };
  }
}

function charsetOf(contentType: string): string {
  return /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1] ?? "utf-8";
}

function decoderOf(encoding: string, fatal: boolean): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal, ignoreBOM: false });
  } catch {
    return new TextDecoder("utf-8", { fatal, ignoreBOM: false });
  }
}
