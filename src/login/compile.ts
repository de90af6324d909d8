import { eachRule } from "./each-rule.ts";
import type { PermissionsDocument, RuleDocument, RulesDocument } from "./rules.ts";
import { compileWindow, type Window } from "./window.ts";

/** Some projects, or all. */
export type Projects = "*" | ReadonlySet<string>;

export interface Rule {
  readonly allow: Projects;
  /** Taken out of `allow`, without being denied. */
  readonly except: ReadonlySet<string>;
  readonly deny: Projects;
  readonly window: Window;
  readonly note?: string | undefined;
}

export type RulesById = ReadonlyMap<string, readonly Rule[]>;

/** The permission document as look-ups: an answer costs the same for ten agents and for a hundred thousand. */
export interface Permissions {
  readonly default: readonly Rule[];
  readonly groups: RulesById;
  readonly users: RulesById;
  /** User names in lower case. */
  readonly usernames: RulesById;
  /** Every project that some rule names, whatever it says of it. */
  readonly named: ReadonlySet<string>;
}

const NO_PROJECTS: ReadonlySet<string> = new Set();

/** Reads a document's rules once. `zone`: the source's IANA zone, for times that have none. */
export function compilePermissions(document: PermissionsDocument, zone: string): Permissions {
  return {
    named: namesIn(document),
    default: compileRules(document.default ?? [], zone),
    groups: compileById(document.groups, zone),
    users: compileById(document.users, zone),
    usernames: compileById(document.usernames, zone, (name) => name.toLowerCase()),
  };
}

function namesIn(document: PermissionsDocument): Set<string> {
  const named = new Set<string>();
  for (const { rule } of eachRule(document)) {
    for (const projects of [rule.allow, rule.except, rule.deny]) {
      if (projects === undefined || projects === "*") continue;
      for (const project of projects) named.add(project);
    }
  }
  return named;
}

/** Names that become the same join their rules. */
function compileById(
  record: Readonly<Record<string, RulesDocument>> = {},
  zone: string,
  rename: (id: string) => string = (id) => id,
): RulesById {
  const byId = new Map<string, readonly Rule[]>();
  for (const [written, rules] of Object.entries(record)) {
    const id = rename(written);
    const compiled = compileRules(rules, zone);
    byId.set(id, [...(byId.get(id) ?? []), ...compiled]);
  }
  return byId;
}

function compileRules(rules: RulesDocument, zone: string): Rule[] {
  return [rules].flat().map((rule) => compileRule(rule, zone));
}

function compileRule(rule: RuleDocument, zone: string): Rule {
  return {
    allow: compileProjects(rule.allow),
    except: rule.except === undefined ? NO_PROJECTS : new Set(rule.except),
    deny: compileProjects(rule.deny),
    window: compileWindow(rule, zone),
    note: rule.note,
  };
}

function compileProjects(projects: "*" | readonly string[] | undefined): Projects {
  if (projects === undefined) return NO_PROJECTS;
  return projects === "*" ? "*" : new Set(projects);
}
