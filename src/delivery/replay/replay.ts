import { type RecordedReplay, type Replay, recordReplays } from "../../log/deliveries/replays.ts";
import type { ReplayCall } from "../../log/replays/create.ts";
import { sendWakeUps } from "../wake-up.ts";

/** An event and a destination that is to get it again: the same bytes under the same id. */
export type Again = Omit<Replay, "next">;

/** Spreads replays over time, so that a destination that was down is not run over when it is back. */
export function spread(again: readonly Again[], perSecond: number, start: number): Replay[] {
  return again.map((delivery, position) => ({ ...delivery, next: start + Math.floor((position * 1000) / perSecond) }));
}

/**
 * Replays deliveries, the first at once. Rejects when the log cannot be written; nothing is sent then.
 * @param call who asks for it, where it is written down as a replay of its own
 */
export async function replay(
  env: Pick<Env, "LOG" | "RETRIES">,
  again: readonly Again[],
  perSecond: number,
  now: number,
  call?: ReplayCall,
): Promise<RecordedReplay[]> {
  if (again.length === 0) return [];
  const recorded = await recordReplays(env.LOG, spread(again, perSecond, now), now, call);
  await wakeReplays(env.RETRIES, recorded, now);
  return recorded;
}

/** Wakes replays that were written down, each at its time. */
export async function wakeReplays(queue: Queue, recorded: readonly RecordedReplay[], now: number): Promise<void> {
  await sendWakeUps(
    queue,
    recorded.map((delivery) => ({ ...delivery, attempt: 0 })),
    now,
  );
}
