import { asWritten, type RawNumber } from "../json.ts";

/** A number with every digit as it was sent: `24900.50` stays so, and 9007199254740993 is not …992. */
export type Figure = number | RawNumber;

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** The figure that a text writes, undefined when it is none or no double comes near it. What JSON cannot write is read anew. */
export function parseFigure(text: string): Figure | undefined {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) return undefined;
  return JSON_NUMBER.test(text) ? asWritten(value, text) : value;
}

/** What a figure is worth, as near as a double comes: to compare it, never to pass it on. */
export function worthOf(figure: Figure): number {
  return typeof figure === "number" ? figure : Number(figure.rawJSON);
}

/** A figure of something that goes on: until it is final, zero means "not known yet". */
export function knownFigure(figure: Figure | undefined, final: boolean): Figure | undefined {
  return figure !== undefined && worthOf(figure) === 0 && !final ? undefined : figure;
}

/** Whether a value is a figure. */
export function isFigure(value: unknown): value is Figure {
  return typeof value === "number"
    ? Number.isFinite(value)
    : JSON.isRawJSON(value) && parseFigure(value.rawJSON) !== undefined;
}
