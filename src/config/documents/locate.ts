import { type Node, parseTree } from "jsonc-parser";
import { placesIn } from "./explain-json.ts";
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
  const placeOf = placesIn(json);
  const membersOf = memberReader();
  return faults.map((fault) => ({ ...placeOf(find(root, fault.path, root.offset, membersOf)), ...fault }));
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

type Members = ReadonlyMap<string, Node>;

/** Reads the members of a node by name, each node once: an object may have as many as there are faults. */
function memberReader(): (node: Node) => Members {
  const read = new Map<Node, Members>();
  return (node) => {
    const known = read.get(node);
    if (known !== undefined) return known;
    const named = (node.children ?? []).map((child, position): [string, Node] => {
      return [node.type === "array" ? String(position) : String(child.children?.[0]?.value), child];
    });
    const members = new Map(named);
    read.set(node, members);
    return members;
  };
}

/** Names may have dots of their own: the longest that fits is meant, and of a name that stands twice the last, which counts. */
function find(node: Node, path: string, start: number, membersOf: (node: Node) => Members): number {
  const members = membersOf(node);
  for (let end = path.length; end > 0; end = path.lastIndexOf(".", end - 1)) {
    const child = members.get(path.slice(0, end));
    if (child === undefined) continue;
    const value = node.type === "array" ? child : child.children?.[1];
    return value === undefined ? child.offset : find(value, path.slice(end + 1), child.offset, membersOf);
  }
  return start;
}
