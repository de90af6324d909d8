import type * as z from "zod";
import { isObject } from "../../../src/events/json.ts";

type Schema = z.core.JSONSchema.BaseSchema;

/** The paths of all fields that hold no further known fields: `call.durations.talk`, `message.to[]`. */
export function leavesOf(schema: Schema, path = ""): string[] {
  const items = schema.items;
  if (typeof items === "object" && !Array.isArray(items)) return leavesOf(items, `${path}[]`);
  const inner = Object.entries(schema.properties ?? {});
  if (inner.length === 0) return [path];
  return inner.flatMap(([name, field]) =>
    typeof field === "boolean" ? [] : leavesOf(field, path === "" ? name : `${path}.${name}`),
  );
}

/** Whether anything stands at a path; `null` is something, too. */
export function stands(value: unknown, path: string): boolean {
  const [name = "", ...rest] = path.split(".");
  const member = name.replace(/\[\]$/, "");
  if (!isObject(value) || !Object.hasOwn(value, member)) return false;
  const field: unknown = value[member];
  const inner = name.endsWith("[]") && Array.isArray(field) ? field : [field];
  return rest.length === 0 ? inner.length > 0 : inner.some((item) => stands(item, rest.join(".")));
}
