import { loadRelay } from "../../config/load-relay.ts";
import { logLine } from "../../platform/log-line.ts";
import type { Called } from "../batch/receive-messages.ts";
import { RequestBudget } from "../batch/request-budget.ts";
import type { BatchWork } from "../batch/trip.ts";
import { inTurns } from "../batch/turns.ts";
import { again, takeCalls } from "./take-calls.ts";

/**
 * A batch of wake-ups and calls for probes: each delivery whose row still waits for just this attempt is attempted once.
 * @param spent requests that the invocation has made before
 */
export async function deliver(calls: readonly Called[], work: BatchWork, spent = 0): Promise<void> {
  const loaded = await loadRelay(work);
  if (loaded.state !== "ready") {
    logLine("error", "deliver.not_ready", { messages: calls.length });
    again(calls);
    return;
  }
  const trip = { ...work, relay: loaded.value, budget: new RequestBudget(work.env, loaded.value.plan, spent) };
  const { together, alone } = inTurns(calls, () => false);
  if (together.length > 0) await takeCalls(together, trip);
  for (const one of alone) await takeCalls([one], trip);
}
