import { isObject, type Json } from "../events/json.ts";

/** A word is short; characters. */
const MAX_WORD_CHARACTERS = 32;
/** A longer name of a member is none that a person gave. */
const MAX_NAME_CHARACTERS = 64;
/** More digits than that in a word or name are a phone number, or an id of somebody. */
const MAX_DIGITS = 4;
/** The tenant's own ids of results and dispositions may have a few more. */
const MAX_ID_DIGITS = 6;

/** The type and the length of a value, which tell an operator what came without telling what it says. */
export function shapeOf(value: Json): string {
  if (value === null) return "null";
  if (typeof value === "string") return `text, ${value.length} characters`;
  if (typeof value === "boolean") return "boolean";
  if (Array.isArray(value)) return `list, ${value.length}`;
  if (isObject(value)) return `object, ${Object.keys(value).length}`;
  return `number, ${digitsIn(JSON.isRawJSON(value) ? value.rawJSON : String(value))} digits`;
}

/** A word as it came if it looks like one, else its type and length: in a broken body anything may stand anywhere. */
export function wordOrShape(word: string): string {
  return isWord(word, MAX_DIGITS) ? word : shapeOf(word);
}

/** An id of the tenant as it came if it is short and looks like a word, else `*`. */
export function idOrStar(id: string): string {
  return isWord(id, MAX_ID_DIGITS) ? id : "*";
}

/** The name of a member, or `*` where it looks like an id, an e-mail address or a phone number. */
export function nameOrStar(name: string): string {
  if (name === "") return '""';
  if (name.length > MAX_NAME_CHARACTERS || name.includes("@") || digitsIn(name) > MAX_DIGITS) return "*";
  return ONLY_DIGITS.test(name) || HEX_ID.test(name) ? "*" : name;
}

const WORD = /^[\p{L}\d_-]+$/u;
const ONLY_DIGITS = /^\d+$/;
const HEX_ID = /^[0-9a-f-]{16,}$/i;

function isWord(text: string, maxDigits: number): boolean {
  return text.length <= MAX_WORD_CHARACTERS && WORD.test(text) && digitsIn(text) <= maxDigits;
}

/** Counted without a copy: a text may have a megabyte. */
function digitsIn(text: string): number {
  let digits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) digits += 1;
  }
  return digits;
}
