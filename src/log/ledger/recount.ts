import * as z from "zod";
import { OWN_SOURCE } from "../../events/own-source.ts";
import { receiptAt } from "../../events/receipt.ts";
import { DAY_MS } from "../../platform/time/instant.ts";
import { COUNTED_BY_DAY } from "./by-day.ts";
import { countIn } from "./line.ts";
import { type Counter, counters } from "./tally.ts";

/** Rows that one day may have of a kind, to be counted in one request. */
const MAX_ROWS = 100_000;

/** A counter of the tally that is not what the log has. */
export interface Mismatch {
  readonly day: string;
  readonly source: string;
  readonly counter: Counter;
  readonly tally: number;
  readonly log: number;
}

/** How questions were answered stands in the events only, and is not counted again. */
const ANSWERS: readonly Counter[] = ["granted", "answered", "otherwise"];
const recounted = counters.filter((name) => !ANSWERS.includes(name));

const row = z.looseObject({ source: z.string() });
const sizeRow = z.object({ rows: z.number() });

const RANGE = "receipt >= ?1 AND receipt < ?2";
const IS_LOGIN = "type = 'login.decided'";
const IS_QUESTION = "type = 'sync.answered'";
const IS_EVENT = `NOT ${IS_LOGIN} AND NOT ${IS_QUESTION}`;
/** A correction was no webhook: only its deliveries count, as replays. */
const IS_WEBHOOK = "receipt NOT IN (SELECT receipt FROM correction)";

const recounts = [
  `SELECT source, sum(${IS_EVENT}) AS events, sum(${IS_LOGIN}) AS logins, sum(${IS_QUESTION}) AS questions,
     sum(due = 0 AND ${IS_EVENT}) AS unrouted, sum(due) AS due,
     sum((SELECT count(*) FROM json_each(iif(json_valid(results), results, '{}'))
          WHERE value ->> 'state' = 'delivered')) AS delivered
   FROM event WHERE ${RANGE} AND ${IS_WEBHOOK} GROUP BY source`,
  `SELECT source, count(*) AS duplicates FROM duplicate WHERE ${RANGE} GROUP BY source`,
  `SELECT source, count(*) AS failed FROM failure WHERE ${RANGE} GROUP BY source`,
  `SELECT source, sum(run = 0 AND state = 'delivered') AS delivered, sum(run = 0 AND state = 'dead') AS dead,
     sum(run = 0 AND state = 'expired') AS expired, sum(run > 0) AS replay_due,
     sum(run > 0 AND state = 'delivered') AS replay_delivered, sum(run > 0 AND state = 'dead') AS replay_dead,
     sum(run > 0 AND state = 'expired') AS replay_expired
   FROM delivery WHERE ${RANGE} GROUP BY source`,
];

/**
 * Counts one UTC day again from the log, and names what the tally has otherwise; undefined when the day has too many
 * rows for one request. Rejects when the log cannot be read.
 */
export async function recountDay(log: D1Database, day: string): Promise<Mismatch[] | undefined> {
  const start = Date.parse(day);
  const range = [receiptAt(start), receiptAt(start + DAY_MS)];
  const sizes = await log.batch(
    ["event", "duplicate", "failure", "delivery"].map((table) =>
      log
        .prepare(`SELECT count(*) AS rows FROM (SELECT 1 FROM ${table} WHERE ${RANGE} LIMIT ${MAX_ROWS + 1})`)
        .bind(...range),
    ),
  );
  if (sizes.some(({ results }) => sizeRow.parse(results[0]).rows > MAX_ROWS)) return undefined;
  const [tally, ...counted] = await log.batch([
    log.prepare(COUNTED_BY_DAY).bind(day, day),
    ...recounts.map((sql) => log.prepare(sql).bind(...range)),
  ]);
  const tallies = rowsBySource(z.array(row).parse(tally?.results));
  const counts = rowsBySource(counted.flatMap(({ results }) => z.array(row).parse(results)));
  const sources = new Set([...tallies.keys(), ...counts.keys()]);
  // Of what the relay sent to itself nothing but the count is kept.
  sources.delete(OWN_SOURCE);
  return [...sources].flatMap((source) =>
    recounted.flatMap((counter): Mismatch[] => {
      const [told, found] = [sumOf(tallies.get(source), counter), sumOf(counts.get(source), counter)];
      return told === found ? [] : [{ day, source, counter, tally: told, log: found }];
    }),
  );
}

type Rows = readonly z.infer<typeof row>[];

function rowsBySource(rows: Rows): ReadonlyMap<string, Rows> {
  return Map.groupBy(rows, ({ source }) => source);
}

/** What is delivered is counted in two places: at the first attempt, and later. */
function sumOf(rows: Rows = [], counter: Counter): number {
  return rows.reduce((sum, found) => sum + countIn(found, counter), 0);
}
