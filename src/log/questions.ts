import * as z from "zod";
import { login } from "../events/parts/login.ts";
import { agent } from "../events/parts/people.ts";
import { acceptedAt, receipt, receiptAt } from "../events/receipt.ts";
import { unpackText } from "./events/pack.ts";
import { packed } from "./events/read-events.ts";

/** A login question that was really asked, and what the guard said. */
export interface AskedQuestion {
  readonly receipt: string;
  readonly source: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly agent: Pick<z.infer<typeof agent>, "id" | "username" | "groupId">;
  readonly login: z.infer<typeof login>;
}

/** Which questions are looked at; every part narrows. Receipts bound the time of acceptance. */
export interface QuestionRange {
  /** Of this one only. */
  readonly source?: string | undefined;
  /** The first receipt of the span. */
  readonly from: string;
  /** The first receipt behind the span. */
  readonly before: string;
}

/** How questions are read. */
export interface Reading {
  /** Which of them are taken; all, unless given. */
  readonly wanted?: (question: AskedQuestion) => boolean;
  /** Ends once so many were taken. */
  readonly most?: number;
  /** Ends once so many were examined. */
  readonly deep?: number;
  readonly oldestFirst?: boolean;
}

/** What was read, in its order. `next`: the last receipt that was looked at, where there may be more behind it. */
export interface AskedQuestions {
  readonly questions: readonly AskedQuestion[];
  readonly next: string | undefined;
}

/** Questions that one request examines at most; each is a row of an index and one of its table. */
export const MAX_QUESTIONS_EXAMINED = 10_000;
const MAX_PAGE_ROWS = 1000;
/** Where few of a page are wanted, the next one is so many times as large. */
const PAGE_GROWTH_FACTOR = 4;

const row = z.object({ receipt, source: z.string(), body: packed });
const decided = z.object({
  corrects: z.string().optional(),
  data: z.object({ login, agent: agent.pick({ id: true, username: true, groupId: true }).default({}) }),
});

/** The receipts of a time span; milliseconds since the epoch, `until` exclusive. */
export function between(since: number, until: number): Pick<QuestionRange, "from" | "before"> {
  return { from: receiptAt(since), before: receiptAt(until) };
}

/** Reads login questions from the log, the newest first unless asked otherwise. Rejects when it cannot be read. */
export async function readQuestions(
  log: D1Database,
  range: QuestionRange,
  { wanted = () => true, most = Number.POSITIVE_INFINITY, deep = MAX_QUESTIONS_EXAMINED, ...order }: Reading = {},
): Promise<AskedQuestions> {
  const questions: AskedQuestion[] = [];
  let rest = range;
  let page = Math.min(most, MAX_PAGE_ROWS);
  for (let left = deep; left > 0; left -= page, page = Math.min(page * PAGE_GROWTH_FACTOR, MAX_PAGE_ROWS)) {
    const size = Math.min(left, page);
    const rows = await readPage(log, rest, size, order);
    for (const one of rows) {
      const question = await readQuestion(one);
      if (question !== undefined && wanted(question)) questions.push(question);
      if (questions.length >= most) return { questions, next: one.receipt };
    }
    const last = rows.at(-1)?.receipt;
    if (last === undefined || rows.length < size) return { questions, next: undefined };
    // Nothing sorts between a receipt and itself with a tilde.
    rest = order.oldestFirst === true ? { ...rest, from: `${last}~` } : { ...rest, before: last };
  }
  return { questions, next: order.oldestFirst === true ? rest.from : rest.before };
}

/** The next questions of the span; the body only of those of the source. */
async function readPage(
  log: D1Database,
  { source, from, before }: QuestionRange,
  size: number,
  { oldestFirst = false }: Pick<Reading, "oldestFirst">,
) {
  const { results } = await log
    .prepare(
      `SELECT receipt, source, iif(?3 IS NULL OR source = ?3, body, NULL) AS body
       FROM event INDEXED BY event_login
       WHERE type = 'login.decided' AND receipt >= ?1 AND receipt < ?2
       ORDER BY receipt ${oldestFirst ? "ASC" : "DESC"} LIMIT ?4`,
    )
    .bind(from, before, source ?? null, size)
    .all();
  return z.array(row).parse(results);
}

/** Undefined where the event is none that the guard decided, or repeats another one corrected. */
async function readQuestion({ receipt, source, body }: z.infer<typeof row>): Promise<AskedQuestion | undefined> {
  if (body === null) return undefined;
  const event = decided.safeParse(JSON.parse(await unpackText(body)));
  if (!event.success || event.data.corrects !== undefined) return undefined;
  return { receipt, source, at: acceptedAt(receipt), ...event.data.data };
}
