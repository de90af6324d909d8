import type * as z from "zod";
import type { JsonObject } from "../../events/json.ts";

/**
 * VCC Live's pages spell one field differently from kind to kind, and even within a page (`userid`, `userId`;
 * `client_data`, `clientData`), so names are compared without case and underscores.
 */
export function foldName(name: string): string {
  return name.toLowerCase().replaceAll("_", "");
}

/** The fields of a body that a schema knows, under the schema's own names. An exact name goes before a variant. */
export function spell(body: JsonObject, shape: z.ZodRawShape): JsonObject {
  const names = new Map(Object.keys(shape).map((name) => [foldName(name), name]));
  const variants = Object.entries(body).flatMap(([name, value]) => {
    const known = names.get(foldName(name));
    return known === undefined ? [] : [{ exact: known === name, known, value }];
  });
  variants.sort((a, b) => Number(a.exact) - Number(b.exact));
  return Object.fromEntries(variants.map(({ known, value }) => [known, value]));
}

/** Reads a body by a schema of tolerant fields, whatever the spelling of its names. */
export function readAs<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  body: JsonObject | undefined,
): z.output<z.ZodObject<Shape>> {
  return schema.parse(spell(body ?? {}, schema.shape));
}

/** Whether a body has any field of a schema. */
export function shares(body: JsonObject, schema: z.ZodObject): boolean {
  return Object.keys(spell(body, schema.shape)).length > 0;
}

/** Whether a body has all these members, whatever the spelling of their names. */
export function has(body: JsonObject, ...names: readonly string[]): boolean {
  const present = new Set(Object.keys(body).map(foldName));
  return names.every((name) => present.has(foldName(name)));
}
