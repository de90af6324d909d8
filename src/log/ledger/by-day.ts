import * as z from "zod";
import { type LedgerLine, toLine } from "./line.ts";
import { counters } from "./tally.ts";

const MAX_ROWS = 20_000;

const names = counters.join(", ");
const sums = counters.map((name) => `sum(${name}) AS ${name}`).join(", ");

/** What was counted by day or by hour and source: what is open still, and the sums; the spans are ?1 to ?2. */
const counted = (unit: "day" | "hour", span: string) => `SELECT ${unit}, source, ${sums} FROM (
    SELECT ${span} AS ${unit}, source, ${names} FROM tally WHERE hour BETWEEN ?1 AND ?2 || '~'
    UNION ALL SELECT span, source, ${names} FROM tally_sum WHERE unit = '${unit}' AND span BETWEEN ?1 AND ?2)
  GROUP BY ${unit}, source HAVING sum(${counters.join(" + ")}) > 0`;

/** What was counted by day and source; the days are ?1 to ?2. */
export const COUNTED_BY_DAY = counted("day", "substr(hour, 1, 10)");

const dayRow = z.looseObject({ day: z.string(), source: z.string() });
const hourRow = z.looseObject({ hour: z.string(), source: z.string() });

/** What was counted for one source on one UTC day. */
export interface DayLine extends LedgerLine {
  readonly day: string;
  readonly source: string;
}

/** What was counted for one source in one UTC hour, `YYYY-MM-DDTHH`. */
export interface HourLine extends LedgerLine {
  readonly hour: string;
  readonly source: string;
}

/** What was counted by day and source, oldest first, between two days (both included). Rejects when it cannot be read. */
export async function readDays(log: D1Database, since: string, until: string): Promise<DayLine[]> {
  const rows = await read(log, COUNTED_BY_DAY, "day", since, until);
  return z
    .array(dayRow)
    .parse(rows)
    .map((tally) => ({ day: tally.day, source: tally.source, ...toLine(tally) }));
}

/**
 * What was counted by hour and source, oldest first, between two hours (both included); hours are kept for 35 days.
 * Rejects when it cannot be read.
 */
export async function readHours(log: D1Database, since: string, until: string): Promise<HourLine[]> {
  const rows = await read(log, counted("hour", "hour"), "hour", since, until);
  return z
    .array(hourRow)
    .parse(rows)
    .map((tally) => ({ hour: tally.hour, source: tally.source, ...toLine(tally) }));
}

async function read(log: D1Database, sql: string, unit: string, since: string, until: string): Promise<unknown[]> {
  const { results } = await log.prepare(`${sql} ORDER BY ${unit}, source LIMIT ${MAX_ROWS}`).bind(since, until).all();
  return results;
}
