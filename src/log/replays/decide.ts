import type { Deed } from "../audit/entry.ts";
import { writeAudited } from "../audit/write.ts";
import type { ReplayId } from "./id.ts";

/** Lets a replay that has counted begin, of which the audit tells; false when it does not wait for that. Rejects when the log cannot be written. */
export async function startReplay(log: D1Database, id: ReplayId, deed: Deed, now: number): Promise<boolean> {
  const statement = log
    .prepare(
      `UPDATE replay SET state = 'running', step = step + 1, due = ?3, paced = 0, started = ?3, starter = ?2
       WHERE id = ?1 AND state = 'counted'`,
    )
    .bind(id, deed.who, now);
  const [started] = await writeAudited(log, [statement], deed, now);
  return (started?.meta.changes ?? 0) > 0;
}

/**
 * Ends a replay, of which the audit tells: nothing more of it begins, not even the page that is being written now. False when it has ended by
 * itself. Rejects when the log cannot be written.
 */
export async function cancelReplay(log: D1Database, id: ReplayId, deed: Deed, now: number): Promise<boolean> {
  const statement = log
    .prepare(
      `UPDATE replay SET state = 'cancelled', step = step + 1, due = NULL, ended = ?3, ender = ?2
       WHERE id = ?1 AND state IN ('counting', 'counted', 'running')`,
    )
    .bind(id, deed.who, now);
  const [cancelled] = await writeAudited(log, [statement], deed, now);
  return (cancelled?.meta.changes ?? 0) > 0;
}
