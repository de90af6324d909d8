import type { ReplayId } from "./id.ts";
import type { AskedReplay } from "./replay.ts";

/** Who asks for a replay, and why. */
export interface ReplayCall {
  readonly id: ReplayId;
  readonly who: string;
  readonly reason: string | undefined;
  readonly asked: AskedReplay;
}

/** Writes a replay down that is to count; its first page is due. Rejects when the log cannot be written. */
export async function createReplay(log: D1Database, call: ReplayCall, now: number): Promise<void> {
  const { id, who, reason = null, asked } = call;
  await log
    .prepare("INSERT INTO replay (id, who, reason, asked, state, step, due) VALUES (?1, ?2, ?3, ?4, 'counting', 0, ?5)")
    .bind(id, who, reason, JSON.stringify(asked), now)
    .run();
}

/** The statement that writes a replay of one event down, after its deliveries in the same transaction. */
export function insertDone(log: D1Database, call: ReplayCall, receipt: string, now: number): D1PreparedStatement {
  const { id, who, reason = null, asked } = call;
  return log
    .prepare(
      `INSERT INTO replay
         (id, who, reason, asked, state, step, events, deliveries, destinations, begun, started, starter, ended)
       SELECT ?1, ?2, ?3, ?4, 'done', 1, min(1, count(*)), count(*), json_group_object(destination, 1), count(*), ?5, ?2, ?5
       FROM delivery WHERE receipt = ?6 AND replay = ?1`,
    )
    .bind(id, who, reason, JSON.stringify(asked), now, receipt);
}
