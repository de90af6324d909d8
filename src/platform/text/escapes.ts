import { hexDigit } from "./percent.ts";

/** Behind an escape, positions shift: what stands at `at` once it is undone stood at `from`. */
interface Shift {
  readonly at: number;
  readonly from: number;
}

/** What an escape stands for, and how many bytes it is long. */
interface Escape {
  readonly code: number;
  readonly width: number;
}

const PERCENT = 0x25;
const AMPERSAND = 0x26;
const PLUS = 0x2b;
const BACKSLASH = 0x5c;
const BLANK = 0x20;
/** What may follow a backslash in JSON and programs' literals, beside digits, and what it stands for. */
const ESCAPED: ReadonlyMap<string, number> = new Map([
  ['"', 0x22],
  ["'", 0x27],
  ["/", 0x2f],
  ["\\", BACKSLASH],
  ["n", 0x0a],
  ["r", 0x0d],
  ["t", 0x09],
]);
/** The signs that HTML names and a key may have. */
const ENTITIES: ReadonlyMap<string, number> = new Map([
  ["amp", AMPERSAND],
  ["lt", 0x3c],
  ["gt", 0x3e],
  ["quot", 0x22],
  ["apos", 0x27],
  ["plus", PLUS],
  ["sol", 0x2f],
  ["equals", 0x3d],
]);
const ENTITY = /&(?:#0{0,4}(\d{1,7})|#x0{0,4}([0-9a-f]{1,6})|([a-z]{2,6}));/iy;
const ANY = /%[0-9a-f]{2}|\\["'\\/nrtux]|&(?:#|[a-z]{2,6};)/i;
const ASCII = /^[\0-\x7f]*$/;
const FIRST_BEYOND_ASCII = 0x80;
const LAST_CODE_POINT = 0x10_ffff;
const CHUNK = 8192;

/** Whether a text has escapes to undo. */
export function hasEscapes(text: string): boolean {
  return (text.includes("%") || text.includes("\\") || text.includes("&")) && ANY.test(text);
}

/** A text as its UTF-8 bytes, a character for each. */
export function toBytes(text: string): string {
  return ASCII.test(text) ? text : join(new TextEncoder().encode(text));
}

/** Bytes without one layer of the escapes of URLs, JSON and HTML in which a key may hide; every `+` is a blank. One pass. */
export function unescapeOnce(bytes: string, note?: (shift: Shift) => void): string {
  const meant = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; ) {
    const sign = bytes.charCodeAt(at);
    const read = readEscape(bytes, at, sign);
    if (read === undefined) {
      meant[length++] = sign === PLUS ? BLANK : sign;
      at += 1;
      continue;
    }
    const { code, width } = read;
    const isBeyond = sign !== PERCENT && code >= FIRST_BEYOND_ASCII;
    const written = isBeyond ? new TextEncoder().encode(String.fromCodePoint(code)) : [code === PLUS ? BLANK : code];
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

/** Finds, by halves, the last shift that is not behind the position. */
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

function readEscape(bytes: string, at: number, sign: number): Escape | undefined {
  if (sign === PERCENT) return escapeOf(readHex(bytes, at + 1, 2), 3);
  if (sign === AMPERSAND) return readEntity(bytes, at);
  if (sign !== BACKSLASH) return undefined;
  const letter = bytes.charAt(at + 1);
  if (letter === "u") return readUnits(bytes, at);
  if (letter === "x") return escapeOf(readHex(bytes, at + 2, 2), 4);
  return escapeOf(ESCAPED.get(letter) ?? -1, 2);
}

function escapeOf(code: number, width: number): Escape | undefined {
  return code < 0 ? undefined : { code, width };
}

/** What lies beyond 16 bits is written as two units. */
function readUnits(bytes: string, at: number): Escape | undefined {
  const unit = readHex(bytes, at + 2, 4);
  const isHigh = unit >= 0xd800 && unit < 0xdc00;
  const low = isHigh && bytes.startsWith("\\u", at + 6) ? readHex(bytes, at + 8, 4) : -1;
  if (low < 0xdc00 || low > 0xdfff) return escapeOf(unit, 6);
  return { code: 0x1_0000 + (unit - 0xd800) * 0x400 + (low - 0xdc00), width: 12 };
}

function readEntity(bytes: string, at: number): Escape | undefined {
  ENTITY.lastIndex = at;
  const [whole = "", decimal, hex, name = ""] = ENTITY.exec(bytes) ?? [];
  const number = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
  const code = Number.isNaN(number) ? (ENTITIES.get(name.toLowerCase()) ?? -1) : number;
  return code > LAST_CODE_POINT ? undefined : escapeOf(code, whole.length);
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
