import { type JsonSchema, mapInner } from "./inner.ts";

/** Where the definitions of a schema stand in it. */
export const DEFINITIONS = "#/$defs/";

/**
 * A schema in which each that has a title stands once, in `$defs` under its title, and is referred to: what generators
 * make of it has that name, however often it is used. Nothing stands beside a `$ref`, and none is in an `allOf`: some
 * generators would make a type of its own of each.
 * @param place where the references lead, if not to `$defs`
 * @throws Error when two that differ have the same title
 */
export function define(schema: JsonSchema, place = DEFINITIONS): JsonSchema {
  const defined = new Map<string, JsonSchema>();
  const seen = new Map<JsonSchema, JsonSchema>();
  const refer = (inner: JsonSchema): JsonSchema => {
    const known = seen.get(inner);
    if (known !== undefined) return known;
    const changed = mapInner(inner, refer);
    const { title } = changed;
    if (title === undefined) return changed;
    const before = defined.get(title);
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(changed)) {
      throw new Error(`two schemas are called ${title}`);
    }
    const reference = { $ref: `${place}${title}` };
    defined.set(title, changed);
    seen.set(inner, reference);
    return reference;
  };
  const root = mapInner(schema, refer);
  return defined.size === 0 ? root : { ...root, $defs: Object.fromEntries(defined) };
}
