import * as z from "zod";
import { sortRows } from "../../platform/d1/sort-rows.ts";

/** Held deliveries that are counted in one request, over all destinations, and those that wait for their time. */
const MAX_HELD_COUNTED = 4000;
const MAX_TIMED_COUNTED = 4000;
/** Deliveries that are looked through for failures, the newest first. */
const MAX_ROWS_EXAMINED = 10_000;
const MAX_FAILURES = 10;

const backlogRow = z.object({ destination: z.string(), waiting: z.number(), oldest: z.string().nullable() });
const failureRow = z.object({
  receipt: z.string(),
  type: z.string(),
  run: z.number(),
  state: z.enum(["waiting", "dead", "expired"]),
  attempt: z.number(),
  next: z.number().nullable(),
  reason: z.string().nullable(),
});

/** What waits for a destination. `more`: it is at least so much. `oldest`: the first receipt of those counted. */
export interface Backlog {
  readonly waiting: number;
  readonly more: boolean;
  readonly oldest: string | null;
}

/** A delivery that did not go well: its latest attempt failed, or it was given up. */
export type FailedDelivery = z.infer<typeof failureRow>;

/**
 * What waits for each destination, held or for its time. Examines some 16,000 rows at most, those that wait for their time
 * once for all destinations. Rejects when the log cannot be read.
 */
export async function readBacklogs(log: D1Database, destinations: readonly string[]): Promise<Map<string, Backlog>> {
  if (destinations.length === 0) return new Map();
  const most = Math.floor(MAX_HELD_COUNTED / destinations.length);
  const [timed, ...held] = await log.batch([
    log.prepare(
      `SELECT destination, count(*) AS waiting, min(receipt) AS oldest FROM (
         SELECT destination, receipt FROM delivery INDEXED BY delivery_waiting
         WHERE state = 'waiting' AND next IS NOT NULL ORDER BY next LIMIT ${MAX_TIMED_COUNTED})
       GROUP BY destination`,
    ),
    ...destinations.map((destination) =>
      log
        .prepare(
          `SELECT ?1 AS destination, count(*) AS waiting, min(receipt) AS oldest FROM (
             SELECT receipt FROM delivery INDEXED BY delivery_held
             WHERE state = 'waiting' AND next IS NULL AND destination = ?1 LIMIT ?2)`,
        )
        .bind(destination, most),
    ),
  ]);
  const { read: waits } = sortRows(backlogRow, timed?.results ?? []);
  const isCut = waits.reduce((sum, { waiting }) => sum + waiting, 0) >= MAX_TIMED_COUNTED;
  return new Map(
    destinations.map((destination, position) => {
      const own = [
        backlogRow.parse(held[position]?.results[0]),
        ...waits.filter((one) => one.destination === destination),
      ];
      const receipts = own.flatMap(({ oldest }) => oldest ?? []).toSorted();
      return [
        destination,
        {
          waiting: own.reduce((sum, { waiting }) => sum + waiting, 0),
          more: isCut || (own[0]?.waiting ?? 0) >= most,
          oldest: receipts[0] ?? null,
        },
      ];
    }),
  );
}

/** The last deliveries to a destination that did not go well, the newest first. */
export async function readFailures(log: D1Database, destination: string): Promise<FailedDelivery[]> {
  const { results } = await log
    .prepare(
      `SELECT receipt, type, run, state, attempt, next, reason
       FROM (SELECT * FROM delivery ORDER BY receipt DESC LIMIT ${MAX_ROWS_EXAMINED})
       WHERE destination = ?1 AND state <> 'delivered' AND (state <> 'waiting' OR attempt > 0)
       LIMIT ${MAX_FAILURES}`,
    )
    .bind(destination)
    .all();
  return sortRows(failureRow, results).read;
}
