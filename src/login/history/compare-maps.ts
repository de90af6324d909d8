import type { Question } from "../../vendors/vendor.ts";
import type { Alike } from "../asked.ts";
import type { Permissions } from "../compile.ts";
import { type Decision, decide } from "../decide.ts";

/** A question that two maps answer differently. */
export interface Change {
  readonly question: Question;
  /** When it was last asked, milliseconds since the epoch. */
  readonly at: number;
  /** How often it was asked. */
  readonly times: number;
  /** Whether the login as a whole is granted. */
  readonly before: boolean;
  readonly after: boolean;
  /** The projects whose answer differs. */
  readonly projects: readonly { readonly project: string; readonly before: Decision; readonly after: Decision }[];
}

/** Tries two maps against questions, each at the time at which it was asked: which answers differ. */
export function compareMaps(before: Permissions, after: Permissions, asked: readonly Alike[]): Change[] {
  const changes = asked.map(({ question, at, times }): Change => {
    const [old, fresh] = [decide(before, question, at), decide(after, question, at)];
    const projects = question.projects.flatMap((project) => {
      const [one, other] = [old.get(project), fresh.get(project)];
      return one === undefined || other === undefined || one.granted === other.granted
        ? []
        : [{ project, before: one, after: other }];
    });
    return { question, at, times, before: isGranted(old), after: isGranted(fresh), projects };
  });
  return joinAlike(changes.filter(({ projects }) => projects.length > 0));
}

function isGranted(decisions: ReadonlyMap<string, Decision>): boolean {
  return decisions.size > 0 && [...decisions.values()].every(({ granted }) => granted);
}

/** The same change at several hours is told once, with the last time. */
function joinAlike(changes: readonly Change[]): Change[] {
  const joined = new Map<string, Change>();
  for (const { at, times, ...change } of changes) {
    const key = JSON.stringify(change);
    const known = joined.get(key);
    joined.set(key, { ...change, at: Math.max(at, known?.at ?? 0), times: times + (known?.times ?? 0) });
  }
  return [...joined.values()].sort((one, other) => other.times - one.times || other.at - one.at);
}
