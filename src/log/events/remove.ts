import * as z from "zod";
import { type EventId, eventId } from "../../events/event-id.ts";

const row = z.object({ id: eventId });

/** The event that a webhook became; undefined while it is none. Rejects when the log cannot be read. */
export async function findEvent(log: D1Database, receipt: string): Promise<EventId | undefined> {
  const found = await log.prepare("SELECT id FROM event WHERE receipt = ?1").bind(receipt).first();
  return found === null ? undefined : row.parse(found).id;
}

/**
 * Removes a webhook that nobody was sent: its event with the claim, or what of it waits for the queue; what was counted of
 * it stays. Rejects when the log cannot be written.
 */
export async function removeWebhook(log: D1Database, receipt: string): Promise<void> {
  await log.batch([
    log
      .prepare("DELETE FROM claim WHERE id = (SELECT id FROM event WHERE receipt = ?1) AND receipt = ?1")
      .bind(receipt),
    log.prepare("DELETE FROM event WHERE receipt = ?1 AND due = 0").bind(receipt),
    log.prepare("DELETE FROM spool WHERE receipt = ?1").bind(receipt),
  ]);
}
