import * as z from "zod";
import { sortRows } from "../../platform/d1/sort-rows.ts";
import { DELIVERY_FIELDS, SIZED_FIELDS, type WaitingDelivery } from "./deliveries.ts";
import { readDeliveries } from "./give-up.ts";

const HELD = "state = 'waiting' AND next IS NULL";
const destinationRow = z.object({ destination: z.string() });

/** The held deliveries of a destination that are to be probed first: the least recently probed, then the oldest. */
export async function readHeld(log: D1Database, destination: string, limit: number): Promise<WaitingDelivery[]> {
  const { results } = await log
    .prepare(
      `SELECT ${SIZED_FIELDS} FROM delivery WHERE ${HELD} AND destination = ?1 ORDER BY probed, receipt LIMIT ?2`,
    )
    .bind(destination, limit)
    .all();
  return readDeliveries(log, results);
}

/** Makes held deliveries of a destination due at `now`, and returns them: no longer held, they can be woken. */
export async function releaseHeld(
  log: D1Database,
  destination: string,
  limit: number,
  now: number,
): Promise<WaitingDelivery[]> {
  const { results } = await log
    .prepare(
      `UPDATE delivery SET next = ?3 WHERE (receipt, destination, run) IN (
         SELECT receipt, destination, run FROM delivery WHERE ${HELD} AND destination = ?1
         ORDER BY probed, receipt LIMIT ?2)
       RETURNING ${DELIVERY_FIELDS}`,
    )
    .bind(destination, limit, now)
    .all();
  return readDeliveries(log, results);
}

/** Rows that are looked through for probes, those that are due first. */
const MAX_ROWS_EXAMINED = 2000;

/**
 * Makes deliveries that wait for their next attempt since they failed as probes of a destination due at `now`, and
 * returns them: what they waited for has come. Once for a probe: should they fail again, they keep to their delays.
 */
export async function releaseProbes(log: D1Database, destination: string, now: number): Promise<WaitingDelivery[]> {
  const { results } = await log
    .prepare(
      `UPDATE delivery SET next = ?2, probed = 0 WHERE (receipt, destination, run) IN (
         SELECT receipt, destination, run FROM (
           SELECT receipt, destination, run, probed FROM delivery
           WHERE state = 'waiting' AND next IS NOT NULL AND next > ?2 ORDER BY next LIMIT ${MAX_ROWS_EXAMINED})
         WHERE destination = ?1 AND probed > 0)
       RETURNING ${DELIVERY_FIELDS}`,
    )
    .bind(destination, now)
    .all();
  return readDeliveries(log, results);
}

/** Destinations for which deliveries are held: one step in the index for each, however many are held. */
export async function destinationsHolding(log: D1Database): Promise<string[]> {
  const { results } = await log
    .prepare(
      `WITH RECURSIVE holding (destination) AS (
         SELECT min(destination) FROM delivery WHERE ${HELD}
         UNION ALL
         SELECT (SELECT min(delivery.destination) FROM delivery
                 WHERE ${HELD} AND delivery.destination > holding.destination)
         FROM holding WHERE destination IS NOT NULL)
       SELECT destination FROM holding WHERE destination IS NOT NULL`,
    )
    .all();
  return sortRows(destinationRow, results).read.map(({ destination }) => destination);
}
