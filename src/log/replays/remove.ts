import { replayIdAt } from "./id.ts";

/** Rows removed in one step. */
const STEP_ROWS = 500;

/** Replays asked for before `?1` that are at their end, or were never started. */
export const OLD_REPLAYS = "FROM replay WHERE id < ?1 AND due IS NULL";

/**
 * Removes replays asked for before a time, milliseconds since the epoch; one that goes on stays. Rejects when the log
 * cannot be written.
 */
export async function removeReplays(log: D1Database, before: number): Promise<void> {
  const old = `SELECT id ${OLD_REPLAYS} ORDER BY id LIMIT ${STEP_ROWS}`;
  await log.batch(
    [`DELETE FROM replay_part WHERE replay IN (${old})`, `DELETE FROM replay WHERE id IN (${old})`].map((sql) =>
      log.prepare(sql).bind(replayIdAt(before)),
    ),
  );
}
