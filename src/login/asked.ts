import type { AskedQuestion } from "../log/questions.ts";
import type { Question } from "../vendors/vendor.ts";
import { sameId, sameName } from "./same.ts";

const HOUR_MS = 3_600_000;

/** What was asked alike within one hour. `at`: when the last time, milliseconds since the epoch. */
export interface Alike {
  readonly question: Question;
  readonly at: number;
  readonly times: number;
}

/** The question as the vendor put it. What could not be read of it then cannot be read now. */
export function questionOf({ agent, login }: AskedQuestion): Question {
  const { id: userId, username, groupId } = agent;
  return { projects: Object.keys(login.projects ?? {}), userId, username, groupId, unreadable: login.unreadable };
}

/** Questions that any map answers alike have this alike, whatever their spelling. */
export function sameQuestion({ projects, userId, username, groupId, unreadable }: Question): readonly unknown[] {
  const same = (id: string | undefined) => (id === undefined ? undefined : sameId(id));
  const name = username === undefined ? undefined : sameName(username);
  return [projects.map(sameId), same(userId), name, same(groupId), unreadable];
}

/** Questions of one agent about the same projects within one hour count as one: rules hardly change in between. */
export function groupAlike(asked: readonly AskedQuestion[]): Alike[] {
  const groups = new Map<string, Alike>();
  for (const one of asked) {
    const question = questionOf(one);
    const key = JSON.stringify([sameQuestion(question), Math.floor(one.at / HOUR_MS)]);
    const known = groups.get(key);
    groups.set(key, { question, at: Math.max(one.at, known?.at ?? 0), times: (known?.times ?? 0) + 1 });
  }
  return [...groups.values()];
}
