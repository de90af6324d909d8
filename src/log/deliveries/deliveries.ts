import * as z from "zod";
import { toBulks } from "../../platform/d1/bulk.ts";
import { type Addition, addToTally } from "../ledger/tally.ts";
import type { DeliveryState } from "./state.ts";

/** Which delivery: an event (by receipt) to a destination; run 0, or a replay from 1. */
export const deliveryKey = z.object({ receipt: z.string(), destination: z.string(), run: z.number() });
export type DeliveryKey = z.infer<typeof deliveryKey>;

/** Ids that this Worker gives out are shorter; what is longer would not fit where it has to go. */
const MAX_ID_CHARACTERS = 200;
const id = z.string().max(MAX_ID_CHARACTERS);

export const waitingDelivery = deliveryKey.extend({
  receipt: id,
  destination: id,
  source: z.string(),
  type: z.string(),
  attempt: z.number(),
  next: z.number().nullable(),
  since: z.number(),
  reason: z.string().nullable(),
  size: z.number().catch(0),
});
/**
 * A delivery that is not settled. `attempt`: attempts made; `next`: when it is due, null while it is held; `since`: from
 * when it may expire. Times are milliseconds. `size`: characters of its event, 0 where that is not known.
 */
export type WaitingDelivery = z.infer<typeof waitingDelivery>;

/** The columns of a delivery that is not settled. */
export const DELIVERY_FIELDS =
  "delivery.receipt, delivery.destination, run, source, delivery.type, attempt, next, since, reason";
/** The same, of one that is about to be attempted. */
export const SIZED_FIELDS = `${DELIVERY_FIELDS},
  (SELECT size FROM event WHERE event.receipt = delivery.receipt) AS size`;

/** How an attempt changed a delivery. `before`: attempts made until then; the row must still say so. */
export interface Progress extends DeliveryKey {
  readonly before: number;
  readonly attempt: number;
  readonly state: DeliveryState;
  readonly next: number | null;
  readonly reason: string | null;
  readonly made: object | null;
  /** When it was last sent as a probe, milliseconds. */
  readonly probed?: number | undefined;
}

/** A row that is the delivery of `value`, one key as JSON, and still waits. */
export const MATCHES = `delivery.receipt = value ->> 'receipt' AND delivery.destination = value ->> 'destination'
  AND delivery.run = value ->> 'run' AND delivery.state = 'waiting'`;

/** A row of the log has 2 MB: further attempts of a delivery that made so many count, but are not told. Characters. */
const MAX_ATTEMPTS_CHARACTERS = 500_000;

/** The attempts of a delivery with one more, whatever stood there. */
const ATTEMPTS = `CASE
  WHEN value -> 'made' = 'null' OR length(attempts) > ${MAX_ATTEMPTS_CHARACTERS} THEN attempts
  ELSE json_insert(iif(json_valid(attempts), attempts, '[]'), '$[#]', json(value -> 'made')) END`;

/**
 * Records what attempts came to, and counts them and what they settled; both or neither, and never twice.
 * @returns how many rows still waited for just this
 */
export async function recordProgress(log: D1Database, progress: readonly (Progress & Addition)[]): Promise<number> {
  const counted = progress.filter(({ state, flow }) => state !== "waiting" || flow !== undefined);
  const [, ...updated] = await log.batch([
    addToTally(log, counted, `EXISTS (SELECT 1 FROM delivery WHERE ${MATCHES} AND attempt = value ->> 'before')`),
    ...toBulks(progress).map((bulk) =>
      log
        .prepare(
          `UPDATE delivery SET state = value ->> 'state', attempt = value ->> 'attempt', next = value ->> 'next',
             reason = value ->> 'reason', probed = coalesce(value ->> 'probed', probed), attempts = ${ATTEMPTS}
           FROM json_each(?1) WHERE ${MATCHES} AND delivery.attempt = value ->> 'before'`,
        )
        .bind(bulk),
    ),
  ]);
  return updated.reduce((sum, { meta }) => sum + meta.changes, 0);
}
