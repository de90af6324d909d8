import { DELIVERY_FIELDS, type DeliveryKey, MATCHES, SIZED_FIELDS, type WaitingDelivery } from "./deliveries.ts";
import { readDeliveries } from "./give-up.ts";

/** The deliveries that still wait for just the attempt that a wake-up speaks of. */
export async function readWaiting(
  log: D1Database,
  keys: readonly (DeliveryKey & { readonly attempt: number })[],
): Promise<WaitingDelivery[]> {
  const { results } = await log
    .prepare(
      `SELECT ${SIZED_FIELDS}
       FROM json_each(?1) JOIN delivery ON ${MATCHES} AND attempt = value ->> 'attempt'`,
    )
    .bind(JSON.stringify(keys))
    .all();
  return readDeliveries(log, results);
}

/** Which overdue deliveries to read. */
export interface Overdue {
  /** Due before this, milliseconds since the epoch. */
  readonly before: number;
  readonly limit: number;
  /** Destinations that are paused: theirs go on waiting. */
  readonly except: readonly string[];
}

/** Deliveries whose wake-up was lost, those that are due for longest first. */
export async function readOverdue(log: D1Database, { before, limit, except }: Overdue): Promise<WaitingDelivery[]> {
  const { results } = await log
    .prepare(
      `SELECT ${DELIVERY_FIELDS} FROM delivery
       WHERE state = 'waiting' AND next < ?1 AND destination NOT IN (SELECT value FROM json_each(?3))
       ORDER BY next LIMIT ?2`,
    )
    .bind(before, limit, JSON.stringify(except))
    .all();
  return readDeliveries(log, results);
}

/** Makes deliveries due at `next`, milliseconds since the epoch; those that went on meanwhile are left alone. */
export async function postpone(log: D1Database, deliveries: readonly WaitingDelivery[], next: number): Promise<void> {
  const keys = deliveries.map(({ receipt, destination, run, attempt, next }) => {
    return { receipt, destination, run, attempt, next };
  });
  await log
    .prepare(
      `UPDATE delivery SET next = ?2 FROM json_each(?1)
       WHERE ${MATCHES} AND delivery.attempt = value ->> 'attempt' AND delivery.next = value ->> 'next'`,
    )
    .bind(JSON.stringify(keys), next)
    .run();
}
