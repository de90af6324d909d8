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

type Reader = (value: Json | undefined) => unknown;

/** How each field is read. */
const readers = new WeakMap<z.core.$ZodType, Reader>();

/**
 * Fields for the zod schemas of vendor bodies. None of them ever fails, so no field can break an event.
 * A schema's `shape` is also the list of the fields that we know.
 */
export function field<Read>(read: (value: Json | undefined) => Read) {
  const schema = z
    .unknown()
    .optional()
    .transform((value) => read(isJson(value) ? value : undefined));
  readers.set(schema, read);
  return schema;
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

/** What a member of an object may be. */
type Members = Readonly<Record<string, Json | undefined>>;

/** Reads an object by a schema of such fields: what the schema itself reads, in a fraction of its time. */
export function readFields<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  object: Members,
): z.output<z.ZodObject<Shape>>;
export function readFields({ shape }: z.ZodObject, object: Members): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const name in shape) {
    const value = readField(shape[name], object[name]);
    if (value !== undefined || name in object) fields[name] = value;
  }
  return fields;
}

/** Reads one value by the field that it stands in; undefined where there is no such field. */
export function readField(schema: z.core.$ZodType | undefined, value: Json | undefined): unknown {
  if (schema === undefined) return undefined;
  const read = readers.get(schema);
  return read === undefined ? z.parse(schema, value) : read(value);
}

/** A nested object read by a schema of its own; anything else reads as empty. */
export function object<Shape extends z.ZodRawShape>(shape: Shape) {
  const schema = z.object(shape);
  return field((value) => readFields(schema, readRecord(value) ?? {}));
}
