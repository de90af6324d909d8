import * as z from "zod";
import { sortRows } from "../../platform/d1/sort-rows.ts";
import { readGivenUp } from "../ledger/given-up.ts";

/** Dead letters that are looked at, the newest first; each reads three rows of tables and indexes. */
const MAX_DEAD = 1000;
/** Rows of held deliveries that were probed, of all destinations together. */
const MAX_PROBED = 6000;
/**
 * How much of what waits is looked at. `timed`: deliveries with a time of their own, those that are due first; `probed`: held
 * deliveries of one destination that were probed. Those that were not stand in order.
 */
export interface WaitingLimits {
  readonly timed: number;
  readonly probed: number;
}
const USUAL_LIMITS: WaitingLimits = { timed: 2000, probed: 200 };

const HELD = "state = 'waiting' AND next IS NULL";

const deadRow = z.object({
  destination: z.string(),
  deliveries: z.number(),
  oldest: z.string().nullable(),
  examined: z.number(),
});
const oldestRow = z.object({ destination: z.string(), oldest: z.string().nullable() });

/** Deliveries to a destination that were given up and not replayed since. `oldest`: the first receipt among them. */
export interface DeadCount {
  readonly deliveries: number;
  readonly oldest: string;
}

/** Those of each destination that has some. `more`: there are more than were looked at, of any destination. */
export interface DeadCounts {
  readonly counts: ReadonlyMap<string, DeadCount>;
  readonly more: boolean;
}

/** The same, and whether they still need somebody. */
export interface DeadLetters extends DeadCount {
  readonly more: boolean;
  /** The last of them was given up before the day that was asked for. */
  readonly isLeft: boolean;
}

/**
 * The dead letters of each destination. Examines some 4,000 rows at most, besides those of the counters. Rejects when the log
 * cannot be read.
 * @param since the first UTC day on which they are new, `YYYY-MM-DD`
 */
export async function readDeadLetters(log: D1Database, since: string): Promise<Map<string, DeadLetters>> {
  const [givenUp, { counts, more }] = await Promise.all([readGivenUp(log, since), countDeadLetters(log)]);
  return new Map(
    [...counts].map(([destination, dead]) => [destination, { ...dead, more, isLeft: !givenUp.has(destination) }]),
  );
}

/** How many dead letters each destination has. Examines some 4,000 rows at most. Rejects when the log cannot be read. */
export async function countDeadLetters(log: D1Database): Promise<DeadCounts> {
  const { results } = await log
    .prepare(
      `SELECT destination, count(*) AS examined, sum(stands) AS deliveries, min(iif(stands, receipt, NULL)) AS oldest
       FROM (SELECT destination, receipt, NOT EXISTS (SELECT 1 FROM delivery AS later
           WHERE later.receipt = dead.receipt AND later.destination = dead.destination AND later.run > dead.run) AS stands
         FROM delivery AS dead INDEXED BY delivery_given_up
         WHERE state IN ('dead', 'expired') AND state = 'dead' ORDER BY receipt DESC LIMIT ${MAX_DEAD})
       GROUP BY destination`,
    )
    .all();
  const { read } = sortRows(deadRow, results);
  const counts = read.flatMap(({ destination, deliveries, oldest }) =>
    oldest === null ? [] : [[destination, { deliveries, oldest }] as const],
  );
  return { counts: new Map(counts), more: read.reduce((sum, { examined }) => sum + examined, 0) >= MAX_DEAD };
}

/**
 * The first receipt of what waits for each of the destinations, as far as was looked: what is held, and the deliveries that
 * are due first. Examines two rows for each of these, some 4,000 usually, and for each destination 201, 6,000 for all of them.
 * Rejects when the log cannot be read.
 */
export async function readOldestWaiting(
  log: D1Database,
  destinations: readonly string[],
  { timed: mostTimed, probed } = USUAL_LIMITS,
): Promise<Map<string, string>> {
  const [held, timed] = await log.batch([
    log
      .prepare(
        `SELECT value AS destination, nullif(min(
           coalesce((SELECT receipt FROM delivery INDEXED BY delivery_held
             WHERE ${HELD} AND destination = value AND probed = 0 ORDER BY receipt LIMIT 1), '~'),
           coalesce((SELECT min(receipt) FROM (SELECT receipt FROM delivery INDEXED BY delivery_held
             WHERE ${HELD} AND destination = value AND probed > 0 ORDER BY probed LIMIT ?2)), '~')), '~') AS oldest
         FROM json_each(?1)`,
      )
      .bind(JSON.stringify(destinations), Math.min(probed, Math.floor(MAX_PROBED / destinations.length))),
    log.prepare(
      `SELECT destination, min(receipt) AS oldest FROM (
         SELECT destination, receipt FROM delivery INDEXED BY delivery_waiting
         WHERE state = 'waiting' AND next IS NOT NULL ORDER BY next LIMIT ${mostTimed}) GROUP BY destination`,
    ),
  ]);
  const found = new Map<string, string>();
  for (const { destination, oldest } of sortRows(oldestRow, [...(held?.results ?? []), ...(timed?.results ?? [])])
    .read) {
    const known = found.get(destination);
    if (oldest !== null && (known === undefined || oldest < known)) found.set(destination, oldest);
  }
  return found;
}
