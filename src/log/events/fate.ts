import * as z from "zod";
import { isEventId } from "../../events/event-id.ts";

const eventRow = z.object({ id: z.string() });
const duplicateRow = z.object({ id: z.string(), first: z.string() });
const failureRow = z.object({ reason: z.string() });
const spoolRow = z.object({ spooled: z.number() });

/** What became of an accepted webhook. `first`: the receipt that became the event. */
export type Fate =
  | { readonly state: "event"; readonly event: string }
  | { readonly state: "duplicate"; readonly event: string; readonly first: string }
  | { readonly state: "failed"; readonly reason: string }
  | { readonly state: "waiting" };

/** Looks a receipt up; undefined when the log does not know it. Rejects when the log cannot be read. */
export async function readFate(log: D1Database, receipt: string): Promise<Fate | undefined> {
  const [events, duplicates, failures, spool] = await log.batch([
    log.prepare("SELECT id FROM event WHERE receipt = ?1").bind(receipt),
    log.prepare("SELECT id, first FROM duplicate WHERE receipt = ?1").bind(receipt),
    log.prepare("SELECT reason FROM failure WHERE receipt = ?1").bind(receipt),
    log.prepare("SELECT 1 AS spooled FROM spool WHERE receipt = ?1").bind(receipt),
  ]);
  const [event] = z.array(eventRow).parse(events?.results);
  if (event !== undefined) return { state: "event", event: event.id };
  const [duplicate] = z.array(duplicateRow).parse(duplicates?.results);
  if (duplicate !== undefined) return { state: "duplicate", event: duplicate.id, first: duplicate.first };
  const [failure] = z.array(failureRow).parse(failures?.results);
  if (failure !== undefined) return { state: "failed", reason: failure.reason };
  return z.array(spoolRow).parse(spool?.results).length > 0 ? { state: "waiting" } : undefined;
}

const claimRow = z.object({ receipt: z.string() });

/** The receipt of the event that an event id or a receipt leads to; a duplicate leads to the event that it repeats. */
export async function findReceipt(log: D1Database, id: string): Promise<string | undefined> {
  if (isEventId(id)) {
    const found = await log.prepare("SELECT receipt FROM claim WHERE id = ?1").bind(id).first();
    return found === null ? undefined : claimRow.parse(found).receipt;
  }
  const fate = await readFate(log, id);
  if (fate?.state === "duplicate") return fate.first;
  return fate?.state === "event" ? id : undefined;
}

/** The newest webhook since a receipt that became no event. Rejects when the log cannot be read. */
export async function readLastFailure(log: D1Database, since: string): Promise<string | undefined> {
  const found = await log
    .prepare("SELECT receipt FROM failure WHERE receipt >= ?1 ORDER BY receipt DESC LIMIT 1")
    .bind(since)
    .first();
  return found === null ? undefined : claimRow.parse(found).receipt;
}
