import * as z from "zod";
import { acceptedAt } from "../../events/receipt.ts";
import { dayOf } from "../../platform/time.ts";
import { addToTally } from "../ledger/tally.ts";
import { type DeliveryKey, deliveryKey } from "./deliveries.ts";

/** An event that is to go to a destination again. `next`: when, milliseconds since the epoch. */
export interface Replay {
  readonly receipt: string;
  readonly destination: string;
  readonly source: string;
  readonly type: string;
  readonly next: number;
}

export const replayRow = deliveryKey.extend({ next: z.number() });
/** A replay that was written down, under the number of its run. */
export type RecordedReplay = DeliveryKey & { readonly next: number };

/**
 * Writes replays down as deliveries of their own and counts them, both or neither. An event that is no longer kept is
 * left out. `expireAfter` counts from `now`. Rejects when the log cannot be written.
 */
export async function recordReplays(
  log: D1Database,
  replays: readonly Replay[],
  now: number,
): Promise<RecordedReplay[]> {
  const [, inserted] = await log.batch(insertReplays(log, replays, now));
  return z.array(replayRow).parse(inserted?.results);
}

/** The statements that do so, for a transaction; the second returns the replays. */
export function insertReplays(log: D1Database, replays: readonly Replay[], now: number): D1PreparedStatement[] {
  const isKept = "EXISTS (SELECT 1 FROM event WHERE event.receipt = value ->> 'receipt')";
  const additions = replays.map(({ receipt, source }) => ({
    receipt,
    source,
    day: dayOf(acceptedAt(receipt)),
    replay_due: 1,
  }));
  return [
    addToTally(log, additions, isKept),
    log
      .prepare(
        `INSERT INTO delivery (receipt, destination, run, source, type, state, attempt, next, since, reason, attempts)
         SELECT value ->> 'receipt', value ->> 'destination',
           1 + coalesce((SELECT max(run) FROM delivery WHERE delivery.receipt = value ->> 'receipt'
                         AND delivery.destination = value ->> 'destination'), 0),
           value ->> 'source', value ->> 'type', 'waiting', 0, value ->> 'next', ?2, 'replay', '[]'
         FROM json_each(?1) WHERE ${isKept}
         RETURNING receipt, destination, run, next`,
      )
      .bind(JSON.stringify(replays), now),
  ];
}
