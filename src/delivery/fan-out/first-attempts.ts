import type { Destination } from "../../config/load-relay.ts";
import type { HookEvent } from "../../events/envelope.ts";
import type { FirstResult } from "../../intake/message.ts";
import type { DeliveryReason } from "../../log/reasons.ts";
import { logLine } from "../../platform/log-line.ts";
import type { AttemptOrder } from "../attempt/attempt.ts";
import { isExpired, nextStep } from "../attempt/next-step.ts";
import { answeredStatus, answerOf } from "../attempt/outcome.ts";
import { attemptBatch, type BatchRules } from "../batch/attempt-batch.ts";
import type { AttemptedOrder, OrderResult } from "../batch/held.ts";
import { isLeftToRetries, noteInTime, noteUnderWay, patienceFor } from "./patience.ts";

/** An event on its way to one destination for the first time. */
export interface FirstOrder {
  readonly event: HookEvent;
  readonly receipt: string;
  readonly source: string;
  readonly destination: Destination;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** A first attempt that goes on behind its batch. */
export interface UnderWay {
  readonly order: FirstOrder;
  /** Never rejects. */
  readonly ended: Promise<AttemptedOrder>;
}

/** How the first attempts of a batch ended; for the rest see BatchResult. */
export interface FirstAttempts {
  readonly results: ReadonlyMap<FirstOrder, FirstResult>;
  /** Those that have not ended; their results say so. */
  readonly underWay: readonly UnderWay[];
  readonly closed: readonly string[];
  readonly closedLater: Promise<readonly string[]>;
  readonly ungated: readonly string[];
}

/** An invocation may go on for 30 s behind its batch, and what came of the attempt has to be recorded in that time. */
const FIRST_TIMEOUT_MS = 20_000;
/** An attempt whose end nobody has recorded by then died with its isolate, and is made again. */
const LEASE_MARGIN_MS = 30_000;

/** Makes the first attempts of a batch; what is slow, held or over the limit is left to the retries, untried. */
export async function makeFirstAttempts(
  orders: readonly FirstOrder[],
  rules: Omit<BatchRules, "as" | "patienceOf">,
): Promise<FirstAttempts> {
  const results = new Map<FirstOrder, FirstResult>();
  const attempts = new Map<AttemptOrder, FirstOrder>();
  const wanted = Map.groupBy(orders, ({ destination }) => destination.id);
  const now = Date.now();
  for (const order of orders) {
    const { event, destination, receivedAt } = order;
    if (isExpired(destination.expireAfter, event.type, receivedAt, now)) {
      results.set(order, untried("expired", "expired", now));
    } else if (isLeftToRetries(destination.id, wanted.get(destination.id)?.length ?? 0, now)) {
      results.set(order, { ...untried("waiting", "handed_over", now), next: now });
    } else {
      const timeoutMs = Math.min(destination.timeoutMs, FIRST_TIMEOUT_MS);
      attempts.set({ event, destination, attempt: 1, run: 0, timeoutMs }, order);
    }
  }
  const patienceOf = ({ id }: Destination) => patienceFor(id);
  const batch = await attemptBatch([...attempts.keys()], { ...rules, as: () => "first", patienceOf });
  const underWay: UnderWay[] = [];
  for (const [attempt, order] of attempts) {
    const end = batch.results.get(attempt);
    if (end !== undefined) results.set(order, resultOf(order, end, now));
    const ended = batch.underWay.get(attempt);
    if (ended === undefined) continue;
    const left = Date.now();
    noteUnderWay(order.destination.id, ended, left + attempt.timeoutMs);
    results.set(order, { ...untried("waiting", "under_way", left), next: left + attempt.timeoutMs + LEASE_MARGIN_MS });
    underWay.push({ order, ended });
  }
  const { closed, closedLater, ungated } = batch;
  return { results, underWay, closed, closedLater, ungated };
}

/** What came of a first attempt, or why none was made. */
function resultOf({ destination, receipt }: FirstOrder, result: OrderResult, now: number): FirstResult {
  if (result.kind === "held") {
    return { ...untried("waiting", result.reason, now), ...(result.next === null ? {} : { next: result.next }) };
  }
  noteInTime(destination.id, result, result.at + result.ms);
  return endOf({ destination, receipt }, result);
}

/** What came of a first attempt that was made. */
export function endOf(
  { destination, receipt }: Pick<FirstOrder, "destination" | "receipt">,
  { outcome, at, ms }: AttemptedOrder,
): FirstResult {
  const step = nextStep(outcome, 1, destination.retry.delays, at + ms, Math.random());
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
