import { type JsonSchema, mapInner } from "./inner.ts";

/**
 * A schema without what is noise to those who generate types of it: the pattern of a time beside its format, that names
 * of members are texts, and the bounds of what a double can count. What may be null has two types rather than two schemas.
 */
export function tidy(schema: JsonSchema): JsonSchema {
  const { pattern, minimum, maximum, propertyNames, ...rest } = mapInner(nullable(schema), tidy);
  return {
    ...rest,
    ...(pattern === undefined || rest.format === "date-time" ? {} : { pattern }),
    ...(minimum === undefined || minimum === Number.MIN_SAFE_INTEGER ? {} : { minimum }),
    ...(maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? {} : { maximum }),
    ...(propertyNames === undefined || isAnyText(propertyNames) ? {} : { propertyNames }),
  };
}

function nullable(schema: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = schema;
  const [one, other, ...more] = anyOf ?? [];
  // Of a format with two types Go's generator makes a type that cannot be read.
  if (one?.format !== undefined) return schema;
  if (more.length > 0 || other?.type !== "null" || typeof one?.type !== "string") return schema;
  return { ...one, ...rest, type: [one.type, "null"] };
}

function isAnyText(names: JsonSchema | boolean): boolean {
  return typeof names === "object" && names.type === "string" && Object.keys(names).length === 1;
}
