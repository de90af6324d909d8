import * as z from "zod";
import { type Addition, addToTally } from "./tally.ts";

/** Which delivery: an event (by receipt) to a destination; run 0, or a replay from 1. */
export const deliveryKey = z.object({ receipt: z.string(), destination: z.string(), run: z.number() });
export type DeliveryKey = z.infer<typeof deliveryKey>;

export const waitingDelivery = deliveryKey.extend({
  source: z.string(),
  type: z.string(),
  attempt: z.number(),
  next: z.number().nullable(),
  since: z.number(),
  reason: z.string().nullable(),
});
/**
 * A delivery that is not settled. `attempt`: attempts made; `next`: when it is due, null while it is held; `since`: from
 * when it may expire. Times are milliseconds.
 */
export type WaitingDelivery = z.infer<typeof waitingDelivery>;

/** The columns of a delivery that is not settled. */
export const DELIVERY_FIELDS =
  "delivery.receipt, delivery.destination, run, source, delivery.type, attempt, next, since, reason";

/** How an attempt changed a delivery. `before`: attempts made until then; the row must still say so. */
export interface Progress extends DeliveryKey {
  readonly before: number;
  readonly attempt: number;
  readonly state: "waiting" | "delivered" | "dead" | "expired";
  readonly next: number | null;
  readonly reason: string | null;
  readonly made: object | null;
  /** When it was last sent as a probe, milliseconds. */
  readonly probed?: number | undefined;
}

const MATCHES = `delivery.receipt = value ->> 'receipt' AND delivery.destination = value ->> 'destination'
  AND delivery.run = value ->> 'run' AND delivery.state = 'waiting'`;

/** The deliveries that still wait for just the attempt that a wake-up speaks of. */
export async function readWaiting(
  log: D1Database,
  keys: readonly (DeliveryKey & { readonly attempt: number })[],
): Promise<WaitingDelivery[]> {
  const { results } = await log
    .prepare(
      `SELECT ${DELIVERY_FIELDS}
       FROM json_each(?1) JOIN delivery ON ${MATCHES} AND attempt = value ->> 'attempt'`,
    )
    .bind(JSON.stringify(keys))
    .all();
  return z.array(waitingDelivery).parse(results);
}

/** Writes down what attempts came to, and counts what they settled; both or neither, and never twice. */
export async function recordProgress(log: D1Database, progress: readonly (Progress & Addition)[]): Promise<void> {
  const rows = JSON.stringify(progress);
  await log.batch([
    addToTally(
      log,
      progress.filter(({ state }) => state !== "waiting"),
      `EXISTS (SELECT 1 FROM delivery WHERE ${MATCHES} AND attempt = value ->> 'before')`,
    ),
    log
      .prepare(
        `UPDATE delivery SET state = value ->> 'state', attempt = value ->> 'attempt', next = value ->> 'next',
           reason = value ->> 'reason', probed = coalesce(value ->> 'probed', probed),
           attempts = iif(value -> 'made' = 'null', attempts, json_insert(attempts, '$[#]', json(value -> 'made')))
         FROM json_each(?1) WHERE ${MATCHES} AND delivery.attempt = value ->> 'before'`,
      )
      .bind(rows),
  ]);
}

/** Which overdue deliveries to take. Times are milliseconds since the epoch. */
export interface Overdue {
  /** Due before this. */
  readonly before: number;
  /** When they may be taken again. */
  readonly again: number;
  readonly limit: number;
  /** Destinations that are paused: theirs go on waiting. */
  readonly except: readonly string[];
}

/** Takes deliveries whose wake-up was lost. */
export async function takeOverdue(
  log: D1Database,
  { before, again, limit, except }: Overdue,
): Promise<WaitingDelivery[]> {
  const { results } = await log
    .prepare(
      `UPDATE delivery SET next = ?2 WHERE (receipt, destination, run) IN (
         SELECT receipt, destination, run FROM delivery
         WHERE state = 'waiting' AND next < ?1 AND destination NOT IN (SELECT value FROM json_each(?4))
         ORDER BY next LIMIT ?3)
       RETURNING ${DELIVERY_FIELDS}`,
    )
    .bind(before, again, limit, JSON.stringify(except))
    .all();
  return z.array(waitingDelivery).parse(results);
}
