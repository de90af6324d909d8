import * as z from "zod";
import { define } from "./define.ts";
import type { JsonSchema } from "./inner.ts";
import { tidy } from "./tidy.ts";

/** What a zod schema takes, as JSON Schema for people, validators and generators of types. */
export function writeSchema(schema: z.ZodType): JsonSchema {
  return define(tidy(z.toJSONSchema(schema, { io: "input" })));
}
