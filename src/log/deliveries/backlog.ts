import * as z from "zod";
import { sortRows } from "../../platform/d1/sort-rows.ts";

/** Rows that are counted in one request, over all destinations. */
const MAX_ROWS_COUNTED = 10_000;
/** Deliveries that are looked through for failures, the newest first. */
const MAX_ROWS_EXAMINED = 10_000;
const MAX_FAILURES = 10;

const backlogRow = z.object({ waiting: z.number(), oldest: z.string().nullable() });
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

/** What waits for each destination, held or for its time. Rejects when the log cannot be read. */
export async function readBacklogs(log: D1Database, destinations: readonly string[]): Promise<Map<string, Backlog>> {
  if (destinations.length === 0) return new Map();
  const most = Math.floor(MAX_ROWS_COUNTED / destinations.length);
  const counted = await log.batch(
    destinations.map((destination) =>
      log
        .prepare(
          `SELECT count(*) AS waiting, min(receipt) AS oldest FROM (
             SELECT * FROM (SELECT receipt FROM delivery
               WHERE state = 'waiting' AND next IS NULL AND destination = ?1 LIMIT ?2)
             UNION ALL
             SELECT receipt FROM (SELECT destination, receipt FROM delivery
               WHERE state = 'waiting' AND next IS NOT NULL ORDER BY next LIMIT ?2) WHERE destination = ?1)`,
        )
        .bind(destination, most),
    ),
  );
  return new Map(
    destinations.map((destination, position) => {
      const { waiting, oldest } = backlogRow.parse(counted[position]?.results[0]);
      return [destination, { waiting, more: waiting >= most, oldest }];
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
