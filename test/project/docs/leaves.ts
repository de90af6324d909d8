import type * as z from "zod";
import { isObject } from "../../../src/events/json.ts";

type Schema = z.core.JSONSchema.BaseSchema;

/** The paths of all fields that hold no further known fields: `call.durations.talk`, `message.to[]`. */
export function leavesOf(root: Schema, referring: Schema = root, path = ""): string[] {
  const schema = resolve(referring, root);
  const items = schema.items;
  if (typeof items === "object" && !Array.isArray(items)) return leavesOf(root, items, `${path}[]`);
  const inner = Object.entries(schema.properties ?? {});
  if (inner.length === 0) return [path];
  return inner.flatMap(([name, field]) =>
    typeof field === "boolean" ? [] : leavesOf(root, field, path === "" ? name : `${path}.${name}`),
  );
}

/** What a schema refers to in `$defs`, else itself. */
export function resolve(schema: Schema, { $defs }: Schema): Schema {
  const title = schema.$ref?.replace("#/$defs/", "");
  return (title === undefined ? undefined : $defs?.[title]) ?? schema;
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
