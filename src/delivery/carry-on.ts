import { logLine } from "../log/line.ts";
import { inTime } from "./in-time.ts";
import type { Received } from "./receive-messages.ts";
import type { Attempted } from "./settlement.ts";

const AGAIN_AFTER = 10;
/** One event that the log never takes must not keep from it those that came along; seconds. */
const SPREAD = 20;

/**
 * When the log cannot take down what was attempted, the results travel on with their webhooks as new messages, so that
 * no receiver gets the same again. Returns the messages that are done with; the others must come again themselves.
 */
export async function carryOn(
  queue: Queue,
  webhooks: readonly Received[],
  attempted: readonly Attempted[],
): Promise<Message[]> {
  const results = new Map(attempted.map((event) => [event.message.receipt, event.results]));
  const carried = webhooks.filter(({ message }) => results.has(message.receipt));
  const done: Message[] = [];
  try {
    for (const { queued, message } of carried) {
      const delaySeconds = AGAIN_AFTER + Math.floor(Math.random() * SPREAD);
      await inTime(queue.send({ ...message, results: results.get(message.receipt) }, { delaySeconds }));
      done.push(queued);
    }
  } catch {
    logLine("error", "fan_out.not_carried_on", { events: carried.length - done.length });
  }
  return done;
}
