/** A number whose spelling a double would lose; it prints as it was read (ECMA-262, JSON.rawJSON). */
export interface RawNumber {
  readonly rawJSON: string;
}

export type Json = null | boolean | number | string | RawNumber | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

declare global {
  interface JSON {
    rawJSON(text: string): RawNumber;
    isRawJSON(value: unknown): value is RawNumber;
    parse(text: string, reviver: (key: string, value: Json, context: { source?: string }) => Json): Json;
  }
}

/** Deeper than any vendor's body, far below what recursion bears. */
export const MAX_DEPTH = 64;

/** `1.50`, `1e3` and `-0` are kept as they were sent, not only what has too many digits. */
function keepDigits(_key: string, value: Json, { source }: { source?: string }): Json {
  return typeof value !== "number" || source === undefined ? value : asWritten(value, source);
}

/** A number with the spelling that it was sent in. */
export function asWritten(value: number, source: string): number | RawNumber {
  return String(value) === source ? value : JSON.rawJSON(source);
}

/**
 * Parses JSON without losing a digit: what a double would print otherwise becomes a RawNumber.
 * In a text nested too deeply to revive, what is far deeper than MAX_DEPTH is left out.
 * @throws SyntaxError when the text is not JSON.
 */
export function parseJson(text: string): Json {
  // Looking at each value costs forty times the parsing.
  if (!MAY_LOSE_DIGITS.test(text) && opensFew(text)) return JSON.parse(text);
  try {
    return JSON.parse(text, keepDigits);
  } catch (error) {
    if (error instanceof RangeError) return JSON.parse(cutDeep(text), keepDigits);
    throw error;
  }
}

/**
 * All numbers that a double prints otherwise are spelled so, and stand so: at the beginning, after a member's name, or
 * in a list. A text within a string that looks like it only costs time; ids, times and addresses do not.
 */
const MAY_LOSE_DIGITS = /(?:^|"[ \t\n\r]*:|[[,])[ \t\n\r]*-?(?:\d{16}|\d+[.eE]|(?<=-)0)/;

/** A text with so few lists and objects that it can't be nested too deeply. */
function opensFew(text: string): boolean {
  let left = DEEPEST;
  for (const sign of ["[", "{"]) {
    for (let at = text.indexOf(sign); at >= 0 && left > 0; at = text.indexOf(sign, at + 1)) left--;
  }
  return left > 0;
}

/** Empties the lists and objects below twice MAX_DEPTH, so that whoever prunes at MAX_DEPTH still sees that there was more. */
function cutDeep(json: string): string {
  const kept: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < json.length; at++) {
    const character = json.charAt(at);
    if (character === '"') at = endOfText(json, at);
    else if (character === "[" || character === "{") {
      if (++depth === DEEPEST) kept.push(json.slice(from, at + 1));
    } else if (character === "]" || character === "}") {
      if (depth-- === DEEPEST) from = at;
    }
  }
  return [...kept, json.slice(from)].join("");
}

const DEEPEST = 2 * MAX_DEPTH;

/** Where the quote stands that ends the string which begins at `at`. */
export function endOfText(json: string, at: number): number {
  let end = at + 1;
  while (json.charAt(end) !== '"') end += json.charAt(end) === "\\" ? 2 : 1;
  return end;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !JSON.isRawJSON(value);
}
