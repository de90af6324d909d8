import { setTimeout as wait } from "node:timers/promises";

/** Waits until something holds, looking every `lookMs`, or until `deadline`, milliseconds since the epoch, has passed. */
export async function until(deadline: number, lookMs: number, holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds()) && Date.now() < deadline) await wait(lookMs);
}
