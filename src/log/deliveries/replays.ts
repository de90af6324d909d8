import * as z from "zod";
import { acceptedAt } from "../../events/receipt.ts";
import { hourOf } from "../../platform/time/instant.ts";
import { writeAudited } from "../audit/write.ts";
import { countFlow } from "../ledger/flow.ts";
import { addToTally } from "../ledger/tally.ts";
import { insertDone, type ReplayCall } from "../replays/create.ts";
import type { ReplayId } from "../replays/id.ts";
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

/** What begins deliveries again. `only`: those whose latest run ended so, whatever was known when they were found. */
export interface BegunBy {
  readonly replay?: ReplayId | undefined;
  readonly only?: "dead" | "expired" | undefined;
}

/**
 * Writes replays down as deliveries of their own and counts them, both or neither; those of one event with who asked for
 * them, of which the audit tells. An event that is no longer kept is left out. `expireAfter` counts from `now`. Rejects when the log cannot be
 * written.
 */
export async function recordReplays(
  log: D1Database,
  replays: readonly Replay[],
  now: number,
  call?: ReplayCall,
): Promise<RecordedReplay[]> {
  const [first] = replays;
  const statements = insertReplays(log, replays, now, { replay: call?.id });
  const [, inserted] =
    call === undefined || first === undefined
      ? await log.batch(statements)
      : await writeAudited(log, [...statements, insertDone(log, call, first.receipt, now)], call.deed, now);
  return z.array(replayRow).parse(inserted?.results);
}

const OF_VALUE = "delivery.receipt = value ->> 'receipt' AND delivery.destination = value ->> 'destination'";
const IS_KEPT = "EXISTS (SELECT 1 FROM event WHERE event.receipt = value ->> 'receipt')";

/** The statements that do so, for a transaction; the second returns the replays. */
export function insertReplays(
  log: D1Database,
  replays: readonly Replay[],
  now: number,
  { replay, only }: BegunBy = {},
): D1PreparedStatement[] {
  const isMeant = only === undefined ? IS_KEPT : `${IS_KEPT} AND ${endedAs(only)}`;
  const additions = replays.map(({ receipt, source, destination }) => ({
    receipt,
    destination,
    source,
    hour: hourOf(acceptedAt(receipt)),
    replay_due: 1,
    flow: countFlow([{ destination, due: true }]),
    flowHour: hourOf(now),
  }));
  return [
    addToTally(log, additions, isMeant),
    log
      .prepare(
        `INSERT INTO delivery
           (receipt, destination, run, source, type, state, attempt, next, since, reason, attempts, replay)
         SELECT value ->> 'receipt', value ->> 'destination',
           1 + coalesce((SELECT max(run) FROM delivery WHERE ${OF_VALUE}), 0),
           value ->> 'source', value ->> 'type', 'waiting', 0, value ->> 'next', ?2, 'replay', '[]', ?3
         FROM json_each(?1) WHERE ${isMeant}
         RETURNING receipt, destination, run, next`,
      )
      .bind(JSON.stringify(replays), now, replay ?? null),
  ];
}

/** A delivery that another replay has begun meanwhile waits, and is not begun twice. */
function endedAs(state: "dead" | "expired"): string {
  return `NOT EXISTS (SELECT 1 FROM delivery WHERE ${OF_VALUE} AND state = 'waiting')
    AND '${state}' = (SELECT state FROM delivery WHERE ${OF_VALUE} ORDER BY run DESC LIMIT 1)`;
}
