/** A text as its UTF-8 bytes, a character for each; `startOf`: where in the text that was sent a byte comes from. */
export interface Bytewise {
  readonly text: string;
  readonly startOf: (at: number) => number;
}

/** The escapes of URLs and of JSON in which a sign of a key may stand. */
const ESCAPE = /%([0-9a-f]{2})|\\u([0-9a-f]{4})|\\(["\\/])|\+/gi;
const BEYOND_ASCII = /[^\0-\x7f]/gu;

/** A text as it was sent. */
export function bytewise(text: string): Bytewise {
  return rewrite({ text, startOf: (at) => at }, BEYOND_ASCII, ([sign]) => bytesOf(sign));
}

/** A text without one layer of its escapes; every `+` is a blank. */
export function unescapeOnce(text: Bytewise): Bytewise {
  return rewrite(text, ESCAPE, ([, byte, unit, sign]) => {
    if (sign !== undefined) return sign;
    const meant = byte === undefined ? codeUnit(unit) : String.fromCharCode(Number.parseInt(byte, 16));
    return meant === "+" ? " " : meant;
  });
}

/** A bare `+` has none. */
function codeUnit(digits: string | undefined): string {
  return digits === undefined ? " " : bytesOf(String.fromCharCode(Number.parseInt(digits, 16)));
}

function bytesOf(sign: string): string {
  return String.fromCharCode(...new TextEncoder().encode(sign));
}

/** Puts what each match means in its place. Only behind a match does a position shift. */
function rewrite({ text, startOf }: Bytewise, pattern: RegExp, meaning: (match: RegExpExecArray) => string): Bytewise {
  const shifts: { readonly at: number; readonly from: number }[] = [];
  const pieces: string[] = [];
  let at = 0;
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    const meant = meaning(match);
    pieces.push(text.slice(from, match.index), meant);
    at += match.index - from + meant.length;
    from = match.index + match[0].length;
    shifts.push({ at, from });
  }
  pieces.push(text.slice(from));
  return { text: pieces.join(""), startOf: (position) => startOf(sentAt(shifts, position)) };
}

/** The position before the text was rewritten. */
function sentAt(shifts: readonly { readonly at: number; readonly from: number }[], position: number): number {
  let low = 0;
  let high = shifts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((shifts[middle]?.at ?? 0) <= position) low = middle + 1;
    else high = middle;
  }
  const shift = shifts[low - 1] ?? { at: 0, from: 0 };
  return shift.from + position - shift.at;
}
