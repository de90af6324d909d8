import { isObject, type Json, type JsonObject, parseJson } from "../json.ts";
import { type Figure, parseFigure, worthOf } from "./figure.ts";

/** No word of a closed list is longer; characters. */
const MAX_WORD_CHARACTERS = 256;

/** Cuts a text to what may be a word of a closed list. */
export function cutWord(text: string): string {
  return text.slice(0, MAX_WORD_CHARACTERS);
}

/** Readers never fail: what does not fit is absent. They take what forms and JSON make of the same field. */

/** Digits and letters as sent, trimmed; absent for null, booleans, `""` and the word `null`. */
export function readText(value: Json | undefined): string | undefined {
  const text = typeof value === "string" ? value.trim() : typeof value === "number" ? String(value) : rawDigits(value);
  return text === undefined || text === "" || text === "null" ? undefined : text;
}

function rawDigits(value: Json | undefined): string | undefined {
  return JSON.isRawJSON(value) ? value.rawJSON : undefined;
}

/** A finite number with its digits as sent, also from text. */
export function readFigure(value: Json | undefined): Figure | undefined {
  const text = readText(value);
  return text === undefined ? undefined : parseFigure(text);
}

/** A finite number to compare or reckon with, also from text. */
export function readNumber(value: Json | undefined): number | undefined {
  const figure = readFigure(value);
  return figure === undefined ? undefined : worthOf(figure);
}

const TRUE = new Set(["1", "true", "yes", "on", "vero"]);
const FALSE = new Set(["0", "false", "no", "off", "falso"]);

/** A flag: JSON booleans, 1 and 0, and their words (uContact's Italian page prints `vero` and `falso`). */
export function readFlag(value: Json | undefined): boolean | undefined {
  if (typeof value === "boolean") return value;
  const word = cutWord(JSON.isRawJSON(value) ? String(readNumber(value)) : (readText(value) ?? "")).toLowerCase();
  return TRUE.has(word) ? true : FALSE.has(word) ? false : undefined;
}

/** A list: an array, PHP's numbered object, JSON text, comma text, or one bare value. */
export function readList(value: Json | undefined): readonly Json[] {
  if (Array.isArray(value)) return value;
  if (isObject(value)) return Object.keys(value).every((name) => /^\d+$/.test(name)) ? Object.values(value) : [];
  const text = readText(value);
  if (text === undefined) return [];
  if (!text.startsWith("[")) return text.split(",");
  try {
    return readList(parseJson(text));
  } catch {
    return [];
  }
}

/** The texts of a list. */
export function readTexts(value: Json | undefined): string[] {
  return readList(value).flatMap((item) => readText(item) ?? []);
}

/** An object with content; PHP prints an empty one as `[]`. */
export function readRecord(value: Json | undefined): JsonObject | undefined {
  return isObject(value) && Object.keys(value).length > 0 ? value : undefined;
}
