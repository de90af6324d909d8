import type { EventId } from "../../events/event-id.ts";

/** Removes an event that nobody was sent, and its claim; what was counted of it stays. Rejects when the log cannot be written. */
export async function removeEvent(log: D1Database, receipt: string, id: EventId): Promise<void> {
  await log.batch([
    log.prepare("DELETE FROM event WHERE receipt = ?1 AND due = 0").bind(receipt),
    log.prepare("DELETE FROM claim WHERE id = ?1 AND receipt = ?2").bind(id, receipt),
  ]);
}
