import * as z from "zod";
import { between, readQuestions } from "../../log/questions.ts";
import { type Alike, groupAlike } from "../../login/asked.ts";
import { DAY_MS } from "../../platform/time/instant.ts";

/** How many days back questions are taken; events stay for 30. */
export const days = z.coerce.number().int().min(1).max(30).default(7);

/** The part of an answer that tells which questions it rests on. */
export const askedPart = {
  days: z.number(),
  asked: z.number().describe("questions in these days"),
  distinct: z.number().describe("of different agents, projects or hours"),
  cut: z.boolean().describe("there were more logins than may be examined; only the newest count"),
};

/** The questions of the last days, those alike in one hour as one. */
export async function readAsked(log: D1Database, source: string, days: number, now: number) {
  const { questions, next } = await readQuestions(log, { source, ...between(now - days * DAY_MS, now + 1) });
  const alike: Alike[] = groupAlike(questions);
  return { alike, told: { days, asked: questions.length, distinct: alike.length, cut: next !== undefined } };
}
