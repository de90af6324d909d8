import type { Described } from "./describe-schema.ts";

/** A value that a schema takes: of an object the members that it needs, and one more where it needs none. */
export function exampleOf(schema: Described | boolean | undefined): unknown {
  if (schema === undefined || typeof schema === "boolean") return undefined;
  const [given] = Array.isArray(schema.examples) ? schema.examples : [];
  if (given !== undefined) return given;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  if (first !== undefined) return exampleOf(first);
  if (schema.type === "object") return exampleObject(schema);
  if (schema.type === "array") return itemsOf(schema);
  if (schema.type === "boolean") return true;
  return schema.type === "integer" || schema.type === "number" ? (schema.minimum ?? 1) : undefined;
}

function exampleObject({ properties = {}, required = [] }: Described): object {
  const names = required.length > 0 ? required : Object.keys(properties).slice(0, 1);
  const members = names.map((name) => [name, exampleOf(properties[name])] as const);
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

function itemsOf({ items }: Described): unknown[] {
  const item = Array.isArray(items) ? undefined : exampleOf(items);
  return item === undefined ? [] : [item];
}
