import { getNodeValue, type Node, parseTree } from "jsonc-parser";
import { ruleSections } from "../rules.ts";
import { sameId } from "../same.ts";

type Join = (values: readonly Node[]) => unknown;

/** How two of one name are joined in a rule; of any other name the later one counts, for it decides nothing. */
const inRule: ReadonlyMap<string, Join> = new Map([
  ["allow", (lists) => joinLists(lists, "both")],
  ["except", (lists) => joinLists(lists, "either")],
  ["deny", (lists) => joinLists(lists, "either")],
  ["from", joinTimes],
  ["until", joinTimes],
  ["hours", joinHours],
]);

const inMap: ReadonlyMap<string, Join> = new Map<string, Join>([
  ["default", joinRules],
  ...ruleSections.map((section) => [section, joinSection] as const),
]);

/**
 * What a map says in which names stand twice: it denies whatever either of them denies. The rules of an owner who stands
 * there twice are joined. In a rule, both lists deny, and only what both allow is allowed; of two times nobody knows
 * which is meant, so its time cannot be read.
 * @param json valid JSON text
 */
export function joinRepeated(json: string): unknown {
  const root = parseTree(json);
  return root === undefined ? undefined : joinMembers([root], (name) => inMap.get(name));
}

function joinSection(records: readonly Node[]): unknown {
  return joinMembers(records, () => joinRules);
}

function joinRules(rules: readonly Node[]): unknown {
  const joined = rules.map((own) => (own.type === "array" ? (own.children ?? []).map(joinRule) : joinRule(own)));
  return joined.length === 1 ? joined[0] : joined.flat();
}

function joinRule(rule: Node): unknown {
  return joinMembers([rule], (name) => inRule.get(name));
}

/** One object of all members of these objects. What is no object makes the map invalid, as it would alone. */
function joinMembers(objects: readonly Node[], joinOf: (name: string) => Join | undefined): unknown {
  const wrong = objects.find(({ type }) => type !== "object");
  if (wrong !== undefined) return getNodeValue(wrong);
  const byName = Map.groupBy(objects.flatMap(membersOf), ({ name }) => name);
  return Object.fromEntries(
    [...byName].map(([name, members]) => {
      const values = members.map(({ value }) => value);
      return [name, (joinOf(name) ?? takeLast)(values)];
    }),
  );
}

function membersOf({ children = [] }: Node): { readonly name: string; readonly value: Node }[] {
  return children.flatMap(({ children: [key, value] = [] }) =>
    key === undefined || value === undefined ? [] : [{ name: String(key.value), value }],
  );
}

function takeLast(values: readonly Node[]): unknown {
  const last = values.at(-1);
  return last === undefined ? undefined : getNodeValue(last);
}

function joinLists(nodes: readonly Node[], kept: "both" | "either"): unknown {
  const lists: unknown[] = nodes.map((node) => getNodeValue(node));
  const wrong = lists.find((list) => list !== "*" && !Array.isArray(list));
  if (wrong !== undefined) return wrong;
  const [first, ...others] = lists.map((list): Ids => (Array.isArray(list) ? list : "*"));
  return others.reduce(kept === "both" ? intersect : unite, first);
}

type Ids = "*" | readonly unknown[] | undefined;

function unite(one: Ids = [], other: Ids = []): Ids {
  return one === "*" || other === "*" ? "*" : [...one, ...other];
}

function intersect(one: Ids = [], other: Ids = []): Ids {
  if (one === "*") return other;
  if (other === "*") return one;
  const known = new Set(other.map((id) => sameId(String(id))));
  return one.filter((id) => known.has(sameId(String(id))));
}

function joinTimes(nodes: readonly Node[]): unknown {
  return nodes.length === 1 ? takeLast(nodes) : nodes.map((node) => String(getNodeValue(node))).join(" and ");
}

/** A zone that nobody knows, where it cannot be told which hours are meant. */
function joinHours(nodes: readonly Node[]): unknown {
  const names = nodes.flatMap(membersOf).map(({ name }) => name);
  const isClear = nodes.length === 1 && new Set(names).size === names.length;
  return isClear ? takeLast(nodes) : { tz: "(hours that stand twice)" };
}
