import * as z from "zod";
import { sortRows } from "../platform/d1/sort-rows.ts";
import type { Deed } from "./audit/entry.ts";
import { writeAudited } from "./audit/write.ts";

/** A pause holds whatever else its row says. */
const row = z.object({
  destination: z.string(),
  since: z.number().catch(0),
  reason: z.string().catch("unknown"),
  who: z.string().nullable().catch(null),
});

/**
 * A destination that gets nothing until it is resumed. `since`: milliseconds since the epoch; `who` paused it, null where
 * the relay itself did.
 */
export type Pause = z.infer<typeof row>;

/** Every pause in force. Rejects when the log cannot be read. */
export async function readPauses(log: D1Database): Promise<Pause[]> {
  const { results } = await log.prepare("SELECT destination, since, reason, who FROM pause").all();
  return sortRows(row, results).read;
}

/**
 * Writes a pause down; one that stands already is kept. Rejects when the log cannot be written.
 * @param deed what the audit tells of it; the relay's own pauses are not told there
 */
export async function putPause(
  log: D1Database,
  { destination, since, reason, who }: Pause,
  deed?: Deed,
): Promise<void> {
  const statement = log
    .prepare("INSERT INTO pause (destination, since, reason, who) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING")
    .bind(destination, since, reason, who);
  await (deed === undefined ? statement.run() : writeAudited(log, [statement], deed, since));
}

/**
 * Ends a pause. The audit tells of it, whether one stood there or not: who resumes closes the breaker, too. Rejects when
 * the log cannot be written.
 * @param now milliseconds since the epoch
 */
export async function deletePause(log: D1Database, destination: string, deed: Deed, now: number): Promise<void> {
  const statement = log.prepare("DELETE FROM pause WHERE destination = ?1").bind(destination);
  await writeAudited(log, [statement], deed, now, "always");
}
