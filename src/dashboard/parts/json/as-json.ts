/** What a member of JSON is: an object and a list have members of their own. */
export type JsonNode =
  | { readonly kind: "scalar"; readonly text: string; readonly type: "text" | "number" | "word" }
  | {
      readonly kind: "object" | "list";
      /** How many members it has. */
      readonly size: number;
      /** The first of them: there may be a hundred thousand. */
      readonly first: (most: number) => readonly (readonly [name: string, value: unknown])[];
    };

/** Reads a value as JSON has it; a number keeps its digits. */
export function nodeOf(value: unknown): JsonNode {
  if (typeof value === "string") return { kind: "scalar", text: value, type: "text" };
  if (typeof value === "number") return { kind: "scalar", text: String(value), type: "number" };
  if (JSON.isRawJSON(value)) return { kind: "scalar", text: value.rawJSON, type: "number" };
  if (Array.isArray(value)) {
    return {
      kind: "list",
      size: value.length,
      first: (most) => value.slice(0, most).map((item, at) => [String(at), item]),
    };
  }
  if (typeof value !== "object" || value === null) return { kind: "scalar", text: String(value), type: "word" };
  const names = Object.keys(value);
  const first = (most: number) => names.slice(0, most).map((name) => [name, Reflect.get(value, name)] as const);
  return { kind: "object", size: names.length, first };
}

/** The path of a member: `call.uuid`. */
export function pathTo(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
