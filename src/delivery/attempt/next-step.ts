import type { DeliveryReason } from "../../log/reasons.ts";
import type { Outcome } from "./outcome.ts";
import { readRetryAfter } from "./retry-after.ts";

/** What a delivery does next. `next`: milliseconds since the epoch. */
export type NextStep =
  | { readonly state: "delivered" }
  | { readonly state: "waiting"; readonly next: number; readonly reason: DeliveryReason }
  | { readonly state: "dead"; readonly reason: DeliveryReason };

const JITTER = 0.1;
/** The statuses on which a receiver may say when to come again. */
const HEARD = [429, 503];

/**
 * Decides after an attempt: 2xx is delivered; 410 is dead at once; anything else is tried again after the next delay,
 * until none is left. A receiver may ask for a longer one (`Retry-After` on 429 and 503), never for a shorter one.
 * @param attempt attempts made, this one included
 * @param delays seconds between attempts
 * @param random 0 to 1, spreads the delay by up to 10 % either way
 */
export function nextStep(
  outcome: Outcome,
  attempt: number,
  delays: readonly number[],
  now: number,
  random: number,
): NextStep {
  if (outcome.kind === "answered" && outcome.status >= 200 && outcome.status < 300) return { state: "delivered" };
  const reason: DeliveryReason = outcome.kind === "answered" ? `status_${outcome.status}` : outcome.reason;
  if (outcome.kind === "answered" && outcome.status === 410) return { state: "dead", reason };
  const delay = delays[attempt - 1];
  if (delay === undefined) return { state: "dead", reason };
  const spread = Math.round(delay * 1000 * (1 + JITTER * (2 * random - 1)));
  return { state: "waiting", next: now + Math.max(spread, wishOf(outcome, now) ?? 0), reason };
}

function wishOf(outcome: Outcome, now: number): number | undefined {
  if (outcome.kind === "failed" || !HEARD.includes(outcome.status)) return undefined;
  return outcome.retryAfter === undefined ? undefined : readRetryAfter(outcome.retryAfter, now);
}

/** Whether an event is past its use for a destination. `since`: milliseconds since the epoch. */
export function isExpired(
  expireAfter: number | Readonly<Record<string, number>> | undefined,
  type: string,
  since: number,
  now: number,
): boolean {
  const limit = typeof expireAfter === "object" ? expireAfter[type] : expireAfter;
  return limit !== undefined && now - since > limit * 1000;
}
