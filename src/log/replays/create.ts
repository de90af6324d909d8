import type { Deed } from "../audit/entry.ts";
import { writeAudited } from "../audit/write.ts";
import type { ReplayId } from "./id.ts";
import type { AskedReplay } from "./replay.ts";

/** Who asks for a replay, and why. */
export interface ReplayCall {
  readonly id: ReplayId;
  /** As the audit tells of it. */
  readonly deed: Deed;
  readonly asked: AskedReplay;
}

/**
 * Writes a replay down that is to count; its first page is due. The audit tells of it, but for a dry run, of which it tells
 * once that is started. Rejects when the log cannot be written.
 */
export async function createReplay(log: D1Database, call: ReplayCall, now: number): Promise<void> {
  const { id, deed, asked } = call;
  const statement = log
    .prepare("INSERT INTO replay (id, who, reason, asked, state, step, due) VALUES (?1, ?2, ?3, ?4, 'counting', 0, ?5)")
    .bind(id, deed.who, deed.reason ?? null, JSON.stringify(asked), now);
  await (asked.dryRun ? statement.run() : writeAudited(log, [statement], deed, now));
}

/** The statement that writes a replay of one event down, after its deliveries in the same transaction. */
export function insertDone(log: D1Database, call: ReplayCall, receipt: string, now: number): D1PreparedStatement {
  const { id, deed, asked } = call;
  return log
    .prepare(
      `INSERT INTO replay
         (id, who, reason, asked, state, step, events, deliveries, destinations, begun, started, starter, ended)
       SELECT ?1, ?2, ?3, ?4, 'done', 1, min(1, count(*)), count(*), json_group_object(destination, 1), count(*), ?5, ?2, ?5
       FROM delivery WHERE receipt = ?6 AND replay = ?1`,
    )
    .bind(id, deed.who, deed.reason ?? null, JSON.stringify(asked), now, receipt);
}
