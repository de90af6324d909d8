import { encodeTime, ulid } from "ulid";
import * as z from "zod";
import { shown } from "../../platform/shown.ts";

const PREFIX = "rpl_";

/** The id of one replay: `rpl_` and a ULID. Ids sort by the time at which it was asked for. */
export type ReplayId = `${typeof PREFIX}${string}`;

/** An id that was given out, as the log keeps it. */
export const replayId = z.templateLiteral([PREFIX, z.string()]).register(shown, { as: "open" });

/** An id that sorts after every one. */
export const LAST_REPLAY: ReplayId = `${PREFIX}~`;

/** The id of a replay that is asked for now. `now`: milliseconds since the epoch. */
export function newReplayId(now: number): ReplayId {
  return `${PREFIX}${ulid(now)}`;
}

/** Comes before every id given out at or after a time, in milliseconds since the epoch. */
export function replayIdAt(time: number): ReplayId {
  return `${PREFIX}${encodeTime(Math.max(0, time))}`;
}
