import * as z from "zod";
import { isObject } from "../../events/json.ts";
import { meaningOf } from "./glossary.ts";

/** JSON Schema 2020-12, which is OpenAPI 3.1's own. */
export type Described = z.core.JSONSchema.BaseSchema;

/** What a request brings, as JSON Schema: each member with what it means and, where it can be any, one that there could be. */
export function describeInput(schema: z.core.$ZodType, resource: string): Described {
  const { example, ...described } = explain(toJsonSchema(schema), resource);
  // `examples` would be lost where anything in the schema is read into something else: they are said to be of what is read.
  return example === undefined ? described : { ...described, examples: [example] };
}

/** What an answer brings. */
export function toJsonSchema(schema: z.core.$ZodType): Described {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return rest;
}

/** One parameter or member of that name. */
export function explainMember(name: string, schema: Described, resource: string): Described {
  const meaning = meaningOf(resource, name);
  const inner = explain(schema, resource);
  const hasWords = inner.enum !== undefined || inner.const !== undefined || inner.type === "boolean";
  const example = hasWords || inner.examples !== undefined ? undefined : meaning?.example;
  return {
    ...inner,
    ...(inner.description === undefined && meaning !== undefined ? { description: meaning.description } : {}),
    ...(example === undefined ? {} : { examples: [example] }),
  };
}

function explain(schema: Described, resource: string): Described {
  if (!isObject(schema.properties)) return schema;
  const members = Object.entries(schema.properties).map(([name, member]: [string, Described | boolean]) => [
    name,
    typeof member === "boolean" ? member : explainMember(name, member, resource),
  ]);
  return { ...schema, properties: Object.fromEntries(members) };
}
