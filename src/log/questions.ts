import * as z from "zod";
import { login } from "../events/parts/login.ts";
import { agent } from "../events/parts/people.ts";
import { acceptedAt, receiptAt } from "../events/receipt.ts";
import { inflate } from "../platform/deflate.ts";

/** A login question that was really asked, and what the guard said. */
export interface AskedQuestion {
  readonly receipt: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly agent: Pick<z.infer<typeof agent>, "id" | "username" | "groupId">;
  readonly login: z.infer<typeof login>;
}

/** The questions of one source in a time span; milliseconds since the epoch, `until` exclusive. */
export interface QuestionRange {
  readonly source: string;
  readonly since: number;
  readonly until: number;
}

/** Questions, the newest first. `cut`: there are more than may be examined at once. */
export interface AskedQuestions {
  readonly questions: readonly AskedQuestion[];
  readonly cut: boolean;
}

/** Events of any kind that one request examines. */
const MAX_EVENTS_EXAMINED = 20_000;
const PAGE_ROWS = 1000;

const row = z.object({ receipt: z.string(), body: z.custom<number[]>(Array.isArray).nullable() });
const decided = z.object({
  corrects: z.string().optional(),
  data: z.object({ login, agent: agent.pick({ id: true, username: true, groupId: true }).default({}) }),
});

/**
 * Reads login questions from the log, at most 20,000 events deep. Rejects when the log cannot be read.
 * @param wanted which of them are taken
 * @param most ends the search once so many were taken
 */
export async function readQuestions(
  log: D1Database,
  range: QuestionRange,
  wanted: (question: AskedQuestion) => boolean = () => true,
  most = Number.POSITIVE_INFINITY,
): Promise<AskedQuestions> {
  const questions: AskedQuestion[] = [];
  let before: string = receiptAt(range.until);
  for (let examined = 0; examined < MAX_EVENTS_EXAMINED; examined += PAGE_ROWS) {
    const rows = await readPage(log, range, before);
    for (const { receipt, body } of rows) {
      const question = body === null ? undefined : await readQuestion(receipt, body);
      if (question !== undefined && wanted(question)) questions.push(question);
      if (questions.length >= most) return { questions, cut: false };
    }
    const last = rows.at(-1)?.receipt;
    if (last === undefined || rows.length < PAGE_ROWS) return { questions, cut: false };
    before = last;
  }
  return { questions, cut: true };
}

/** The next events of the span; the body only of a login question of the source. */
async function readPage(log: D1Database, { source, since }: QuestionRange, before: string) {
  const { results } = await log
    .prepare(
      `SELECT receipt, iif(type = 'login.decided' AND source = ?3, body, NULL) AS body FROM event
       WHERE receipt >= ?1 AND receipt < ?2 ORDER BY receipt DESC LIMIT ${PAGE_ROWS}`,
    )
    .bind(receiptAt(since), before, source)
    .all();
  return z.array(row).parse(results);
}

/** Undefined where the event is none that the guard decided, or repeats another one corrected. */
async function readQuestion(receipt: string, body: readonly number[]): Promise<AskedQuestion | undefined> {
  const event = decided.safeParse(JSON.parse(await inflate(Uint8Array.from(body))));
  if (!event.success || event.data.corrects !== undefined) return undefined;
  return { receipt, at: acceptedAt(receipt), ...event.data.data };
}
