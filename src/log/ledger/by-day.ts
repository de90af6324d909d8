import * as z from "zod";
import { type LedgerLine, toLine } from "./line.ts";
import { counters } from "./tally.ts";

const MAX_ROWS = 20_000;

const names = counters.join(", ");
const sums = counters.map((name) => `sum(${name}) AS ${name}`).join(", ");

/** What was counted by day and source: what is open still, and the sums; the days are ?1 to ?2. */
export const COUNTED_BY_DAY = `SELECT day, source, ${sums} FROM (
    SELECT substr(hour, 1, 10) AS day, source, ${names} FROM tally WHERE hour BETWEEN ?1 AND ?2 || '~'
    UNION ALL SELECT span, source, ${names} FROM tally_sum WHERE unit = 'day' AND span BETWEEN ?1 AND ?2)
  GROUP BY day, source HAVING sum(${counters.join(" + ")}) > 0`;

const row = z.looseObject({ day: z.string(), source: z.string() });

/** What was counted for one source on one UTC day. */
export interface DayLine extends LedgerLine {
  readonly day: string;
  readonly source: string;
}

/** What was counted by day and source, oldest first, between two days (both included). Rejects when it cannot be read. */
export async function readDays(log: D1Database, since: string, until: string): Promise<DayLine[]> {
  const { results } = await log
    .prepare(`${COUNTED_BY_DAY} ORDER BY day, source LIMIT ${MAX_ROWS}`)
    .bind(since, until)
    .all();
  return z
    .array(row)
    .parse(results)
    .map((tally) => ({ day: tally.day, source: tally.source, ...toLine(tally) }));
}
