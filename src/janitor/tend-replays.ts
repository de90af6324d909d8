import { callReplays } from "../delivery/wake-up.ts";
import { type DueReplay, lookAtReplays, noteCalled } from "../log/replays/overdue.ts";
import { removeReplays } from "../log/replays/remove.ts";
import type { Tick } from "./tick.ts";

/** A call that is this late was lost. */
const LATE_MS = 60_000;
const CALL_AGAIN_MS = 5 * 60_000;
const MAX_CALLS = 20;

/**
 * Calls for pages of replays whose call was lost, and removes replays that were asked for before a time, milliseconds
 * since the epoch. Where there is nothing to do, that is one request.
 */
export async function tendReplays(tick: Tick, before: number): Promise<void> {
  const { env, now } = tick;
  const { overdue, old } = await lookAtReplays(env.LOG, { late: now - LATE_MS, before, limit: MAX_CALLS });
  if (overdue.length > 0) await callAgain(overdue, tick);
  if (old) await removeReplays(env.LOG, before);
}

/** What the queue does not take is left as it is, and no row written for it. */
async function callAgain(overdue: readonly DueReplay[], { env, now, requests }: Tick): Promise<void> {
  requests.count(1);
  const called = await callReplays(
    env.RETRIES,
    overdue.map((replay) => ({ ...replay, due: now })),
    now,
  );
  const ids = overdue.slice(0, called).map(({ id }) => id);
  if (called > 0) await noteCalled(env.LOG, ids, now, now + CALL_AGAIN_MS);
}
