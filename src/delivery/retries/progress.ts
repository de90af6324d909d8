import { hourOfReceipt } from "../../events/receipt.ts";
import type { Progress, WaitingDelivery } from "../../log/deliveries/deliveries.ts";
import { countFlow } from "../../log/ledger/flow.ts";
import type { Addition, Counter } from "../../log/ledger/tally.ts";
import { logLine } from "../../platform/log-line.ts";
import { hourOf } from "../../platform/time/instant.ts";
import { type NextStep, nextStep } from "../attempt/next-step.ts";
import { answeredStatus, answerOf, type Outcome } from "../attempt/outcome.ts";
import type { OrderResult } from "../batch/held.ts";
import type { GivenUp, Live } from "./read-due.ts";

/** A changed delivery, as the log records and counts it. */
export type Recorded = Progress & Addition;

/** A delivery that is given up without an attempt. */
export function giveUp({ delivery, state, reason }: GivenUp): Recorded {
  const { receipt, destination, source } = delivery;
  logLine("warn", "delivery.settled", { receipt, destination, state, reason });
  const flow = { flow: countFlow([{ destination, state, source }]), flowHour: hourOf(Date.now()) };
  return { ...unchanged(delivery), ...countOf(delivery, state), ...flow, state, next: null, reason };
}

/** What came of a delivery in a batch; undefined when its row stays as it is. */
export function progressOf({ delivery, destination }: Live, result: OrderResult): Recorded | undefined {
  if (result.kind === "held") {
    // Held it was and held it stays: a row that is written for nothing costs, each time.
    if (delivery.next === null && result.next === null) return undefined;
    return { ...unchanged(delivery), next: result.next, reason: result.reason };
  }
  const { outcome, at, ms, probe } = result;
  const attempt = delivery.attempt + 1;
  const step = nextStep(outcome, attempt, destination.retry.delays, at + ms, Math.random());
  const reason = "reason" in step ? step.reason : null;
  const { receipt, run, source } = delivery;
  const told = { ...answeredStatus(outcome), reason, ms };
  if (step.state !== "delivered") {
    const fields = { receipt, destination: destination.id, run, attempt, state: step.state, ...told };
    logLine("warn", "delivery.attempted", fields);
  }
  const flowHour = hourOf(at);
  return {
    ...unchanged(delivery),
    // What settles nothing is counted for its destination alone.
    ...(step.state === "waiting" ? { hour: flowHour } : countOf(delivery, step.state)),
    flow: countFlow([{ destination: destination.id, state: step.state, ms, source }]),
    flowHour,
    state: step.state,
    next: step.state === "waiting" ? step.next : null,
    attempt,
    reason,
    made: { n: attempt, at, ...told, ...answerOf(outcome) },
    // Who asked to be left alone until a time of their own is not sent to as soon as the breaker closes.
    probed: !probe ? undefined : asksForTime(outcome) ? 0 : at,
  };
}

function asksForTime(outcome: Outcome): boolean {
  return outcome.kind === "answered" && outcome.retryAfter !== undefined;
}

function unchanged({ receipt, destination, run, source, attempt, next }: WaitingDelivery): Recorded {
  const key = { receipt, destination, run, source, hour: hourOfReceipt(receipt) };
  return { ...key, before: attempt, attempt, state: "waiting", next, reason: null, made: null };
}

/** The ledger's counter for a settled delivery; replays have their own. */
function countOf(
  { run }: WaitingDelivery,
  state: NextStep["state"] | "expired",
): { readonly [name in Counter]?: number } {
  if (state === "waiting") return {};
  return { [run === 0 ? state : `replay_${state}`]: 1 };
}
