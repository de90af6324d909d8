import * as z from "zod";
import { receiptAt } from "../events/receipt.ts";
import { DAY_MS, dayOf } from "../platform/time/instant.ts";
import { removeRefusedRequests } from "./counts/refused-requests.ts";

/** Rows removed of each kind in one step. */
const STEP_ROWS = 500;
const REFUSED_REQUESTS_KEPT_MS = 7 * DAY_MS;

const oldest = z.object({ receipt: z.string() });

/** What is old. */
export interface Retention {
  /** What was accepted before that goes; milliseconds since the epoch. */
  readonly before: number;
  readonly now: number;
  /** From how many bytes on the database counts as nearly full. */
  readonly full: number;
  /** How many steps are made at most. */
  readonly steps: number;
}

/**
 * Removes what is old, in bounded steps, and what was refused over a week ago; from a database that is nearly full, the
 * oldest events even if they are not old. An event whose delivery still waits stays, and one that is held.
 */
export async function removeOlder(log: D1Database, { before, now, full, steps }: Retention): Promise<void> {
  await log.batch([
    log.prepare("DELETE FROM rejection WHERE day < ?1").bind(dayOf(before)),
    log.prepare("DELETE FROM drift WHERE last < ?1").bind(before),
    log.prepare("DELETE FROM unknown_project WHERE first < ?1").bind(before),
    removeRefusedRequests(log, now - REFUSED_REQUESTS_KEPT_MS),
  ]);
  for (let step = 0; step < steps; step++) if (!(await removeStep(log, before, full))) break;
}

/** Whether the step was a full one, so that there may be more. */
async function removeStep(log: D1Database, before: number, full: number): Promise<boolean> {
  const limit = (await sizeOf(log)) > full ? await nextOldest(log) : undefined;
  const receipt = limit ?? receiptAt(before);
  const old = `SELECT receipt FROM event WHERE receipt < ?1 AND hold = 0
    AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.receipt = event.receipt AND state = 'waiting')
    ORDER BY receipt LIMIT ${STEP_ROWS}`;
  const [, , ...removed] = await log.batch([
    log.prepare(`DELETE FROM claim WHERE id IN (SELECT id FROM event WHERE receipt IN (${old}))`).bind(receipt),
    log.prepare(`DELETE FROM delivery WHERE receipt IN (${old})`).bind(receipt),
    log.prepare(`DELETE FROM event WHERE receipt IN (${old})`).bind(receipt),
    ...["duplicate", "failure", "correction", "mention"].map((table) =>
      log
        .prepare(
          `DELETE FROM ${table} WHERE receipt IN (SELECT receipt FROM ${table} WHERE receipt < ?1 ORDER BY receipt LIMIT ${STEP_ROWS})`,
        )
        .bind(receipt),
    ),
  ]);
  return removed.some(({ meta }) => meta.changes >= STEP_ROWS);
}

async function sizeOf(log: D1Database): Promise<number> {
  const { meta } = await log.prepare("SELECT 1").run();
  return meta.size_after;
}

/** The receipt after the oldest step of events. */
async function nextOldest(log: D1Database): Promise<string | undefined> {
  const found = await log.prepare(`SELECT receipt FROM event ORDER BY receipt LIMIT 1 OFFSET ${STEP_ROWS}`).first();
  return found === null ? undefined : oldest.parse(found).receipt;
}
