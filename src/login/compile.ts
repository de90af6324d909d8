import { eachRule } from "./each-rule.ts";
import { isRuleTime, isZone } from "./faults.ts";
import { hasOffset } from "./moment.ts";
import type { PermissionsDocument, RuleDocument, RulesDocument } from "./rules.ts";
import { sameId, sameName } from "./same.ts";
import { ALWAYS, compileWindow, type RuleWindow } from "./window.ts";

/** Some projects, or all. */
export type Projects = "*" | ReadonlySet<string>;

/** A rule of the map, ready to be asked: for which projects, and when. */
export interface Rule {
  readonly allow: Projects;
  /** Taken out of `allow`, without being denied. */
  readonly except: Projects;
  readonly deny: Projects;
  readonly window: RuleWindow;
  /** When it applies nobody can tell: what it denies is always denied, and what it allows never allowed. */
  readonly timeUnreadable: boolean;
  readonly note?: string | undefined;
}

export type RulesById = ReadonlyMap<string, readonly Rule[]>;

/** The permission document as look-ups: an answer costs the same for ten agents and for a hundred thousand. */
export interface Permissions {
  readonly default: readonly Rule[];
  /** Rules by ids as `sameId` has them; so are all projects. */
  readonly groups: RulesById;
  readonly users: RulesById;
  /** Rules by user names as `sameName` has them. */
  readonly usernames: RulesById;
  /** Every project that some rule names, whatever it says of it. */
  readonly named: ReadonlySet<string>;
}

const NO_PROJECTS: ReadonlySet<string> = new Set();

/**
 * Reads a document's rules once. `zone`: the source's IANA zone, for times that have none; undefined where nobody can tell
 * what it is.
 */
export function compilePermissions(document: PermissionsDocument, zone: string | undefined): Permissions {
  return {
    named: namesIn(document),
    default: compileRules(document.default ?? [], zone),
    groups: compileById(document.groups, zone, sameId),
    users: compileById(document.users, zone, sameId),
    usernames: compileById(document.usernames, zone, sameName),
  };
}

function namesIn(document: PermissionsDocument): Set<string> {
  const named = new Set<string>();
  for (const { rule } of eachRule(document)) {
    for (const projects of [rule.allow, rule.except, rule.deny]) {
      if (projects === undefined || projects === "*") continue;
      for (const project of projects) named.add(sameId(project));
    }
  }
  return named;
}

/** Joins the rules of ids that are the same. */
function compileById(
  record: Readonly<Record<string, RulesDocument>> = {},
  zone: string | undefined,
  same: (id: string) => string,
): RulesById {
  const byId = new Map<string, readonly Rule[]>();
  for (const [written, rules] of Object.entries(record)) {
    const id = same(written);
    const compiled = compileRules(rules, zone);
    byId.set(id, [...(byId.get(id) ?? []), ...compiled]);
  }
  return byId;
}

function compileRules(rules: RulesDocument, zone: string | undefined): Rule[] {
  return [rules].flat().map((rule) => compileRule(rule, zone));
}

/** A rule that is faulty never grants more than it would without its fault. */
function compileRule(rule: RuleDocument, zone: string | undefined): Rule {
  const timeUnreadable = !hasReadableTime(rule) || (zone === undefined && needsZone(rule));
  return {
    allow: compileProjects(rule.allow, "others"),
    except: compileProjects(rule.except, "all"),
    deny: compileProjects(rule.deny, "all"),
    window: timeUnreadable ? ALWAYS : compileWindow(rule, zone ?? "UTC"),
    timeUnreadable,
    note: rule.note,
  };
}

/** Whether it can be told when a rule applies. */
export function hasReadableTime({ from, until, hours }: RuleDocument): boolean {
  if (from !== undefined && !isRuleTime(from)) return false;
  if (until !== undefined && !isRuleTime(until)) return false;
  return hours?.tz === undefined || isZone(hours.tz);
}

/** Whether a rule has times that mean something else in each zone. */
function needsZone({ from, until, hours }: RuleDocument): boolean {
  const isLocal = (time: string | undefined) => time !== undefined && !hasOffset(time);
  return isLocal(from) || isLocal(until) || (hours !== undefined && hours.tz === undefined);
}

/** @param starred what a list means that has `*` among its ids instead of being `*`: all projects, or its other ones */
function compileProjects(projects: "*" | readonly string[] | undefined, starred: "all" | "others"): Projects {
  if (projects === undefined) return NO_PROJECTS;
  if (projects === "*") return "*";
  const ids = new Set<string>();
  for (const project of projects) ids.add(sameId(project));
  return ids.delete("*") && starred === "all" ? "*" : ids;
}
