import type { Deed } from "./entry.ts";
import { writeAudited } from "./write.ts";

const HOUR_MS = 3_600_000;

/**
 * Tells in the audit that somebody is shown values of persons in clear: once an hour for each of them, however much they
 * see. Rejects when the log cannot be written.
 * @param now milliseconds since the epoch
 */
export async function recordClearView(log: D1Database, deed: Deed, now: number): Promise<void> {
  const hour = Math.floor(now / HOUR_MS);
  // Only this hour is asked about: what is older goes with the next that is told.
  const removeOld = log.prepare("DELETE FROM clear_view WHERE hour < ?1").bind(hour);
  const first = log
    .prepare("INSERT INTO clear_view (hour, who) VALUES (?1, ?2) ON CONFLICT DO NOTHING")
    .bind(hour, deed.who);
  await writeAudited(log, [removeOld, first], deed, now);
}
