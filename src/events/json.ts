/** A number whose digits a double cannot hold; it prints as it was read (ECMA-262, JSON.rawJSON). */
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
const DOUBLE_DIGITS = 15;

function keepDigits(_key: string, value: Json, { source }: { source?: string }): Json {
  if (typeof value !== "number" || source === undefined) return value;
  const digits = source.replace(/e.*$/i, "").replace(/\D/g, "").replace(/^0+/, "");
  const exact = Number.isFinite(value) && (digits.length <= DOUBLE_DIGITS || String(value) === source);
  return exact ? value : JSON.rawJSON(source);
}

/**
 * Parses JSON without losing a digit: what a double cannot hold becomes a RawNumber.
 * Text nested too deeply to revive is parsed plainly; `prune` cuts it afterwards.
 * @throws SyntaxError when the text is not JSON.
 */
export function parseJson(text: string): Json {
  try {
    return JSON.parse(text, keepDigits);
  } catch (error) {
    if (error instanceof RangeError) return JSON.parse(text);
    throw error;
  }
}

/**
 * Parses JSON with each number in the digits in which it was written: `41.0` is not `41`. Slower than `parseJson`.
 * @throws SyntaxError when the text is not JSON, RangeError when it is nested too deeply.
 */
export function parseExactly(text: string): Json {
  return JSON.parse(text, (_key, value, { source }) =>
    typeof value === "number" && source !== undefined && source !== String(value) ? JSON.rawJSON(source) : value,
  );
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !JSON.isRawJSON(value);
}
