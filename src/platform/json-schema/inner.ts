import type * as z from "zod";

/** A JSON Schema of the 2020-12 dialect. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;
type Inner = JsonSchema | boolean;

/** The same schema, with each that stands directly in it changed. */
export function mapInner(schema: JsonSchema, change: (inner: JsonSchema) => JsonSchema): JsonSchema {
  const one = (inner: Inner): Inner => (typeof inner === "boolean" ? inner : change(inner));
  const list = (inner: readonly JsonSchema[] | undefined) => inner?.map(change);
  const named = (inner: Readonly<Record<string, Inner>> | undefined) =>
    inner && Object.fromEntries(Object.entries(inner).map(([name, schema]) => [name, one(schema)]));
  const { properties, patternProperties, items, additionalProperties, propertyNames, anyOf, oneOf, allOf } = schema;
  const changed = {
    properties: named(properties),
    patternProperties: named(patternProperties),
    items: Array.isArray(items) ? items.map(one) : items === undefined ? undefined : one(items),
    additionalProperties: additionalProperties === undefined ? undefined : one(additionalProperties),
    propertyNames: propertyNames === undefined ? undefined : one(propertyNames),
    anyOf: list(anyOf),
    oneOf: list(oneOf),
    allOf: list(allOf),
  };
  // What a schema does not have it does not get; its members keep their order.
  const known = Object.entries(changed).filter(([, inner]) => inner !== undefined);
  return { ...schema, ...Object.fromEntries(known) };
}
