import * as z from "zod";
import { type LedgerLine, toLine } from "./line.ts";

const MAX_ROWS = 20_000;

const row = z.looseObject({ day: z.string(), source: z.string() });

/** What was counted for one source on one UTC day. */
export interface DayLine extends LedgerLine {
  readonly day: string;
  readonly source: string;
}

/** The tally by day and source, oldest first, between two days (both included). Rejects when it cannot be read. */
export async function readDays(log: D1Database, since: string, until: string): Promise<DayLine[]> {
  const { results } = await log
    .prepare(`SELECT * FROM tally WHERE day BETWEEN ?1 AND ?2 ORDER BY day, source LIMIT ${MAX_ROWS}`)
    .bind(since, until)
    .all();
  return z
    .array(row)
    .parse(results)
    .map((tally) => ({ day: tally.day, source: tally.source, ...toLine(tally) }));
}
