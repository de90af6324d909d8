import type { Destination } from "../config/load.ts";
import type { Lookup } from "../config/reference.ts";
import type { HookEvent } from "../events/envelope.ts";
import type { FirstResult } from "../intake/message.ts";
import { logLine } from "../log/line.ts";
import { attemptDelivery } from "./attempt.ts";
import { runInLanes } from "./lanes.ts";
import { isExpired, nextStep, type Outcome } from "./retry.ts";

/** An event on its way to one destination for the first time. */
export interface FirstOrder {
  readonly event: HookEvent;
  readonly receipt: string;
  readonly destination: Destination;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** A first attempt holds up its whole batch, so it may not take long; milliseconds. */
const FIRST_TIMEOUT = 5000;
/** The Free plan allows 50 requests for one invocation, the log and the queue included. */
const MOST_REQUESTS = 40;
/** How long a destination that timed out is left to the retries at once; milliseconds. */
const SLOW_FOR = 60_000;
const PAUSE_CHECK = 60_000;

/** Destinations that timed out lately, as this isolate saw it: until when they count as slow. */
const slowUntil = new Map<string, number>();

/** Makes the first attempts of a batch; what is slow, paused or over the limit is left to the retries, untried. */
export async function makeFirstAttempts(
  orders: readonly FirstOrder[],
  lookup: Lookup,
): Promise<ReadonlyMap<FirstOrder, FirstResult>> {
  const results = new Map<FirstOrder, FirstResult>();
  let requests = 0;
  await runInLanes(orders, async (order) => {
    const { destination, event, receivedAt } = order;
    const now = Date.now();
    const untried = { attempt: 0, at: now, ms: 0 };
    if (isExpired(destination.expireAfter, event.type, receivedAt, now)) {
      results.set(order, { ...untried, state: "expired", reason: "expired" });
    } else if (destination.paused) {
      results.set(order, { ...untried, state: "waiting", next: now + PAUSE_CHECK, reason: "paused" });
    } else if (requests >= MOST_REQUESTS || now < (slowUntil.get(destination.id) ?? 0)) {
      results.set(order, { ...untried, state: "waiting", next: now, reason: "handed_over" });
    } else {
      requests += 1;
      results.set(order, await attemptFirst(order, lookup, now));
    }
  });
  return results;
}

async function attemptFirst({ event, destination, receipt }: FirstOrder, lookup: Lookup, now: number) {
  const timeoutMs = Math.min(destination.timeoutMs, FIRST_TIMEOUT);
  const outcome = await attemptDelivery({ event, destination, attempt: 1, run: 0, timeoutMs }, lookup, now);
  const settledAt = Date.now();
  if (outcome.kind === "failed" && outcome.reason === "timeout") slowUntil.set(destination.id, settledAt + SLOW_FOR);
  const step = nextStep(outcome, 1, destination.retry.delays, settledAt, Math.random());
  const result: FirstResult = { attempt: 1, at: now, ms: settledAt - now, ...statusOf(outcome), ...step };
  if (step.state !== "delivered") {
    const { ms, status, reason } = result;
    logLine("warn", "delivery.attempted", {
      receipt,
      destination: destination.id,
      attempt: 1,
      state: step.state,
      status,
      reason,
      ms,
    });
  }
  return result;
}

/** The status of an outcome, if there was an answer. */
export function statusOf(outcome: Outcome): { status?: number } {
  return outcome.kind === "answered" ? { status: outcome.status } : {};
}
