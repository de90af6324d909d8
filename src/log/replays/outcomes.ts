import * as z from "zod";
import { deliveryState } from "../deliveries/state.ts";
import type { ReplayId } from "./id.ts";

/** Deliveries of one state that are counted in one request; a request examines 20,000 rows. */
const MAX_COUNTED = 4500;

const row = z.object({ state: deliveryState, destination: z.string(), deliveries: z.number() });

/** How the deliveries that a replay began stand. `more`: too many to be counted, each number is the least. */
export interface Outcomes {
  readonly waiting: number;
  readonly delivered: number;
  readonly dead: number;
  readonly expired: number;
  readonly more: boolean;
  /** How many of those counted wait for each destination. */
  readonly waitingFor: ReadonlyMap<string, number>;
}

/**
 * Counts the deliveries that a replay began, of which it may have begun more than one request can count. Those of events
 * that are no longer kept are in no count. Rejects when the log cannot be read.
 */
export async function countOutcomes(log: D1Database, replay: ReplayId, begun: number): Promise<Outcomes> {
  const limited = deliveryState.options.map(
    (state) =>
      `SELECT * FROM (SELECT state, destination FROM delivery WHERE replay = ?1 AND state = '${state}' LIMIT ${MAX_COUNTED})`,
  );
  const { results } = await log
    .prepare(
      `SELECT state, destination, count(*) AS deliveries FROM (${limited.join(" UNION ALL ")}) GROUP BY state, destination`,
    )
    .bind(replay)
    .all();
  const rows = z.array(row).parse(results);
  const count = (state: string) =>
    rows.filter((found) => found.state === state).reduce((sum, { deliveries }) => sum + deliveries, 0);
  const [waiting, dead, expired, delivered] = [count("waiting"), count("dead"), count("expired"), count("delivered")];
  const more = [waiting, dead, expired].some((counted) => counted >= MAX_COUNTED);
  const waits = rows.filter(({ state }) => state === "waiting");
  return {
    waiting,
    dead,
    expired,
    delivered: more || delivered < MAX_COUNTED ? delivered : begun - waiting - dead - expired,
    more,
    waitingFor: new Map(waits.map(({ destination, deliveries }) => [destination, deliveries])),
  };
}
