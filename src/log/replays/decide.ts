import type { ReplayId } from "./id.ts";

/** Lets a replay that has counted begin; false when it does not wait for that. Rejects when the log cannot be written. */
export async function startReplay(log: D1Database, id: ReplayId, who: string, now: number): Promise<boolean> {
  const { meta } = await log
    .prepare(
      `UPDATE replay SET state = 'running', step = step + 1, due = ?3, paced = 0, started = ?3, starter = ?2
       WHERE id = ?1 AND state = 'counted'`,
    )
    .bind(id, who, now)
    .run();
  return meta.changes > 0;
}

/**
 * Ends a replay: nothing more of it begins, not even the page that is being written now. False when it has ended by
 * itself. Rejects when the log cannot be written.
 */
export async function cancelReplay(log: D1Database, id: ReplayId, who: string, now: number): Promise<boolean> {
  const { meta } = await log
    .prepare(
      `UPDATE replay SET state = 'cancelled', step = step + 1, due = NULL, ended = ?3, ender = ?2
       WHERE id = ?1 AND state IN ('counting', 'counted', 'running')`,
    )
    .bind(id, who, now)
    .run();
  return meta.changes > 0;
}
