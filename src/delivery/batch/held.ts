import type { HeldReason } from "../../log/reasons.ts";
import type { Outcome } from "../attempt/outcome.ts";
import type { GateAnswer } from "../gate/ask-gate.ts";
import type { Sign } from "../gate/breaker.ts";

/** An order that was not sent. `next`: when to try, milliseconds since the epoch; null: held until it is released. */
export interface Held {
  readonly kind: "held";
  readonly reason: HeldReason;
  readonly next: number | null;
}

/** An order that was sent. `probe`: it told whether the destination is well again. */
export interface AttemptedOrder {
  readonly kind: "attempted";
  readonly outcome: Outcome;
  readonly at: number;
  readonly ms: number;
  readonly probe: boolean;
}

/** What came of an order. */
export type OrderResult = AttemptedOrder | Held;

/** A destination that timed out gets nothing more of this batch, so that it holds up no other. */
const AFTER_TIMEOUT_MS = 5000;

/**
 * An order that its gate did not admit: held by a breaker or a pause until that ends, else postponed until its turn.
 * @param place among those not admitted, from 0
 */
export function holdRefused({ refused }: GateAnswer, place: number, now: number): Held {
  const { reason, retryAt, spacingMs = 0 } = refused ?? { reason: "gate", retryAt: now };
  return { kind: "held", reason, next: waitsForRelease(reason) ? null : Math.ceil(retryAt + place * spacingMs) };
}

/** Whether what is held for this reason waits until its destination can be sent to again. */
export function waitsForRelease(reason: string | null): boolean {
  return reason === "breaker" || reason === "paused" || reason?.startsWith("faulty_") === true;
}

/**
 * What becomes of the other orders of a batch for the destination: after a timeout and after 410 they are not sent.
 * @param forgiving of what the relay tells of itself to a destination that takes other events as well: those find out
 *   whether it is gone, so that no alert is the cause of another
 */
export function holdRest(outcome: Outcome, now: number, forgiving = false): Held | undefined {
  if (outcome.kind === "answered" && outcome.status === 410) {
    return forgiving ? undefined : { kind: "held", reason: "paused", next: null };
  }
  return outcome.kind === "failed" && outcome.reason === "timeout"
    ? { kind: "held", reason: "handed_over", next: now + AFTER_TIMEOUT_MS }
    : undefined;
}

/**
 * 5xx, 429, timeouts and broken connections are bad signs; any other answer shows that somebody is there.
 * @param forgiving of what the relay tells of itself: no breaker opens for it, so that no alert is the cause of another
 */
export function signOf(outcome: Outcome, forgiving = false): Sign {
  const bad = forgiving ? "nothing" : "bad";
  if (outcome.kind === "answered") return outcome.status >= 500 || outcome.status === 429 ? bad : "good";
  return outcome.reason === "timeout" || outcome.reason === "connection" ? bad : "nothing";
}
