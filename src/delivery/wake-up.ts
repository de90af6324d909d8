import * as z from "zod";
import { type DeliveryKey, deliveryKey } from "../log/deliveries.ts";
import { logLine } from "../log/line.ts";

/** Tells a delivery that its time has come; obeyed only if `attempt` (made so far) matches the row in the log. */
export const wakeUp = deliveryKey.extend({ v: z.literal(1), attempt: z.number() });
export type WakeUp = z.infer<typeof wakeUp>;

const MOST_MESSAGES = 100;
const LONGEST_DELAY = 86_400;

/** Sends wake-ups, each for its time. A failure costs only a minute or two: cron wakes what was not woken. */
export async function sendWakeUps(
  queue: Queue,
  deliveries: readonly (DeliveryKey & { readonly attempt: number; readonly next: number })[],
  now: number,
): Promise<void> {
  const messages = deliveries.map(({ receipt, destination, run, attempt, next }) => ({
    body: { v: 1, receipt, destination, run, attempt } satisfies WakeUp,
    delaySeconds: Math.min(Math.max(Math.ceil((next - now) / 1000), 0), LONGEST_DELAY),
  }));
  for (let start = 0; start < messages.length; start += MOST_MESSAGES) {
    try {
      await queue.sendBatch(messages.slice(start, start + MOST_MESSAGES));
    } catch {
      logLine("warn", "wake_up.not_sent", { deliveries: messages.length - start });
      return;
    }
  }
}
