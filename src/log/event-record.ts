import * as z from "zod";
import type { HookEvent } from "../events/envelope.ts";
import { readEvents } from "./events.ts";
import { deliveryState } from "./run-states.ts";

const firstResult = z.looseObject({
  state: deliveryState,
  attempt: z.number(),
  at: z.number(),
  next: z.number().optional(),
  reason: z.string().optional(),
});
const attempt = z.looseObject({ n: z.number(), at: z.number() });
const deliveryRow = z.object({
  destination: z.string(),
  run: z.number(),
  state: deliveryState,
  attempt: z.number(),
  next: z.number().nullable(),
  reason: z.string().nullable(),
  attempts: z.string().transform((text) => z.array(attempt).parse(JSON.parse(text))),
});
const eventRow = z.object({
  source: z.string(),
  key: z.string(),
  results: z.string().transform((text) => z.record(z.string(), firstResult).parse(JSON.parse(text))),
});
const receiptRow = z.object({ receipt: z.string() });
const correctionRow = z.object({ id: z.string() });

/** Of each kind, more are not told. */
const MOST = 1000;

/** A delivery as the log knows it: by its row, or by its first attempt alone. Times are milliseconds since the epoch. */
export type DeliveryRecord = z.infer<typeof deliveryRow>;

/** All that the log knows of an event. */
export interface EventRecord {
  readonly receipt: string;
  readonly source: string;
  readonly key: string;
  readonly event: HookEvent;
  readonly deliveries: readonly DeliveryRecord[];
  /** Receipts of the webhooks that repeated it. */
  readonly duplicates: readonly string[];
  /** Ids of the events that correct it. */
  readonly corrections: readonly string[];
}

/** Reads what the log knows of an event; undefined when it knows none. Rejects when the log cannot be read. */
export async function readEventRecord(log: D1Database, receipt: string): Promise<EventRecord | undefined> {
  const event = (await readEvents(log, [receipt])).get(receipt);
  if (event === undefined) return undefined;
  const [events, deliveries, duplicates, corrections] = await log.batch([
    log.prepare("SELECT source, key, results FROM event WHERE receipt = ?1").bind(receipt),
    log
      .prepare(
        `SELECT destination, run, state, attempt, next, reason, attempts FROM delivery
         WHERE receipt = ?1 ORDER BY destination, run LIMIT ${MOST}`,
      )
      .bind(receipt),
    log.prepare(`SELECT receipt FROM duplicate WHERE first = ?1 ORDER BY receipt LIMIT ${MOST}`).bind(receipt),
    log.prepare(`SELECT id FROM correction WHERE corrects = ?1 ORDER BY receipt LIMIT ${MOST}`).bind(event.id),
  ]);
  const { source, key, results } = eventRow.parse(events?.results[0]);
  const rows = z.array(deliveryRow).parse(deliveries?.results);
  return {
    receipt,
    source,
    key,
    event,
    deliveries: [...firstOnly(results, rows), ...rows],
    duplicates: z
      .array(receiptRow)
      .parse(duplicates?.results)
      .map(({ receipt }) => receipt),
    corrections: z
      .array(correctionRow)
      .parse(corrections?.results)
      .map(({ id }) => id),
  };
}

/** Deliveries that their first attempt settled have no row. */
function firstOnly(
  results: z.infer<typeof eventRow>["results"],
  rows: readonly DeliveryRecord[],
): readonly DeliveryRecord[] {
  const hasRow = new Set(rows.filter(({ run }) => run === 0).map(({ destination }) => destination));
  return Object.entries(results)
    .filter(([destination]) => !hasRow.has(destination))
    .map(([destination, { state, attempt: made, next, reason = null, ...rest }]) => ({
      destination,
      run: 0,
      state,
      attempt: made,
      next: next ?? null,
      reason,
      attempts: made === 0 ? [] : [{ n: made, ...rest, reason }],
    }));
}
