import type { Question } from "../vendors/vendor.ts";
import type { Permissions, Projects, Rule } from "./compile.ts";
import { clockAt, isOpen } from "./window.ts";

/** The answer for one project, and what decided: `users.41 deny`, `groups.3 allow`, or `none`. */
export interface Decision {
  readonly granted: boolean;
  readonly rule: string;
}

/** A rule that belongs to an agent, and by what: `users.41`, `usernames.nora_k`, `groups.3`, `default`. */
export interface OwnedRule {
  readonly owner: string;
  readonly rule: Rule;
}

/**
 * A project is granted if some rule of the agent that applies at `now` allows it and none denies it.
 * @param now milliseconds since the epoch
 */
export function decide(permissions: Permissions, question: Question, now: number): ReadonlyMap<string, Decision> {
  const clock = clockAt(now);
  const applying = rulesOf(permissions, question).filter(({ rule }) => isOpen(rule.window, now, clock));
  return new Map(question.projects.map((project) => [project, decideProject(applying, project)]));
}

/** All rules of an agent, the most personal first, whether or not their time is now. */
export function rulesOf(permissions: Permissions, { userId, username, groupId }: Question): OwnedRule[] {
  const name = username?.toLowerCase();
  return [
    ...own(`users.${userId}`, userId === undefined ? undefined : permissions.users.get(userId)),
    ...own(`usernames.${name}`, name === undefined ? undefined : permissions.usernames.get(name)),
    ...own(`groups.${groupId}`, groupId === undefined ? undefined : permissions.groups.get(groupId)),
    ...own("default", permissions.default),
  ];
}

function own(owner: string, rules: readonly Rule[] = []): OwnedRule[] {
  return rules.map((rule) => ({ owner, rule }));
}

function decideProject(applying: readonly OwnedRule[], project: string): Decision {
  const denying = applying.find(({ rule }) => denies(rule, project));
  if (denying !== undefined) return { granted: false, rule: `${denying.owner} deny` };
  const allowing = applying.find(({ rule }) => allows(rule, project));
  return allowing === undefined ? { granted: false, rule: "none" } : { granted: true, rule: `${allowing.owner} allow` };
}

/** Whether a rule denies a project while its time is. */
export function denies({ deny }: Rule, project: string): boolean {
  return includes(deny, project);
}

/** Whether a rule allows a project while its time is. */
export function allows({ allow, except }: Rule, project: string): boolean {
  return includes(allow, project) && !except.has(project);
}

/** Whether a project is one of these. */
export function includes(projects: Projects, project: string): boolean {
  return projects === "*" || projects.has(project);
}
