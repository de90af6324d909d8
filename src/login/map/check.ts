import { isPlainId, isPlainName } from "../../events/values/plain-id.ts";
import { hasReadableTime } from "../compile.ts";
import { eachRule } from "../each-rule.ts";
import { readRuleMoment } from "../moment.ts";
import { type PermissionsDocument, type RuleDocument, type RuleSection, ruleSections } from "../rules.ts";
import { sameId, sameIn } from "../same.ts";

/** Something in a valid document that is hardly meant. */
export interface Finding {
  /** Where; `""`: the document as a whole. */
  readonly path: string;
  readonly code:
    | "locks_out_everybody"
    | "opens_everything"
    | "drops_rules"
    | "never_applies"
    | "is_over"
    | "does_nothing"
    | "except_without_effect"
    | "spelled_twice"
    | "matches_nobody"
    | "matches_nothing";
  readonly message: string;
}

/** What has to be confirmed before it comes into force. */
const DANGERS: readonly Finding["code"][] = ["locks_out_everybody", "opens_everything", "drops_rules"];
/** Smaller maps may change as a whole. */
const MANY_RULES = 10;

/**
 * What is remarkable in a document.
 * @param zone the source's, for times that have none
 * @param now milliseconds since the epoch
 */
export function checkPermissions(document: PermissionsDocument, zone: string, now: number): Finding[] {
  const rules = [...eachRule(document)];
  const extreme = judgeWhole(document, zone, now);
  return [
    ...(extreme === undefined ? [] : [extreme]),
    ...rules.flatMap(({ path, rule }) => {
      const finding = judgeRule(rule, zone, now);
      return [...(finding === undefined ? [] : [{ path, ...finding }]), ...judgeProjects(path, rule)];
    }),
    ...ruleSections.flatMap((section) => judgeOwners(section, Object.keys(document[section] ?? {}))),
  ];
}

/** The dangers that come with a change; what was so before is no danger. */
export function findDangers(
  before: PermissionsDocument | undefined,
  after: PermissionsDocument,
  zone: string,
  now: number,
): Finding[] {
  const known = before === undefined ? undefined : judgeWhole(before, zone, now)?.code;
  const extreme = judgeWhole(after, zone, now);
  const dropped = before === undefined ? undefined : judgeSize(before, after);
  return [extreme?.code === known ? undefined : extreme, dropped].filter((finding) => finding !== undefined);
}

/** Whether a finding has to be confirmed. */
export function isDanger({ code }: Finding): boolean {
  return DANGERS.includes(code);
}

function judgeWhole(document: PermissionsDocument, zone: string, now: number): Finding | undefined {
  const everyones = [document.default ?? []].flat();
  const lasts = (rule: RuleDocument) => isPermanent(rule, zone, now);
  const shut = everyones.some((rule) => rule.deny === "*" && lasts(rule));
  const grants = (rule: RuleDocument) => allowsSomething(rule) && !isDead(rule, zone, now);
  if (shut || ![...eachRule(document)].some(({ rule }) => grants(rule))) {
    return { path: "", code: "locks_out_everybody", message: "nobody can log in to any project" };
  }
  const isOpen = (rule: RuleDocument) =>
    rule.allow === "*" && (rule.except ?? []).length === 0 && hasReadableTime(rule);
  const open = everyones.some((rule) => isOpen(rule) && lasts(rule));
  const denies = [...eachRule(document)].some(({ rule }) => deniesSomething(rule));
  return open && !denies
    ? { path: "", code: "opens_everything", message: "everybody can log in to every project" }
    : undefined;
}

function judgeSize(before: PermissionsDocument, after: PermissionsDocument): Finding | undefined {
  const [had, has] = [count(before), count(after)];
  return had >= MANY_RULES && has < had / 2
    ? { path: "", code: "drops_rules", message: `only ${has} of ${had} rules are left` }
    : undefined;
}

function count(document: PermissionsDocument): number {
  return [...eachRule(document)].length;
}

/** Owners that are the same by another spelling, and such that no question can name. */
function judgeOwners(section: RuleSection, ids: readonly string[]): Finding[] {
  const [same, isPlain] = [sameIn(section), section === "usernames" ? isPlainName : isPlainId];
  const first = new Map<string, string>();
  return ids.flatMap((id): Finding[] => {
    const path = `${section}.${id}`;
    const known = first.get(same(id));
    if (known !== undefined) {
      const message = `means the same as ${section}.${known}: the rules of both count`;
      return [{ path, code: "spelled_twice", message }];
    }
    first.set(same(id), id);
    return isPlain(id) ? [] : [{ path, code: "matches_nobody", message: "matches nobody: no login is by such a name" }];
  });
}

/** Projects that no question can name. */
function judgeProjects(path: string, { allow, except, deny }: RuleDocument): Finding[] {
  return Object.entries({ allow, except, deny }).flatMap(([list, ids]) =>
    ids === undefined || ids === "*"
      ? []
      : ids.flatMap((id, position): Finding[] =>
          isPlainId(id) || sameId(id) === "*"
            ? []
            : [{ path: `${path}.${list}.${position}`, code: "matches_nothing", message: "no project has such an id" }],
        ),
  );
}

function judgeRule(rule: RuleDocument, zone: string, now: number): Omit<Finding, "path"> | undefined {
  if (!allowsSomething(rule) && !deniesSomething(rule)) {
    return { code: "does_nothing", message: "allows and denies nothing" };
  }
  // Its fault is told as such.
  if (!hasReadableTime(rule)) return undefined;
  const { from, until } = boundsOf(rule, zone);
  if (from >= until) return { code: "never_applies", message: "never applies: it ends before it begins" };
  if (rule.hours?.days.length === 0) return { code: "never_applies", message: "never applies: its hours have no day" };
  if (until <= now) return { code: "is_over", message: `is over since ${rule.until}` };
  const isAllowed = among(rule.allow === "*" ? [] : rule.allow);
  const left = (rule.except ?? []).filter((id) => rule.allow !== "*" && !isAllowed(id));
  return left.length === 0
    ? undefined
    : { code: "except_without_effect", message: `excepts ${left.join(", ")}, which it does not allow anyway` };
}

function allowsSomething({ allow = [], except = [] }: RuleDocument): boolean {
  const isExcepted = among(except);
  return allow === "*" || allow.some((id) => !isExcepted(id));
}

/** Whether an id is among these, in whatever spelling: a list may have thousands. */
function among(ids: readonly string[] = []): (id: string) => boolean {
  const known = new Set(ids.map(sameId));
  return (id) => known.has(sameId(id));
}

function deniesSomething({ deny = [] }: RuleDocument): boolean {
  return deny === "*" || deny.length > 0;
}

/** Whether a rule will not allow anything any more, or never would. */
function isDead(rule: RuleDocument, zone: string, now: number): boolean {
  if (!hasReadableTime(rule)) return true;
  const { from, until } = boundsOf(rule, zone);
  return until <= now || from >= until || rule.hours?.days.length === 0;
}

/** Whether a rule applies now and at any later time; one whose time cannot be read denies always. */
function isPermanent(rule: RuleDocument, zone: string, now: number): boolean {
  if (!hasReadableTime(rule)) return true;
  return rule.hours === undefined && rule.until === undefined && boundsOf(rule, zone).from <= now;
}

function boundsOf({ from, until }: RuleDocument, zone: string): { readonly from: number; readonly until: number } {
  const read = (text: string | undefined) => (text === undefined ? undefined : readRuleMoment(text, zone));
  return { from: read(from) ?? Number.NEGATIVE_INFINITY, until: read(until) ?? Number.POSITIVE_INFINITY };
}
