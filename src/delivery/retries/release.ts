import type { WaitingDelivery } from "../../log/deliveries/deliveries.ts";
import { releaseHeld, releaseProbes } from "../../log/deliveries/held.ts";
import { logLine } from "../../platform/log-line.ts";
import { sendWakeUps } from "../wake-up.ts";

/** This many are released at once when a destination is well again; each that is delivered then draws one more. */
const MAX_RELEASED = 500;

/** Lets held deliveries of a destination go on, the first in turn first. Never rejects: cron comes back to it. */
export function release(
  env: Pick<Env, "LOG" | "RETRIES">,
  destination: string,
  limit: number = MAX_RELEASED,
): Promise<number> {
  return wake(env, destination, (now) => releaseHeld(env.LOG, destination, limit, now));
}

/** The same for a destination that is well again; those that failed as its probes need not wait any longer either. */
export async function releaseAll(env: Pick<Env, "LOG" | "RETRIES">, destination: string): Promise<void> {
  await release(env, destination);
  await wake(env, destination, (now) => releaseProbes(env.LOG, destination, now));
}

async function wake(
  { RETRIES }: Pick<Env, "RETRIES">,
  destination: string,
  releasing: (now: number) => Promise<readonly WaitingDelivery[]>,
): Promise<number> {
  const now = Date.now();
  try {
    const released = await releasing(now);
    await sendWakeUps(
      RETRIES,
      released.map((delivery) => ({ ...delivery, next: now })),
      now,
    );
    return released.length;
  } catch {
    logLine("warn", "delivery.not_released", { destination });
    return 0;
  }
}
