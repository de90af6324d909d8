import { define } from "./define.ts";
import type { JsonSchema } from "./inner.ts";
import { inVersion } from "./version.ts";

const DIALECT = "https://json-schema.org/draft/2020-12/schema";

/**
 * A schema as it is published: what it is called and what it is for stand first, what it is made of last.
 * @param version the version of it, the newest unless given
 */
export function publishSchema(schema: JsonSchema, version = Number.POSITIVE_INFINITY): JsonSchema {
  const { title, description, ...rest } = define(inVersion(schema, version));
  return { $schema: DIALECT, title, description, ...rest };
}
