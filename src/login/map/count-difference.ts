import { type PermissionsDocument, type RuleDocument, ruleSections } from "../rules.ts";
import { sameId, sameIn } from "../same.ts";
import type { MapDifference } from "./diff.ts";

/** What differs between two maps, counted: projects that an owner is allowed or denied, whenever that applies. */
export interface DifferenceCounts {
  readonly grantsAdded: number;
  readonly grantsTaken: number;
  readonly denialsAdded: number;
  readonly denialsTaken: number;
  /** Owners of whose rules only times, exceptions or notes differ. */
  readonly otherwise: number;
}

/** Counts what differs. `differences`: whose rules do, as `diffPermissions` tells them. */
export function countDifference(
  before: PermissionsDocument,
  after: PermissionsDocument,
  differences: readonly MapDifference[],
): DifferenceCounts {
  const [old, fresh] = [statementsOf(before), statementsOf(after)];
  const [added, taken] = [missingIn(old, fresh), missingIn(fresh, old)];
  const count = (some: readonly Statement[], wanted: Statement["what"]) =>
    some.filter(({ what }) => what === wanted).length;
  const touched = new Set([...added, ...taken].map(({ owner }) => owner));
  return {
    grantsAdded: count(added, "allow"),
    grantsTaken: count(taken, "allow"),
    denialsAdded: count(added, "deny"),
    denialsTaken: count(taken, "deny"),
    otherwise: differences.filter(({ owner }) => !touched.has(owner)).length,
  };
}

/** The same in words: `12 grants added, 1 denial taken away`. */
export function tellDifference(counts: DifferenceCounts): string {
  const { grantsAdded, grantsTaken, denialsAdded, denialsTaken, otherwise } = counts;
  const told = [
    several(grantsAdded, "grant", "added"),
    several(grantsTaken, "grant", "taken away"),
    several(denialsAdded, "denial", "added"),
    several(denialsTaken, "denial", "taken away"),
    several(otherwise, "owner", "with other times or notes"),
  ].flat();
  return told.length === 0 ? "no rule differs" : told.join(", ");
}

function several(count: number, what: string, how: string): string[] {
  return count === 0 ? [] : [`${count} ${what}${count === 1 ? "" : "s"} ${how}`];
}

interface Statement {
  readonly what: "allow" | "deny";
  readonly owner: string;
}

/** What a map says of each project and owner, each once. */
function statementsOf(document: PermissionsDocument): Map<string, Statement> {
  const said = new Map<string, Statement>();
  const say = (what: Statement["what"], owner: string, project: string) =>
    said.set(JSON.stringify([what, owner, sameId(project)]), { what, owner });
  const add = (owner: string, { allow = [], except = [], deny = [] }: RuleDocument) => {
    const excepted = new Set(except.map(sameId));
    for (const project of [allow].flat()) if (!excepted.has(sameId(project))) say("allow", owner, project);
    for (const project of [deny].flat()) say("deny", owner, project);
  };
  for (const rule of [document.default ?? []].flat()) add("default", rule);
  for (const section of ruleSections) {
    const same = sameIn(section);
    for (const [id, rules] of Object.entries(document[section] ?? {})) {
      for (const rule of [rules].flat()) add(`${section}.${same(id)}`, rule);
    }
  }
  return said;
}

function missingIn(some: ReadonlyMap<string, Statement>, all: ReadonlyMap<string, Statement>): Statement[] {
  return [...all].flatMap(([key, statement]) => (some.has(key) ? [] : [statement]));
}
