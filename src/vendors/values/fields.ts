import * as z from "zod";
import type { Json } from "../../events/json.ts";
import { worthOf } from "../../events/values/figure.ts";
import {
  readFigure,
  readFlag,
  readList,
  readNumber,
  readRecord,
  readText,
  readTexts,
} from "../../events/values/read.ts";

/**
 * Fields for the zod schemas of vendor bodies. None of them ever fails, so no field can break an event.
 * A schema's `shape` is also the list of the fields that we know.
 */
const json = z
  .unknown()
  .optional()
  .transform((value): Json | undefined => (isJson(value) ? value : undefined));
function isJson(value: unknown): value is Json {
  return value !== undefined;
}

export const anything = json;
export const text = json.transform(readText);
export const figure = json.transform(readFigure);
export const flag = json.transform(readFlag);
export const list = json.transform(readList);
export const texts = json.transform(readTexts);
export const record = json.transform(readRecord);

/** An identifier whose sentinels (`-1`, `0` for "none") mean absence. */
export function id(...none: readonly string[]) {
  return json.transform((value) => {
    const digits = readText(value);
    const spelled = JSON.isRawJSON(value) ? String(readNumber(value)) : digits;
    return spelled === undefined || none.includes(spelled) ? undefined : digits;
  });
}

/** Seconds; anything below zero is no figure. */
export const seconds = figure.transform((value) => (value !== undefined && worthOf(value) >= 0 ? value : undefined));

/** A nested object read by a schema of its own; anything else reads as empty. */
export function object<Shape extends z.ZodRawShape>(shape: Shape) {
  const schema = z.object(shape);
  return json.transform((value) => schema.parse(readRecord(value) ?? {}));
}
