/** What a member of JSON is: an object and a list have members of their own. */
export type JsonNode =
  | { readonly kind: "scalar"; readonly text: string; readonly type: "text" | "number" | "word" }
  | { readonly kind: "object" | "list"; readonly members: readonly (readonly [name: string, value: unknown])[] };

/** Reads a value as JSON has it; a number keeps its digits. */
export function nodeOf(value: unknown): JsonNode {
  if (typeof value === "string") return { kind: "scalar", text: value, type: "text" };
  if (typeof value === "number") return { kind: "scalar", text: String(value), type: "number" };
  if (JSON.isRawJSON(value)) return { kind: "scalar", text: value.rawJSON, type: "number" };
  if (Array.isArray(value)) return { kind: "list", members: value.map((item, at) => [String(at), item]) };
  if (typeof value === "object" && value !== null) return { kind: "object", members: Object.entries(value) };
  return { kind: "scalar", text: String(value), type: "word" };
}

/** The path of a member: `call.uuid`. */
export function pathTo(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
