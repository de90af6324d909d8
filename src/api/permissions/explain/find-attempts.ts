import { readAgents, type SeenAgent } from "../../../log/agents.ts";
import { type AskedQuestion, between, readQuestions } from "../../../log/questions.ts";
import { type Attempts, isOf } from "../../../login/history/attempts.ts";
import { sameId, sameName } from "../../../login/same.ts";
import { DAY_MS } from "../../../platform/time/instant.ts";
import type { Question } from "../../../vendors/vendor.ts";

/** An attempt so far from a moment is one about it. */
export const ABOUT_MS = 15 * 60_000;
/** How far beyond them others are looked for where there is none. */
const BESIDE_MS = DAY_MS;
/** How many of these are told, before the moment and after it. */
const MAX_BESIDE = 10;
/** Logins that are examined within the minutes, and on either side of them. */
const MAX_ABOUT = 3000;
const MAX_BESIDE_EXAMINED = 1500;
const LAST_WITHIN_MS = 7 * DAY_MS;

type Named = Pick<Question, "userId" | "username">;

/** The agents whom the log knows by this id, or by this name. */
export function findAgents(log: D1Database, source: string, { userId, username }: Named): Promise<SeenAgent[]> {
  return readAgents(log, source, {
    ...(userId === undefined ? {} : { id: sameId(userId) }),
    ...(username === undefined ? {} : { username: sameName(username) }),
  });
}

/** Attempts, and the names and ids of all whose logins were looked at. */
export interface FoundAttempts extends Attempts {
  readonly names: ReadonlySet<string>;
}

/**
 * Every login of an agent within 15 minutes of a moment; where there is none, those nearest to it within a day more.
 * @param moment milliseconds since the epoch
 */
export async function findAttempts(
  log: D1Database,
  source: string,
  agent: Named,
  known: readonly SeenAgent[],
  moment: number,
): Promise<FoundAttempts> {
  const isTheirs = isOf(agent, known);
  const names = new Set<string>();
  const wanted = (question: AskedQuestion) => {
    const { id, username } = question.agent;
    if (username !== undefined) names.add(sameName(username));
    if (id !== undefined) names.add(sameId(id));
    return isTheirs(question);
  };
  const [from, to] = [moment - ABOUT_MS, moment + ABOUT_MS + 1];
  const about = await readQuestions(log, { source, ...between(from, to) }, { wanted, deep: MAX_ABOUT });
  const cut = about.next !== undefined;
  if (about.questions.length > 0) return { all: about.questions.toReversed(), outside: false, cut, names };
  const few = { wanted, most: MAX_BESIDE, deep: MAX_BESIDE_EXAMINED };
  const [before, after] = await Promise.all([
    readQuestions(log, { source, ...between(from - BESIDE_MS, from) }, few),
    readQuestions(log, { source, ...between(to, to + BESIDE_MS) }, { ...few, oldestFirst: true }),
  ]);
  return { all: [...before.questions.toReversed(), ...after.questions], outside: true, cut, names };
}

/** The last login of an agent within a week; undefined when the log has none. */
export async function findLastAsked(
  log: D1Database,
  source: string,
  agent: Named,
  now: number,
): Promise<AskedQuestion | undefined> {
  const wanted = isOf(agent, await findAgents(log, source, agent));
  const range = { source, ...between(now - LAST_WITHIN_MS, now + 1) };
  const { questions } = await readQuestions(log, range, { wanted, most: 1, deep: MAX_ABOUT });
  return questions[0];
}
