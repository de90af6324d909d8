import { sendWakeUps } from "../delivery/wake-up.ts";
import { postpone, readOverdue } from "../log/deliveries/waiting.ts";
import { MAX_QUEUE_MESSAGES } from "../platform/queue-limits.ts";
import { pausedNow } from "./paused-now.ts";
import type { Tick } from "./tick.ts";

/** A wake-up that is this late was lost. */
const LATE_MS = 60_000;
const WAKE_AGAIN_MS = 5 * 60_000;
const MAX_WAKE_UPS = 500;

/** Wakes deliveries whose wake-up was lost. What the queue does not take is left as it is, and no row written for it. */
export async function wakeOverdue({ env, relay, now, requests }: Tick): Promise<void> {
  const except = await pausedNow(env, relay, now);
  const overdue = await readOverdue(env.LOG, { before: now - LATE_MS, limit: MAX_WAKE_UPS, except });
  if (overdue.length === 0) return;
  const due = overdue.map((delivery) => ({ ...delivery, next: now }));
  const woken = await sendWakeUps(env.RETRIES, due, now);
  requests.count(Math.ceil((woken + 1) / MAX_QUEUE_MESSAGES));
  if (woken > 0) await postpone(env.LOG, overdue.slice(0, woken), now + WAKE_AGAIN_MS);
}
