import type { Permissions, Rule } from "../compile.ts";
import { allows, denies, type OwnedRule, rulesOf } from "../decide.ts";
import { ruleSections } from "../rules.ts";
import { sameId } from "../same.ts";
import { ALWAYS, clockAt, isOpen } from "../window.ts";

/** What is decided of one project by the rules of one owner and of everyone, and by which of them. */
export interface Cell {
  readonly project: string;
  readonly granted: boolean;
  /** Whose rule decides: `users.41`, `default`. */
  readonly owner: string;
  /** Which of the owner's rules, from 1. */
  readonly position: number;
  /** When that rule ends, if it does; milliseconds since the epoch. */
  readonly until?: number | undefined;
  /** It applies at some hours only. */
  readonly byHours: boolean;
  readonly note?: string | undefined;
}

/** One owner of rules: everyone, a group or an agent. Projects of which nothing is decided are left out. */
export interface Row {
  readonly owner: string;
  readonly cells: readonly Cell[];
}

/** Who may what at one moment, as far as a map alone can tell: who is in which group it does not know. */
export interface Matrix {
  readonly projects: readonly string[];
  /** Projects that are named besides. */
  readonly moreProjects: number;
  readonly rows: readonly Row[];
  /** Owners besides. */
  readonly moreRows: number;
}

/** Which part of a map is looked at. */
export interface MatrixView {
  /** Owners whose name has this in it. */
  readonly agent?: string | undefined;
  /** This project alone. */
  readonly project?: string | undefined;
  readonly mostRows: number;
  readonly mostProjects: number;
}

/** What stands for all projects that no rule names. */
export const ANY_OTHER = "*";
/** An id that no rule can name. */
const UNNAMED = "\0";

/** A map as a matrix. `now`: milliseconds since the epoch. */
export function matrixOf(
  permissions: Permissions,
  now: number,
  { agent = "", project, mostRows, mostProjects }: MatrixView,
): Matrix {
  const wanted = agent.trim().toLowerCase();
  const owners = ownersOf(permissions).filter(({ owner }) => owner.toLowerCase().includes(wanted));
  const named = [...permissions.named].filter((id) => id !== ANY_OTHER).toSorted(byNumber);
  const meant = project === undefined ? [...named, ANY_OTHER] : [sameId(project)];
  const projects = meant.slice(0, mostProjects);
  const clock = clockAt(now);
  const applies = ({ rule }: PlacedRule) => isOpen(rule.window, now, clock);
  return {
    projects,
    moreProjects: meant.length - projects.length,
    rows: owners.slice(0, mostRows).map(({ owner, question }) => {
      const rules = withPositions(rulesOf(permissions, { projects: [], ...question })).filter(applies);
      return { owner, cells: projects.flatMap((one) => decideCell(rules, one) ?? []) };
    }),
    moreRows: Math.max(0, owners.length - mostRows),
  };
}

type PlacedRule = OwnedRule & { readonly position: number };

const asked = {
  groups: (id: string) => ({ groupId: id }),
  users: (id: string) => ({ userId: id }),
  usernames: (id: string) => ({ username: id }),
};

function ownersOf(permissions: Permissions) {
  const owned = ruleSections.flatMap((section) =>
    [...permissions[section].keys()]
      .toSorted(byNumber)
      .map((id) => ({ owner: `${section}.${id}`, question: asked[section](id) })),
  );
  return [{ owner: "default", question: {} }, ...owned];
}

function withPositions(rules: readonly OwnedRule[]): PlacedRule[] {
  const seen = new Map<string, number>();
  return rules.map((owned) => {
    const position = (seen.get(owned.owner) ?? 0) + 1;
    seen.set(owned.owner, position);
    return { ...owned, position };
  });
}

function decideCell(rules: readonly PlacedRule[], project: string): Cell | undefined {
  const id = project === ANY_OTHER ? UNNAMED : project;
  const denying = rules.find(({ rule }) => denies(rule, id));
  const deciding = denying ?? rules.find(({ rule }) => allows(rule, id));
  if (deciding === undefined) return undefined;
  const { owner, position, rule } = deciding;
  return { project, granted: denying === undefined, owner, position, ...termsOf(rule) };
}

function termsOf({ window: { until, hours }, note }: Rule) {
  return { until: until === ALWAYS.until ? undefined : until, byHours: hours !== undefined, note };
}

/** `2` before `10`, as people count. */
function byNumber(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}
