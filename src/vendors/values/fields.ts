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
function field<Read>(read: (value: Json | undefined) => Read) {
  // One step for each field: zod takes longer from step to step than any of these readers takes.
  return z
    .unknown()
    .optional()
    .transform((value) => read(isJson(value) ? value : undefined));
}
function isJson(value: unknown): value is Json {
  return value !== undefined;
}

export const anything = field((value) => value);
export const text = field(readText);
export const figure = field(readFigure);
export const flag = field(readFlag);
export const list = field(readList);
export const texts = field(readTexts);
export const record = field(readRecord);

/** An identifier whose sentinels (`-1`, `0` for "none") mean absence. */
export function id(...none: readonly string[]) {
  return field((value) => {
    const digits = readText(value);
    const spelled = JSON.isRawJSON(value) ? String(readNumber(value)) : digits;
    return spelled === undefined || none.includes(spelled) ? undefined : digits;
  });
}

/** Seconds; anything below zero is no figure. */
export const seconds = field((value) => {
  const figure = readFigure(value);
  return figure !== undefined && worthOf(figure) >= 0 ? figure : undefined;
});

/** A nested object read by a schema of its own; anything else reads as empty. */
export function object<Shape extends z.ZodRawShape>(shape: Shape) {
  const schema = z.object(shape);
  return field((value) => schema.parse(readRecord(value) ?? {}));
}
