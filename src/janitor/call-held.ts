import { callProbes } from "../delivery/wake-up.ts";
import { destinationsHolding } from "../log/deliveries/held.ts";
import { MAX_QUEUE_MESSAGES } from "../platform/queue-limits.ts";
import { pausedNow } from "./paused-now.ts";
import type { Tick } from "./tick.ts";

/** One held delivery of each destination asks the gate; if it may pass, it draws the others after it. */
export async function callHeld({ env, relay, now, requests }: Tick): Promise<void> {
  const paused = new Set(await pausedNow(env, relay, now));
  const holding = await destinationsHolding(env.LOG);
  const called = holding.filter((destination) => !paused.has(destination));
  requests.count(Math.ceil(called.length / MAX_QUEUE_MESSAGES));
  await callProbes(env.RETRIES, called);
}
