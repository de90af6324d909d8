import { type AskedQuestion, readQuestions } from "../../log/questions.ts";
import type { Question } from "../../vendors/vendor.ts";

/** A moment is often told by the minute, and the login came within it; milliseconds. */
const WITHIN = 60_000;
const LOOK_BACK = 24 * 60 * 60_000;

/** The last login of an agent at a moment or in the day before it, about these projects if any are named. */
export async function findAsked(
  log: D1Database,
  source: string,
  { userId, username, projects }: Question,
  at: number,
): Promise<AskedQuestion | undefined> {
  const name = username?.toLowerCase();
  const range = { source, since: at - LOOK_BACK, until: at + WITHIN };
  const isMeant = ({ agent, login }: AskedQuestion) =>
    (userId === undefined || agent.id === userId) &&
    (name === undefined || agent.username?.toLowerCase() === name) &&
    projects.every((project) => Object.hasOwn(login.projects ?? {}, project));
  const { questions } = await readQuestions(log, range, isMeant, 1);
  return questions[0];
}
