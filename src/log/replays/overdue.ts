import * as z from "zod";
import { type ReplayId, replayId, replayIdAt } from "./id.ts";
import { OLD_REPLAYS } from "./remove.ts";

const row = z.object({ id: replayId, step: z.number(), old: z.number() });

/** A replay whose page is due. */
export type DueReplay = Pick<z.infer<typeof row>, "id" | "step">;

/** A page that cron has called for in vain this often ends its replay. */
const MAX_CALLED = 24;

/** What cron looks for: pages that should have come before `late`, replays asked for before `before`. Milliseconds since the epoch. */
export interface ReplaysLook {
  readonly late: number;
  readonly before: number;
  readonly limit: number;
}

/**
 * Replays whose pages are late, those that are late for longest first, and whether there are old ones. Rejects when the
 * log cannot be read.
 */
export async function lookAtReplays(
  log: D1Database,
  { late, before, limit }: ReplaysLook,
): Promise<{ overdue: DueReplay[]; old: boolean }> {
  const { results } = await log
    .prepare(
      `SELECT id, step, 0 AS old FROM (SELECT id, step FROM replay WHERE due < ?2 ORDER BY due LIMIT ?3)
       UNION ALL SELECT id, 0, 1 FROM (SELECT id ${OLD_REPLAYS} LIMIT 1)`,
    )
    .bind(replayIdAt(before), late, limit)
    .all();
  const rows = z.array(row).parse(results);
  return { overdue: rows.filter(({ old }) => old === 0), old: rows.some(({ old }) => old === 1) };
}

/**
 * Notes that cron has called for pages, which are due at `next` then. A replay that never answers is `stuck`, and ends.
 * Rejects when the log cannot be written.
 */
export async function noteCalled(log: D1Database, ids: readonly ReplayId[], now: number, next: number): Promise<void> {
  await log
    .prepare(
      `UPDATE replay SET called = called + 1, due = iif(called < ${MAX_CALLED}, ?3, NULL),
         state = iif(called < ${MAX_CALLED}, state, 'cancelled'), step = iif(called < ${MAX_CALLED}, step, step + 1),
         ended = iif(called < ${MAX_CALLED}, ended, ?2), because = iif(called < ${MAX_CALLED}, because, 'stuck')
       WHERE due IS NOT NULL AND id IN (SELECT value FROM json_each(?1))`,
    )
    .bind(JSON.stringify(ids), now, next)
    .run();
}
