import { Refusal } from "../refusal.ts";

/** Byte order marks. */
const MARKS = [
  { encoding: "utf-8", bytes: [0xef, 0xbb, 0xbf] },
  { encoding: "utf-16le", bytes: [0xff, 0xfe] },
  { encoding: "utf-16be", bytes: [0xfe, 0xff] },
] as const;
/** Text that begins with none shows soon whether it is UTF-16: each letter of ASCII has a zero byte beside it. */
const LOOKED_AT_BYTES = 4096;

/**
 * The text of a file without its byte order mark: UTF-8 and UTF-16, or what the operator says. Nobody can tell the other
 * encodings apart, so a file in one of them is refused rather than mangled.
 * @param name the file's, for the refusal
 * @param told the encoding that the operator named
 * @param advice what else can be done about a file that is refused
 */
export function decodeFile(bytes: Uint8Array, name: string, told?: string, advice?: string): string {
  const encoding = markOf(bytes) ?? told ?? guess(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof RangeError)
      throw new Refusal(`no such encoding: ${encoding}; try windows-1250 or windows-1252`);
    const way = ["save it as UTF-8", ...(advice === undefined ? [] : [advice])].join(", or ");
    throw new Refusal(`${name} is not in the encoding ${encoding.toUpperCase()}: ${way}`);
  }
}

function markOf(bytes: Uint8Array): string | undefined {
  return MARKS.find((mark) => mark.bytes.every((byte, position) => bytes[position] === byte))?.encoding;
}

function guess(bytes: Uint8Array): string {
  const zeros = [0, 0];
  bytes.subarray(0, LOOKED_AT_BYTES).forEach((byte, position) => {
    if (byte === 0) zeros[position % 2] = (zeros[position % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (even === odd) return "utf-8";
  return odd > even ? "utf-16le" : "utf-16be";
}
