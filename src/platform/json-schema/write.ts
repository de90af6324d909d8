import * as z from "zod";
import type { JsonSchema } from "./inner.ts";
import { tidy } from "./tidy.ts";

/** Parts are written once in an isolate: that takes milliseconds, and dozens of schemas have them. */
const written = new WeakMap<z.core.$ZodType, JsonSchema>();

/** What a zod schema takes, as JSON Schema for people, validators and generators of types. */
export function writeSchema(schema: z.core.$ZodType): JsonSchema {
  const known = written.get(schema);
  if (known !== undefined) return known;
  const { $schema: _, ...rest } = tidy(z.toJSONSchema(schema, { io: "input" }));
  written.set(schema, rest);
  return rest;
}

/** The same of an object, whose members are written each for itself: in all objects that have them they are one. */
export function writeMembers({ shape }: z.ZodObject): JsonSchema {
  const members = Object.entries<z.core.$ZodType>(shape);
  const unwrap = (member: z.core.$ZodType) => (member instanceof z.ZodOptional ? member.unwrap() : member);
  const required = members.filter(([, member]) => !(member instanceof z.ZodOptional)).map(([name]) => name);
  return {
    type: "object",
    properties: Object.fromEntries(members.map(([name, member]) => [name, writeSchema(unwrap(member))])),
    ...(required.length > 0 ? { required } : {}),
  };
}
