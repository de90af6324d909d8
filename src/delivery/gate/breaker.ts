/**
 * What is known of a destination's health. Closed while `openUntil` is 0; open until then; from then on half-open: one
 * delivery at a time is sent as a probe. Times are milliseconds since the epoch.
 */
export interface Breaker {
  /** Failures in a row; while it is open, those of probes among them. */
  readonly failures: number;
  /** When it opened; 0 while it is closed. */
  readonly since: number;
  readonly openUntil: number;
  /** How long it was opened the last time; milliseconds. */
  readonly pause: number;
  /** A probe is under way until it is reported, or until then. */
  readonly probeUntil: number;
}

/** What a destination's answer says of its health: any answer but 5xx and 429 is good. `nothing`: nothing was sent. */
export type Sign = "good" | "bad" | "nothing";

/** Whether deliveries may pass: all, one as a probe, or none until `retryAt`. */
export type Passage =
  | { readonly kind: "all" }
  | { readonly kind: "probe" }
  | { readonly kind: "none"; readonly retryAt: number };

export const closedBreaker: Breaker = { failures: 0, since: 0, openUntil: 0, pause: 0, probeUntil: 0 };

const MAX_FAILURES = 5;
const FIRST_PAUSE_MS = 5000;
/** What is down for less than this is probed that often: most outages are a restart. */
const OFTEN_FOR_MS = 60_000;
const MAX_PAUSE_MS = 15 * 60_000;
/** A probe belongs to the oldest held delivery; if nobody came with that by now, any delivery will do. */
const GRACE_MS = 10_000;

/** @param chosen whether the delivery that asks was chosen to be the probe, not just the next one that came */
export function passageAt(breaker: Breaker, chosen: boolean, now: number): Passage {
  const { openUntil, probeUntil } = breaker;
  if (openUntil === 0) return { kind: "all" };
  const shutUntil = Math.max(openUntil, probeUntil);
  // What lies further ahead than any pause was set by a clock that has been put back since.
  if (shutUntil - now > MAX_PAUSE_MS) return { kind: "probe" };
  if (now < shutUntil) return { kind: "none", retryAt: shutUntil };
  return chosen || now >= shutUntil + GRACE_MS ? { kind: "probe" } : { kind: "none", retryAt: shutUntil + GRACE_MS };
}

/** Lets one delivery pass as a probe; it counts as lost when nothing is heard of it until `probeUntil`. */
export function startProbe(breaker: Breaker, probeUntil: number): Breaker {
  return { ...breaker, probeUntil };
}

/** Learns from one attempt. Only a probe prolongs what is open; a good sign closes it, whoever brings it. */
export function learn(breaker: Breaker, sign: Sign, probe: boolean, now: number): Breaker {
  if (sign === "good") return closedBreaker;
  const learned = probe ? { ...breaker, probeUntil: 0 } : breaker;
  if (sign === "nothing") return learned;
  const failures = breaker.failures + 1;
  if (breaker.openUntil !== 0) return probe ? open({ ...learned, failures }, now) : learned;
  return failures < MAX_FAILURES ? { ...learned, failures } : open({ ...learned, failures }, now);
}

/** After the first minute each pause is twice as long as the one before. */
function open(breaker: Breaker, now: number): Breaker {
  const since = breaker.since || now;
  const pause = now - since < OFTEN_FOR_MS ? FIRST_PAUSE_MS : Math.min(breaker.pause * 2, MAX_PAUSE_MS);
  return { ...breaker, since, pause, openUntil: now + pause };
}
