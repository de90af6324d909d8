import { type JsonSchema, mapInner } from "./inner.ts";

/**
 * A schema in which each that has a title stands once, in `$defs` under its title, and is referred to: what generators
 * make of it has that name, however often it is used.
 * @throws Error when two that differ have the same title
 */
export function define(schema: JsonSchema): JsonSchema {
  const definitions = new Map<string, { readonly text: string; readonly schema: JsonSchema }>();
  const refer = (inner: JsonSchema): JsonSchema => {
    const changed = mapInner(inner, refer);
    const { title } = changed;
    if (title === undefined) return changed;
    const text = JSON.stringify(changed);
    const defined = definitions.get(title);
    if (defined !== undefined && defined.text !== text) throw new Error(`two schemas are called ${title}`);
    definitions.set(title, { text, schema: changed });
    return { $ref: `#/$defs/${title}` };
  };
  const root = mapInner(schema, refer);
  if (definitions.size === 0) return root;
  return { ...root, $defs: Object.fromEntries([...definitions].map(([title, { schema }]) => [title, schema])) };
}
