import { isObject, type Json } from "../../events/json.ts";
import { readText } from "../../events/values/read.ts";

/**
 * What stands at a path of member names and list positions: `payload.calls.0.id`. A member whose own name has dots is
 * found by the whole of it. Undefined when there is nothing.
 */
export function readPath(value: Json | undefined, path: string): Json | undefined {
  const own = member(value, path);
  if (own !== undefined) return own;
  const dot = path.indexOf(".");
  return dot < 0 ? undefined : readPath(member(value, path.slice(0, dot)), path.slice(dot + 1));
}

/** The text at a path; undefined also when the path is. */
export function textAt(body: Json, path: string | undefined): string | undefined {
  return path === undefined ? undefined : readText(readPath(body, path));
}

/** Fills the paths in braces; undefined when one of them leads to nothing. */
export function fillPaths(body: Json, template: string | undefined): string | undefined {
  const values = [...(template ?? "").matchAll(/\{([^{}]+)\}/g)].map(([, path]) => textAt(body, path));
  if (values.includes(undefined)) return undefined;
  return template?.replace(/\{[^{}]+\}/g, () => values.shift() ?? "");
}

function member(value: Json | undefined, name: string): Json | undefined {
  if (Array.isArray(value)) return /^\d+$/.test(name) ? value[Number(name)] : undefined;
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
