import * as z from "zod";
import { beat } from "../log/beats.ts";
import { type DeliveryKey, deliveryKey } from "../log/deliveries/deliveries.ts";
import { logLine } from "../platform/log-line.ts";
import { MAX_QUEUE_MESSAGES } from "../platform/queue-limits.ts";
import { sendInTime } from "../platform/send-in-time.ts";

/** Tells a delivery that its time has come; obeyed only if `attempt` (made so far) matches the row in the log. */
export const wakeUp = deliveryKey.extend({ v: z.literal(1), attempt: z.number() });
export type WakeUp = z.infer<typeof wakeUp>;

/** Calls for a probe: the held delivery of a destination whose turn it is asks the gate whether it may pass. */
export const probeCall = z.object({ v: z.literal(1), probe: z.string() });
export type ProbeCall = z.infer<typeof probeCall>;

/** Calls for the next page of a replay; obeyed only if `step` matches the row in the log. */
export const replayCall = z.object({ v: z.literal(1), replay: z.string(), step: z.number() });
export type ReplayPageCall = z.infer<typeof replayCall>;

/** Shows that a queue takes messages, and is nothing else. */
export const ping = z.object({ v: z.literal(1), ping: z.literal(true) });
export type Ping = z.infer<typeof ping>;

/** Calls a queue's consumer to show that it runs. */
export const beatCall = z.object({ v: z.literal(1), beat: beat.exclude(["cron"]) });
export type BeatCall = z.infer<typeof beatCall>;

const MAX_DELAY_SECONDS = 86_400;

/**
 * Sends wake-ups, each for its time; returns how many the queue took. A failure costs only a minute or two: cron wakes
 * what was not woken. Never rejects.
 */
export function sendWakeUps(
  queue: Queue,
  deliveries: readonly (DeliveryKey & { readonly attempt: number; readonly next: number })[],
  now: number,
): Promise<number> {
  return sendAll(
    queue,
    deliveries.map(({ receipt, destination, run, attempt, next }) => ({
      body: { v: 1, receipt, destination, run, attempt } satisfies WakeUp,
      delaySeconds: secondsUntil(next, now),
    })),
  );
}

/** Calls for a probe of each destination, now; cron calls again for those that were lost. Returns how many were called. */
export function callProbes(queue: Queue, destinations: readonly string[]): Promise<number> {
  return sendAll(
    queue,
    destinations.map((probe) => ({ body: { v: 1, probe } satisfies ProbeCall })),
  );
}

/** Calls for the next pages of replays, each when it is due; cron calls again for those that were lost. Returns how many were called. */
export function callReplays(
  queue: Queue,
  replays: readonly { readonly id: string; readonly step: number; readonly due: number | null }[],
  now: number,
): Promise<number> {
  return sendAll(
    queue,
    replays.flatMap(({ id, step, due }) =>
      due === null
        ? []
        : { body: { v: 1, replay: id, step } satisfies ReplayPageCall, delaySeconds: secondsUntil(due, now) },
    ),
  );
}

function secondsUntil(next: number, now: number): number {
  return Math.min(Math.max(Math.ceil((next - now) / 1000) || 0, 0), MAX_DELAY_SECONDS);
}

/** Stops at the first refusal: where a queue takes nothing, asking goes on costing. */
async function sendAll(
  queue: Queue,
  messages: readonly MessageSendRequest<WakeUp | ProbeCall | ReplayPageCall>[],
): Promise<number> {
  for (let start = 0; start < messages.length; start += MAX_QUEUE_MESSAGES) {
    try {
      await sendInTime(queue.sendBatch(messages.slice(start, start + MAX_QUEUE_MESSAGES)));
    } catch {
      logLine("warn", "wake_up.not_sent", { messages: messages.length - start });
      return start;
    }
  }
  return messages.length;
}
