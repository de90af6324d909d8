import type { Question } from "../vendors/vendor.ts";
import type { Permissions, Projects, Rule, RulesById } from "./compile.ts";
import type { RuleSection } from "./rules.ts";
import { sameId, sameName, showName } from "./same.ts";
import { clockAt, isOpen } from "./window.ts";

/** The answer for one project, and what decided: `users.41 deny`, `groups.3 allow`, `none`, or `unreadable`. */
export interface Decision {
  readonly granted: boolean;
  readonly rule: string;
}

/** A rule that belongs to an agent, and by what: `users.41`, `usernames.nora_k`, `groups.3`, `default`. */
export interface OwnedRule {
  readonly owner: string;
  readonly rule: Rule;
}

/** The answer for every project while something of the question could not be read: what denies may go by just that. */
export const UNREADABLE: Decision = { granted: false, rule: "unreadable" };

/** Whether a question can be answered by its rules. */
export function isReadable({ unreadable = [] }: Question): boolean {
  return unreadable.length === 0;
}

/** What says who the agent is. Among parameters that were left out may be any of it. */
const AGENT = ["userId", "username", "parameters"];

/** Whether a question is about anybody. An agent who is there but cannot be read is not missing. */
export function isAboutSomebody({ userId, username, unreadable = [] }: Question): boolean {
  return userId !== undefined || username !== undefined || unreadable.some((name) => AGENT.includes(name));
}

/**
 * A project is granted if some rule of the agent that applies at `now` allows it and none denies it.
 * @param now milliseconds since the epoch
 */
export function decide(permissions: Permissions, question: Question, now: number): ReadonlyMap<string, Decision> {
  if (!isReadable(question)) return new Map(question.projects.map((project) => [project, UNREADABLE]));
  const clock = clockAt(now);
  const applying = rulesOf(permissions, question).filter(({ rule }) => isOpen(rule.window, now, clock));
  return new Map(question.projects.map((project) => [project, decideProject(applying, sameId(project))]));
}

/** All rules of an agent, the most personal first, whether or not their time is now. */
export function rulesOf(permissions: Permissions, { userId, username, groupId }: Question): OwnedRule[] {
  return [
    ...own("users", permissions.users, userId, sameId),
    ...own("usernames", permissions.usernames, username, sameName, showName),
    ...own("groups", permissions.groups, groupId, sameId),
    ...permissions.default.map((rule) => ({ owner: "default", rule })),
  ];
}

function own(
  section: RuleSection,
  rules: RulesById,
  id: string | undefined,
  same: (id: string) => string,
  show: (id: string) => string = same,
): OwnedRule[] {
  if (id === undefined) return [];
  const owner = `${section}.${show(id)}`;
  return (rules.get(same(id)) ?? []).map((rule) => ({ owner, rule }));
}

function decideProject(applying: readonly OwnedRule[], project: string): Decision {
  const denying = applying.find(({ rule }) => denies(rule, project));
  if (denying !== undefined) return { granted: false, rule: `${denying.owner} deny` };
  const allowing = applying.find(({ rule }) => allows(rule, project));
  return allowing === undefined ? { granted: false, rule: "none" } : { granted: true, rule: `${allowing.owner} allow` };
}

/** Whether a rule denies a project while its time is. `project`: as `sameId` has it, here and below. */
export function denies({ deny }: Rule, project: string): boolean {
  return includes(deny, project);
}

/** Whether a rule allows a project while its time is. One whose time cannot be read never does. */
export function allows({ allow, except, timeUnreadable }: Rule, project: string): boolean {
  return !timeUnreadable && includes(allow, project) && !includes(except, project);
}

/** Whether a project is one of these. */
export function includes(projects: Projects, project: string): boolean {
  return projects === "*" || projects.has(project);
}
