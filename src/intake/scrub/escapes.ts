import { hexDigit } from "../../platform/percent.ts";

/** Behind an escape, positions shift: what stands at `at` once it is undone stood at `from`. */
interface Shift {
  readonly at: number;
  readonly from: number;
}

const PERCENT = 0x25;
const PLUS = 0x2b;
const BACKSLASH = 0x5c;
const BLANK = 0x20;
const LETTER_U = 0x75;
/** `\"`, `\\` and `\/`: what JSON escapes of the signs that a key may have. */
const ESCAPED: readonly number[] = [0x22, 0x5c, 0x2f];
const ASCII = /^[\0-\x7f]*$/;
const FIRST_BEYOND_ASCII = 0x80;
const CHUNK = 8192;

/** Whether a text has escapes to undo. */
export function hasEscapes(text: string): boolean {
  return (text.includes("%") || text.includes("\\")) && /%[0-9a-f]{2}|\\["\\/u]/i.test(text);
}

/** A text as its UTF-8 bytes, a character for each. */
export function toBytes(text: string): string {
  return ASCII.test(text) ? text : join(new TextEncoder().encode(text));
}

/** Bytes without one layer of the escapes of URLs and of JSON in which a key may hide; every `+` is a blank. One pass. */
export function unescapeOnce(bytes: string, note?: (shift: Shift) => void): string {
  const meant = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; ) {
    const code = bytes.charCodeAt(at);
    const unit = code === PERCENT ? readHex(bytes, at + 1, 2) : code === BACKSLASH ? readEscape(bytes, at + 1) : -1;
    if (unit < 0) {
      meant[length++] = code === PLUS ? BLANK : code;
      at += 1;
      continue;
    }
    const width = code === PERCENT ? 3 : bytes.charCodeAt(at + 1) === LETTER_U ? 6 : 2;
    const isBeyond = code === BACKSLASH && unit >= FIRST_BEYOND_ASCII;
    const written = isBeyond ? new TextEncoder().encode(String.fromCharCode(unit)) : [unit === PLUS ? BLANK : unit];
    meant.set(written, length);
    length += written.length;
    at += width;
    note?.({ at: length, from: at });
  }
  return join(meant.subarray(0, length));
}

/** Tells where in a text a byte comes from that stands at a position of its bytes, so many layers of escapes undone. */
export function traceBack(text: string, layers: number): (position: number) => number {
  const wide: Shift[] = [];
  let longer = 0;
  for (const { 0: sign, index } of text.matchAll(/[^\0-\x7f]/gu)) {
    const from = index + sign.length;
    longer += toBytes(sign).length - sign.length;
    wide.push({ at: from + longer, from });
  }
  const steps = [wide];
  let bytes = toBytes(text);
  for (let layer = 0; layer < layers; layer++) {
    const shifts: Shift[] = [];
    bytes = unescapeOnce(bytes, (shift) => shifts.push(shift));
    steps.push(shifts);
  }
  return (position) => steps.reduceRight((at, shifts) => positionBefore(shifts, at), position);
}

/** By halves: the last shift that is not behind the position counts. */
function positionBefore(shifts: readonly Shift[], position: number): number {
  let low = 0;
  let high = shifts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((shifts[middle]?.at ?? 0) <= position) low = middle + 1;
    else high = middle;
  }
  const { at, from } = shifts[low - 1] ?? { at: 0, from: 0 };
  return from + position - at;
}

/** The code unit that follows a backslash; -1 when none of those does. */
function readEscape(bytes: string, at: number): number {
  const code = bytes.charCodeAt(at);
  if (ESCAPED.includes(code)) return code;
  return code === LETTER_U ? readHex(bytes, at + 1, 4) : -1;
}

function readHex(bytes: string, from: number, digits: number): number {
  let value = 0;
  for (let at = from; at < from + digits; at++) {
    const digit = at < bytes.length ? hexDigit(bytes.charCodeAt(at)) : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

function join(codes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < codes.length; at += CHUNK) text += String.fromCharCode(...codes.subarray(at, at + CHUNK));
  return text;
}
