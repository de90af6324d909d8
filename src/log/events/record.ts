import * as z from "zod";
import type { HookEvent } from "../../events/envelope.ts";
import { isObject } from "../../events/json.ts";
import { sourceUri } from "../../events/own-source.ts";
import { sortRows } from "../../platform/d1/sort-rows.ts";
import { readJson } from "../../platform/read-json.ts";
import { deliveryState } from "../deliveries/state.ts";
import { readFrozen } from "./read-events.ts";

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
  replay: z.string().nullable().catch(null),
  who: z.string().nullable().catch(null),
  attempts: z.string().transform((text) => z.array(attempt).catch([]).parse(readJson(text))),
});
const eventRow = z.object({
  id: z.string(),
  source: z.string(),
  type: z.string(),
  subject: z.string().nullable().catch(null),
  time: z.string().catch(""),
  key: z.string().catch(""),
  results: z.string().transform((text) => z.record(z.string(), firstResult).catch({}).parse(readJson(text))),
});
const receiptRow = z.object({ receipt: z.string() });
const correctionRow = z.object({ id: z.string() });

/** More of one kind are not told. */
const MAX_TOLD = 1000;

/** A delivery as the log knows it: by its row, or by its first attempt alone. Times are milliseconds since the epoch. */
export type DeliveryRecord = z.infer<typeof deliveryRow>;

/** An event, or what is left of it. */
export type Told =
  | HookEvent
  | (Pick<HookEvent, "source" | "subject" | "time" | "data"> & { readonly id: string; readonly type: string });

/** All that the log knows of an event. */
export interface EventRecord {
  readonly receipt: string;
  readonly source: string;
  readonly key: string;
  /** The event; where it cannot be read, what its row tells of it, with the warning `event_unreadable`. */
  readonly event: Told;
  readonly deliveries: readonly DeliveryRecord[];
  /** Receipts of the webhooks that repeated it. */
  readonly duplicates: readonly string[];
  /** Ids of the events that correct it. */
  readonly corrections: readonly string[];
}

/** Reads what the log knows of an event; undefined when it knows none. Rejects when the log cannot be read. */
export async function readEventRecord(log: D1Database, receipt: string): Promise<EventRecord | undefined> {
  const frozen = (await readFrozen(log, [receipt])).get(receipt);
  if (frozen === undefined) return undefined;
  const [events, deliveries, duplicates, corrections] = await log.batch([
    log.prepare("SELECT id, source, type, subject, time, key, results FROM event WHERE receipt = ?1").bind(receipt),
    log
      .prepare(
        `SELECT destination, run, state, attempt, next, reason, attempts, replay,
           (SELECT who FROM replay WHERE replay.id = delivery.replay) AS who FROM delivery
         WHERE receipt = ?1 ORDER BY destination, run LIMIT ${MAX_TOLD}`,
      )
      .bind(receipt),
    log.prepare(`SELECT receipt FROM duplicate WHERE first = ?1 ORDER BY receipt LIMIT ${MAX_TOLD}`).bind(receipt),
    log
      .prepare(
        `SELECT id FROM correction WHERE corrects = (SELECT id FROM event WHERE receipt = ?1)
         ORDER BY receipt LIMIT ${MAX_TOLD}`,
      )
      .bind(receipt),
  ]);
  const { key, results, ...row } = eventRow.parse(events?.results[0]);
  const rows = sortRows(deliveryRow, deliveries?.results ?? []).read;
  return {
    receipt,
    source: row.source,
    key,
    event: frozen === "unreadable" || !isObject(frozen.data) ? remains(row) : frozen,
    deliveries: [...firstOnly(results, rows), ...rows],
    duplicates: sortRows(receiptRow, duplicates?.results ?? []).read.map(({ receipt }) => receipt),
    corrections: sortRows(correctionRow, corrections?.results ?? []).read.map(({ id }) => id),
  };
}

/** What the row of an event tells where the event itself cannot be read. */
function remains({ id, source, type, subject, time }: Omit<z.infer<typeof eventRow>, "key" | "results">): Told {
  const about = subject === null ? {} : { subject };
  return { id, source: sourceUri(source), type, ...about, time, data: { warnings: ["event_unreadable"] } };
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
      replay: null,
      who: null,
      attempts: made === 0 ? [] : [{ n: made, ...rest, reason }],
    }));
}
