import type * as z from "zod";
import { type JsonSchema, mapInner } from "./inner.ts";

const SINCE = "since";

/**
 * A member that came later than the first version of the published schemas: those of versions before do not have it, and
 * never change.
 * @param version 2 or more
 */
export function since<T extends z.ZodType>(version: number, schema: T): T {
  return schema.meta({ [SINCE]: version });
}

/** Parts stand in dozens of schemas: each is looked through once. */
const newest = new WeakMap<JsonSchema, number>();

/** The newest version of a schema: that of its youngest member. */
export function newestVersion(schema: JsonSchema): number {
  const known = newest.get(schema);
  if (known !== undefined) return known;
  let version = sinceOf(schema);
  mapInner(schema, (inner) => {
    version = Math.max(version, newestVersion(inner));
    return inner;
  });
  newest.set(schema, version);
  return version;
}

/** The schema as it is in a version: without the members that came later. What stands in it twice still is one object. */
export function inVersion(schema: JsonSchema, version: number): JsonSchema {
  const known = new Map<JsonSchema, JsonSchema>();
  const change = (now: JsonSchema): JsonSchema => {
    const then = known.get(now) ?? mapInner(without(now, version), change);
    known.set(now, then);
    return then;
  };
  return change(schema);
}

function without(schema: JsonSchema, version: number): JsonSchema {
  const { [SINCE]: _, properties, required, ...rest } = schema;
  const then = Object.entries(properties ?? {}).filter(([, member]) => sinceOf(member) <= version);
  const names = new Set(then.map(([name]) => name));
  return {
    ...rest,
    ...(properties === undefined ? {} : { properties: Object.fromEntries(then) }),
    ...(required === undefined ? {} : { required: required.filter((name) => names.has(name)) }),
  };
}

function sinceOf(schema: JsonSchema | boolean): number {
  return typeof schema === "object" && typeof schema[SINCE] === "number" ? schema[SINCE] : 1;
}
