import { weekdays } from "../../config/schema/hours.ts";
import type { Question } from "../../vendors/vendor.ts";
import type { Permissions } from "../compile.ts";
import { allows, type Decision, decide, denies, includes, isReadable, type OwnedRule, rulesOf } from "../decide.ts";
import { printMoment } from "../history/zoned-time.ts";
import { sameId } from "../same.ts";
import { type Clock, clockAt, type Hours, isOpen } from "../window.ts";

/** What a rule of the agent had to do with a project. */
export const reasons = [
  "allows",
  "denies",
  "overruled",
  "not_yet",
  "no_longer",
  "outside_hours",
  "time_unreadable",
  "excepted",
  "other_project",
] as const;
export type RuleReason = (typeof reasons)[number];

/** One rule of the agent, looked at for one project. */
export interface Considered {
  /** Whose rule: `users.41`, `usernames.nora_k`, `groups.3`, `default`. */
  readonly owner: string;
  /** Which of the owner's rules, from 1. */
  readonly position: number;
  readonly reason: RuleReason;
  /** The same in words. */
  readonly text: string;
  readonly note?: string | undefined;
}

export interface ExplainedProject extends Decision {
  readonly project: string;
  /** The answer in one sentence. */
  readonly text: string;
  readonly considered: readonly Considered[];
}

export interface Explained {
  readonly granted: boolean;
  /** The projects that keep the agent out: one is enough. */
  readonly blockedBy: readonly string[];
  readonly projects: readonly ExplainedProject[];
}

/**
 * Why the answer to a question is what it is: for each project, what every rule of the agent had to do with it.
 * @param zone in which times are told
 */
export function explain(permissions: Permissions, question: Question, now: number, zone: string): Explained {
  const moment = { now, clock: clockAt(now), zone };
  const own = isReadable(question) ? withPositions(rulesOf(permissions, question)) : [];
  const decisions = [...decide(permissions, question, now)];
  const projects = decisions.map(([project, decision]): ExplainedProject => {
    const considered = own.map((rule) => consider(rule, sameId(project), decision, moment));
    const text = isReadable(question) ? summarize(decision, considered) : blame(question);
    return { project, ...decision, text, considered };
  });
  const blockedBy = projects.flatMap(({ project, granted }) => (granted ? [] : [project]));
  return { granted: projects.length > 0 && blockedBy.length === 0, blockedBy, projects };
}

interface Positioned extends OwnedRule {
  readonly position: number;
}

interface Moment {
  readonly now: number;
  readonly clock: Clock;
  readonly zone: string;
}

function withPositions(rules: readonly OwnedRule[]): Positioned[] {
  const seen = new Map<string, number>();
  return rules.map((owned) => {
    const position = (seen.get(owned.owner) ?? 0) + 1;
    seen.set(owned.owner, position);
    return { ...owned, position };
  });
}

function consider(owned: Positioned, project: string, decision: Decision, moment: Moment): Considered {
  const { owner, position, rule } = owned;
  const reason = reasonOf(owned, project, decision, moment);
  const text = textOf(reason, owned, decision, moment);
  return { owner, position, reason, text, ...(rule.note === undefined ? {} : { note: rule.note }) };
}

function reasonOf({ rule }: OwnedRule, project: string, decision: Decision, { now, clock }: Moment): RuleReason {
  const denying = denies(rule, project);
  if (!denying && !allows(rule, project)) {
    if (!includes(rule.allow, project)) return "other_project";
    return includes(rule.except, project) ? "excepted" : "time_unreadable";
  }
  if (now < rule.window.from) return "not_yet";
  if (now >= rule.window.until) return "no_longer";
  if (!isOpen(rule.window, now, clock)) return "outside_hours";
  if (denying) return "denies";
  return decision.granted ? "allows" : "overruled";
}

function textOf(reason: RuleReason, { rule }: OwnedRule, { rule: decided }: Decision, { zone }: Moment): string {
  const { from, until, hours } = rule.window;
  switch (reason) {
    case "allows":
      return "allows it";
    case "denies":
      return "denies it";
    case "overruled":
      return `allows it, but is overruled by ${decided}`;
    case "not_yet":
      return `does not begin until ${printMoment(from, zone)}`;
    case "no_longer":
      return `ended at ${printMoment(until, zone)}`;
    case "outside_hours":
      return hours === undefined ? "applies at other hours" : `applies only ${printHours(hours)}`;
    case "time_unreadable":
      return "allows nothing, because its time cannot be read";
    case "excepted":
      return "allows others, but excepts it";
    case "other_project":
      return "is about other projects";
  }
}

function blame({ unreadable = [] }: Question): string {
  return `the question could not be read (${unreadable.join(", ")}), and nothing is granted then`;
}

function summarize({ granted, rule }: Decision, considered: readonly Considered[]): string {
  const [owner = "", ...word] = rule.split(" ");
  if (word.length > 0) {
    const note = considered.find((one) => one.owner === owner && /^(allows|denies)$/.test(one.reason))?.note;
    return `${granted ? "granted" : "denied"} by ${owner}${note === undefined ? "" : ` (${note})`}`;
  }
  const near = considered.find(({ reason }) => reason !== "other_project");
  if (near !== undefined) return `no rule allows it now: ${near.owner} ${near.text}`;
  return considered.length === 0 ? "no rule belongs to this agent" : "no rule of this agent allows it";
}

/** `mon tue wed 08:00-12:00 (Europe/Budapest)`. */
function printHours({ days: on, start, end, zone }: Hours): string {
  const named = weekdays.filter((_, day) => on[day]);
  return `${named.length === weekdays.length ? "every day" : named.join(" ")} ${clock(start)}-${clock(end)} (${zone})`;
}

function clock(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map(twoDigits).join(":");
}

function twoDigits(part: number): string {
  return String(part).padStart(2, "0");
}
