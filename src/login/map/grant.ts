import * as z from "zod";
import { type RuleSection, ruleSections } from "../rules.ts";
import { sameId, sameIn } from "../same.ts";
import { rulesFor, type WrittenMap } from "./amend.ts";

const ids = z.union([z.literal("*"), z.array(z.union([z.string(), z.number()]))]);
const writtenRule = z.looseObject({ allow: ids.optional(), except: ids.optional(), deny: ids.optional() });
const writtenRules = z.union([writtenRule, z.array(writtenRule)]).optional();

type WrittenRule = z.infer<typeof writtenRule>;

/** One project for one agent or group, for a while if it says so. */
export interface Grant {
  readonly section: RuleSection;
  readonly id: string;
  readonly project: string;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly note?: string | undefined;
}

/** The agent's or group's rules with the project allowed; what denied it there by name is gone. */
export function grantProject(map: WrittenMap, { section, id, project, ...terms }: Grant): unknown {
  const own = listRules(rulesFor(map, section, id)).map((rule) => without(rule, "deny", project));
  const plain = Object.values(terms).every((term) => term === undefined);
  const open = plain ? own.find((rule) => isPlain(rule, "allow")) : undefined;
  if (open !== undefined) return compact(own.map((rule) => (rule === open ? withId(rule, "allow", project) : rule)));
  return compact([...own, { allow: [written(project)], ...terms }]);
}

/**
 * The agent's or group's rules without the project, and with a deny where other rules may still allow it. Undefined
 * when nothing is left.
 */
export function revokeProject(map: WrittenMap, { section, id, project, note }: Grant): unknown {
  const own = listRules(rulesFor(map, section, id)).map((rule) =>
    rule.allow === "*" ? withId(rule, "except", project) : without(rule, "allow", project),
  );
  if (!othersAllow(map, section, project)) return compact(own);
  const shut = note === undefined ? own.find((rule) => isPlain(rule, "deny")) : undefined;
  if (shut !== undefined) return compact(own.map((rule) => (rule === shut ? withId(rule, "deny", project) : rule)));
  return compact([...own, { deny: [written(project)], note }]);
}

/** Whose rules deny a project, besides the agent's or group's own: a deny always wins. */
export function deniedBy(map: WrittenMap, { section, id, project }: Grant): string[] {
  const own = `${section}.${sameIn(section)(id)}`;
  return ownersOf(map).flatMap(([owner, rules]) =>
    rules.some(({ deny }) => includes(deny, project)) && (owner === own || !isPerson(owner)) ? [owner] : [],
  );
}

/** Which group an agent is in, and which name belongs to which id, the map does not know. */
function othersAllow(map: WrittenMap, section: RuleSection, project: string): boolean {
  const others = ownersOf(map).filter(
    ([owner]) => !owner.startsWith(`${section}.`) && (section !== "groups" || !isPerson(owner)),
  );
  return others.some(([, rules]) =>
    rules.some(({ allow, except }) => includes(allow, project) && !includes(except, project)),
  );
}

function isPerson(owner: string): boolean {
  return owner.startsWith("users.") || owner.startsWith("usernames.");
}

function ownersOf(map: WrittenMap): [owner: string, rules: WrittenRule[]][] {
  const owned = ruleSections.flatMap((section) =>
    Object.entries(map[section] ?? {}).map(([id, rules]): [string, WrittenRule[]] => [
      `${section}.${sameIn(section)(id)}`,
      listRules(rules),
    ]),
  );
  return [["default", listRules(map.default)], ...owned];
}

function listRules(rules: unknown): WrittenRule[] {
  return [writtenRules.parse(rules) ?? []].flat();
}

/** Whether a rule consists of one list and nothing else. */
function isPlain(rule: WrittenRule, name: "allow" | "deny"): boolean {
  return Array.isArray(rule[name]) && Object.entries(rule).every(([key, value]) => key === name || value === undefined);
}

function includes(list: WrittenRule["allow"], project: string): boolean {
  return list === "*" || (list ?? []).some((id) => isSame(id, project));
}

function withId(rule: WrittenRule, name: "allow" | "except" | "deny", project: string): WrittenRule {
  const list = rule[name] ?? [];
  return includes(list, project) || list === "*" ? rule : { ...rule, [name]: [...list, written(project)] };
}

function without(rule: WrittenRule, name: "allow" | "deny", project: string): WrittenRule {
  const list = rule[name];
  if (list === undefined || list === "*" || !includes(list, project)) return rule;
  const { [name]: _, ...rest } = rule;
  const left = list.filter((id) => !isSame(id, project));
  return left.length === 0 ? rest : { ...rest, [name]: left };
}

function isSame(id: string | number, project: string): boolean {
  return sameId(String(id)) === sameId(project);
}

/** Rules that neither allow nor deny anything any more are gone; one alone needs no list. */
function compact(rules: readonly WrittenRule[]): unknown {
  const left = rules
    .filter(({ allow, deny }) => allow !== undefined || deny !== undefined)
    .map((rule) => Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined)));
  return left.length > 1 ? left : left[0];
}

/** Ids are numbers at the vendor, and are written so where that loses nothing. */
function written(project: string): string | number {
  const number = Number(project);
  return Number.isSafeInteger(number) && String(number) === project ? number : project;
}
