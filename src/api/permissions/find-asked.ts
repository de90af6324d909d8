import { type AskedQuestion, readQuestions } from "../../log/questions.ts";
import { sameId, sameName } from "../../login/same.ts";
import { DAY_MS } from "../../platform/time.ts";
import type { Question } from "../../vendors/vendor.ts";

/** A moment is often told by the minute, and the login came within it. */
const WITHIN_MS = 60_000;
const LOOK_BACK_MS = DAY_MS;

/** The last login of an agent at a moment or in the day before it, about these projects if any are named. */
export async function findAsked(
  log: D1Database,
  source: string,
  { userId, username, projects }: Question,
  at: number,
): Promise<AskedQuestion | undefined> {
  const range = { source, since: at - LOOK_BACK_MS, until: at + WITHIN_MS };
  const isMeant = ({ agent, login }: AskedQuestion) =>
    isSame(sameId, userId, agent.id) &&
    isSame(sameName, username, agent.username) &&
    projects.every((project) => Object.keys(login.projects ?? {}).some((asked) => isSame(sameId, project, asked)));
  const { questions } = await readQuestions(log, range, isMeant, 1);
  return questions[0];
}

/** Whether what was asked is what is wanted, if anything is. */
function isSame(same: (id: string) => string, wanted: string | undefined, asked: string | undefined): boolean {
  return wanted === undefined || (asked !== undefined && same(asked) === same(wanted));
}
