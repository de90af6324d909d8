import type { Destination } from "../../config/load-relay.ts";
import type { HookEvent } from "../../events/envelope.ts";
import type { FirstResult } from "../../intake/message.ts";
import type { DeliveryReason } from "../../log/reasons.ts";
import { logLine } from "../../platform/log-line.ts";
import type { AttemptOrder } from "../attempt/attempt.ts";
import { isExpired, nextStep } from "../attempt/next-step.ts";
import { answeredStatus, answerOf } from "../attempt/outcome.ts";
import { attemptBatch, type BatchRules } from "../batch/attempt-batch.ts";
import type { OrderResult } from "../batch/held.ts";

/** An event on its way to one destination for the first time. */
export interface FirstOrder {
  readonly event: HookEvent;
  readonly receipt: string;
  readonly destination: Destination;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** How the first attempts of a batch ended; for the rest see BatchResult. */
export interface FirstAttempts {
  readonly results: ReadonlyMap<FirstOrder, FirstResult>;
  readonly closed: readonly string[];
  readonly ungated: readonly string[];
}

/** A first attempt holds up its whole batch, so it may not take long. */
const FIRST_TIMEOUT_MS = 5000;
/** How long a destination that timed out is left to the retries at once. */
const SLOW_FOR_MS = 60_000;

/** Destinations that timed out lately, as this isolate saw it: until when they count as slow. */
const slowUntil = new Map<string, number>();

/** Forgets which destinations are slow, as a new isolate would. */
export function forgetSlow(): void {
  slowUntil.clear();
}

/** Makes the first attempts of a batch; what is slow, held or over the limit is left to the retries, untried. */
export async function makeFirstAttempts(
  orders: readonly FirstOrder[],
  rules: Omit<BatchRules, "as">,
): Promise<FirstAttempts> {
  const results = new Map<FirstOrder, FirstResult>();
  const attempts = new Map<AttemptOrder, FirstOrder>();
  const now = Date.now();
  for (const order of orders) {
    const { event, destination, receivedAt } = order;
    if (isExpired(destination.expireAfter, event.type, receivedAt, now)) {
      results.set(order, untried("expired", "expired", now));
    } else if (now < (slowUntil.get(destination.id) ?? 0)) {
      results.set(order, { ...untried("waiting", "handed_over", now), next: now });
    } else {
      const timeoutMs = Math.min(destination.timeoutMs, FIRST_TIMEOUT_MS);
      attempts.set({ event, destination, attempt: 1, run: 0, timeoutMs }, order);
    }
  }
  const batch = await attemptBatch([...attempts.keys()], { ...rules, as: () => "first" });
  for (const [attempt, order] of attempts) {
    const end = batch.results.get(attempt);
    if (end !== undefined) results.set(order, resultOf(order, end, now));
  }
  return { results, closed: batch.closed, ungated: batch.ungated };
}

function resultOf({ destination, receipt }: FirstOrder, result: OrderResult, now: number): FirstResult {
  if (result.kind === "held") {
    return { ...untried("waiting", result.reason, now), ...(result.next === null ? {} : { next: result.next }) };
  }
  const { outcome, at, ms } = result;
  const settledAt = at + ms;
  if (outcome.kind === "failed" && outcome.reason === "timeout") slowUntil.set(destination.id, settledAt + SLOW_FOR_MS);
  const step = nextStep(outcome, 1, destination.retry.delays, settledAt, Math.random());
  const { state } = step;
  const reason = "reason" in step ? step.reason : undefined;
  if (state !== "delivered") {
    const { status } = answeredStatus(outcome);
    const fields = { receipt, destination: destination.id, attempt: 1, state, status, reason, ms };
    logLine("warn", "delivery.attempted", fields);
  }
  return { attempt: 1, at, ms, ...answeredStatus(outcome), ...answerOf(outcome), ...step };
}

function untried(state: "waiting" | "expired", reason: DeliveryReason, at: number): FirstResult {
  return { state, attempt: 0, at, ms: 0, reason };
}
