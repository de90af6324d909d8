import * as z from "zod";
import { type DeliveryKey, deliveryKey } from "../log/deliveries.ts";
import { logLine } from "../log/line.ts";
import { inTime } from "./in-time.ts";

/** Tells a delivery that its time has come; obeyed only if `attempt` (made so far) matches the row in the log. */
export const wakeUp = deliveryKey.extend({ v: z.literal(1), attempt: z.number() });
export type WakeUp = z.infer<typeof wakeUp>;

/** Calls for a probe: the held delivery of a destination whose turn it is asks the gate whether it may pass. */
export const probeCall = z.object({ v: z.literal(1), probe: z.string() });
export type ProbeCall = z.infer<typeof probeCall>;

const MOST_MESSAGES = 100;
const LONGEST_DELAY = 86_400;

/** Sends wake-ups, each for its time. A failure costs only a minute or two: cron wakes what was not woken. */
export async function sendWakeUps(
  queue: Queue,
  deliveries: readonly (DeliveryKey & { readonly attempt: number; readonly next: number })[],
  now: number,
): Promise<void> {
  await sendAll(
    queue,
    deliveries.map(({ receipt, destination, run, attempt, next }) => ({
      body: { v: 1, receipt, destination, run, attempt } satisfies WakeUp,
      delaySeconds: Math.min(Math.max(Math.ceil((next - now) / 1000), 0), LONGEST_DELAY),
    })),
  );
}

/** Calls for a probe of each destination, now. Cron calls again for those that were lost. */
export async function callProbes(queue: Queue, destinations: readonly string[]): Promise<void> {
  await sendAll(
    queue,
    destinations.map((probe) => ({ body: { v: 1, probe } satisfies ProbeCall })),
  );
}

async function sendAll(queue: Queue, messages: readonly MessageSendRequest<WakeUp | ProbeCall>[]): Promise<void> {
  for (let start = 0; start < messages.length; start += MOST_MESSAGES) {
    try {
      await inTime(queue.sendBatch(messages.slice(start, start + MOST_MESSAGES)));
    } catch {
      logLine("warn", "wake_up.not_sent", { messages: messages.length - start });
      return;
    }
  }
}
