import fc from "fast-check";
import { isObject, type Json } from "../../../src/events/json.ts";

/** One change somewhere in a JSON value. `place` counts its nodes from the root, around and around. */
export interface Edit {
  readonly place: number;
  readonly change:
    | { readonly how: "drop" | "wrap" | "number" | "text" | "empty" }
    | { readonly how: "rename"; readonly name: string }
    | { readonly how: "replace"; readonly value: Json };
}

/** What vendors are known to put where something else belongs, and what nobody would. */
const oddities: readonly Json[] = [
  ...[null, true, false, 0, -1, 1, 1.5, -0.25, 1e21, 12345678901, 1738574120.25],
  ...["", " ", "null", "0", "-1", "true", "0000-00-00 00:00:00", "2024-13-45 99:99:99", "2024-05-21T10:14:09+0200"],
  ...["2024-03-31 02:30:00", "9999999999", "1e400", "+3615550199", "anonymous", "a,b;c", "[1,2]", '{"id":1}', "\ud800"],
  ...[[], {}, [null], [[1]], { id: null }, { __proto__: null, constructor: 1 }],
  JSON.rawJSON("12345678901234567890"),
];

const value: fc.Arbitrary<Json> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...oddities) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }).map((json): Json => JSON.parse(JSON.stringify(json))) },
);

/** Edits whose new names are taken from `names`, so that fields turn up where another is expected. */
export function edits(names: readonly string[]): fc.Arbitrary<Edit[]> {
  const change: fc.Arbitrary<Edit["change"]> = fc.oneof(
    fc.record({ how: fc.constantFrom("drop", "wrap", "number", "text", "empty") }),
    fc.record({ how: fc.constant("rename"), name: fc.constantFrom("", "__proto__", "tomorrow", ...names) }),
    fc.record({ how: fc.constant("replace"), value }),
  );
  return fc.array(fc.record({ place: fc.nat(), change }), { minLength: 1, maxLength: 8, size: "max" });
}

/** The value after all edits. */
export function mutate(json: Json, changes: readonly Edit[]): Json {
  return changes.reduce<Json>(
    (current, edit) => editNode(current, edit, { left: edit.place % sizeOf(current) }) ?? null,
    json,
  );
}

function sizeOf(node: Json): number {
  const inner: readonly Json[] = Array.isArray(node) ? node : isObject(node) ? Object.values(node) : [];
  return inner.reduce<number>((sum, item) => sum + sizeOf(item), 1);
}

/** @param count places still to pass; used up on the way. @returns undefined when the node is dropped */
function editNode(node: Json, edit: Edit, count: { left: number }): Json | undefined {
  if (count.left-- === 0) return apply(node, edit.change);
  if (Array.isArray(node)) return node.flatMap((item: Json) => editNode(item, edit, count) ?? []);
  if (!isObject(node)) return node;
  const members = Object.entries(node).flatMap(([name, field]): [string, Json][] => {
    const named = count.left === 0 && edit.change.how === "rename" ? edit.change.name : name;
    const edited = editNode(field, edit, count);
    return edited === undefined ? [] : [[named, edited]];
  });
  return Object.fromEntries(members);
}

function apply(node: Json, change: Edit["change"]): Json | undefined {
  switch (change.how) {
    case "drop":
      return undefined;
    case "wrap":
      return [node];
    case "number":
      return (typeof node === "object" ? 0 : Number(node)) || 7;
    case "text":
      return typeof node === "string" ? node : JSON.stringify(node);
    case "empty":
      return Array.isArray(node) ? [] : isObject(node) ? {} : "";
    case "rename":
      return node;
    case "replace":
      return change.value;
  }
}

/** The names of all members of a value. */
export function namesIn(json: Json): string[] {
  if (Array.isArray(json)) return json.flatMap(namesIn);
  return isObject(json) ? Object.entries(json).flatMap(([name, field]) => [name, ...namesIn(field)]) : [];
}
