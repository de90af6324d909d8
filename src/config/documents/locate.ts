import { type Node, parseTree } from "jsonc-parser";
import { placeOf } from "./explain-json.ts";
import type { Fault } from "./parse.ts";
import { withoutMark } from "./read-json.ts";

/**
 * The same with line and column of what each is about: where the member begins, or the item of a list. What is missing
 * stands where that begins in which it is missing.
 * @param text the document
 */
export function locate(text: string, faults: readonly Fault[]): Fault[] {
  const json = withoutMark(text);
  const root = faults.length === 0 ? undefined : readTree(json);
  if (root === undefined) return [...faults];
  return faults.map((fault) => ({ ...placeOf(json, find(root, fault.path, root.offset)), ...fault }));
}

/** Undefined where there is none, or one nested so deeply that nobody can walk it. */
function readTree(json: string): Node | undefined {
  try {
    return parseTree(json);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Names may have dots of their own: the longest that fits is meant, and of a name that stands twice the last, which counts. */
function find(node: Node, path: string, start: number): number {
  const fitting = (node.children ?? []).flatMap((child, position) => {
    const name = node.type === "array" ? String(position) : String(child.children?.[0]?.value);
    return `${path}.`.startsWith(`${name}.`) ? [{ child, name }] : [];
  });
  const found = fitting.toSorted((one, other) => one.name.length - other.name.length).at(-1);
  if (path === "" || found === undefined) return start;
  const value = node.type === "array" ? found.child : found.child.children?.[1];
  return value === undefined ? found.child.offset : find(value, path.slice(found.name.length + 1), found.child.offset);
}
