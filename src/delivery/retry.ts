/** What came of one HTTP request. */
export type Outcome =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly retryAfter?: string | undefined;
      /** The beginning of the answer, for the operator. */
      readonly answer?: string | undefined;
    }
  /** No answer: too late, no connection, or nothing that may be sent to. */
  | { readonly kind: "failed"; readonly reason: FailureReason };

export type FailureReason =
  | "timeout"
  | "connection"
  | "unusable_secret"
  | "unresolved_header"
  | "refused_url"
  | "missing_mask_key"
  | "not_sendable";

/** What a delivery does next. `next`: milliseconds since the epoch. */
export type Step =
  | { readonly state: "delivered" }
  | { readonly state: "waiting"; readonly next: number; readonly reason: string }
  | { readonly state: "dead"; readonly reason: string };

const JITTER = 0.1;
const LONGEST_RETRY_AFTER = 12 * 60 * 60 * 1000;

/**
 * Decides after an attempt: 2xx is delivered; 410 is dead at once; anything else is tried again after the next delay,
 * or when the receiver says (`Retry-After` on 429 and 503), until no delay is left.
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
): Step {
  if (outcome.kind === "answered" && outcome.status >= 200 && outcome.status < 300) return { state: "delivered" };
  const reason = outcome.kind === "answered" ? `status_${outcome.status}` : outcome.reason;
  if (outcome.kind === "answered" && outcome.status === 410) return { state: "dead", reason };
  const delay = delays[attempt - 1];
  if (delay === undefined) return { state: "dead", reason };
  const spread = Math.round(delay * 1000 * (1 + JITTER * (2 * random - 1)));
  const asked = outcome.kind === "answered" ? readRetryAfter(outcome, now) : undefined;
  return { state: "waiting", next: now + (asked ?? spread), reason };
}

/** `Retry-After` in milliseconds from now, as seconds or as a date (RFC 9110, 10.2.3), 12 hours at most. */
function readRetryAfter({ status, retryAfter }: { status: number; retryAfter?: string | undefined }, now: number) {
  if ((status !== 429 && status !== 503) || retryAfter === undefined) return undefined;
  const wait = /^\s*\d+\s*$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now;
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), LONGEST_RETRY_AFTER) : undefined;
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
