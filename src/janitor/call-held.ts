import { callProbes } from "../delivery/wake-up.ts";
import { destinationsHolding } from "../log/deliveries/held.ts";
import { pausedNow } from "./paused-now.ts";
import type { Tick } from "./tick.ts";

const PROBES_PER_REQUEST = 100;

/** One held delivery of each destination asks the gate; if it may pass, it draws the others after it. */
export async function callHeld({ env, relay, now, requests }: Tick): Promise<void> {
  const paused = new Set(await pausedNow(env, relay, now));
  const holding = await destinationsHolding(env.LOG);
  const called = holding.filter((destination) => !paused.has(destination));
  requests.count(Math.ceil(called.length / PROBES_PER_REQUEST));
  await callProbes(env.RETRIES, called);
}
