import type * as z from "zod";
import type { Json, JsonObject } from "../../events/json.ts";
import { remembered } from "../../platform/remembered.ts";
import { readFields } from "../values/fields.ts";

/**
 * VCC Live's pages spell one field differently from kind to kind, and even within a page (`userid`, `userId`;
 * `client_data`, `clientData`), so names are compared without case and underscores. The same few hundred names come
 * again and again.
 */
export const foldName = remembered((name) => name.toLowerCase().replaceAll("_", ""), {
  maxTexts: 1000,
  maxCharacters: 64,
});

const namesOfShapes = new WeakMap<z.ZodRawShape, ReadonlyMap<string, string>>();

/** The names of a shape, by their folded forms. */
function namesIn(shape: z.ZodRawShape): ReadonlyMap<string, string> {
  const known = namesOfShapes.get(shape);
  if (known !== undefined) return known;
  const names = new Map(Object.keys(shape).map((name) => [foldName(name), name]));
  namesOfShapes.set(shape, names);
  return names;
}

/**
 * The fields of a body that a schema knows, under the schema's own names. An exact name goes before a variant, of
 * several variants the last counts.
 */
export function spell(body: JsonObject, shape: z.ZodRawShape): JsonObject {
  const names = namesIn(shape);
  const fields: Record<string, Json> = {};
  for (const [name, value] of Object.entries(body)) {
    const known = names.get(foldName(name));
    if (known !== undefined && (known === name || !Object.hasOwn(body, known))) fields[known] = value;
  }
  return fields;
}

/** Reads a body by a schema of tolerant fields, whatever the spelling of its names. */
export function readAs<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  body: JsonObject | undefined,
): z.output<z.ZodObject<Shape>> {
  return readFields(schema, spell(body ?? {}, schema.shape));
}

/** Whether a body has any field of a schema. */
export function shares(body: JsonObject, schema: z.ZodObject): boolean {
  const names = namesIn(schema.shape);
  return Object.keys(body).some((name) => names.has(foldName(name)));
}

const namesOfBodies = new WeakMap<JsonObject, ReadonlySet<string>>();

/** Whether a body has all these members, whatever the spelling of their names. */
export function has(body: JsonObject, ...names: readonly string[]): boolean {
  const known = namesOfBodies.get(body);
  // Each kind asks the same body for names of its own.
  const present = known ?? new Set(Object.keys(body).map(foldName));
  if (known === undefined) namesOfBodies.set(body, present);
  return names.every((name) => present.has(foldName(name)));
}
