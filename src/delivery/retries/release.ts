import { releaseHeld } from "../../log/deliveries/held.ts";
import { logLine } from "../../platform/log-line.ts";
import { sendWakeUps } from "../wake-up.ts";

/** This many are released at once when a destination is well again; each that is delivered then draws one more. */
export const MAX_RELEASED = 500;

/** Lets held deliveries of a destination go on, the first in turn first. Never rejects: cron comes back to it. */
export async function release(
  env: Pick<Env, "LOG" | "RETRIES">,
  destination: string,
  limit: number = MAX_RELEASED,
): Promise<number> {
  const now = Date.now();
  try {
    const released = await releaseHeld(env.LOG, destination, limit, now);
    await sendWakeUps(
      env.RETRIES,
      released.map((delivery) => ({ ...delivery, next: now })),
      now,
    );
    return released.length;
  } catch {
    logLine("warn", "delivery.not_released", { destination });
    return 0;
  }
}
