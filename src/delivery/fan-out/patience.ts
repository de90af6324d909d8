import type { AttemptedOrder } from "../batch/held.ts";
import { LANES_PER_DESTINATION } from "../batch/run-in-lanes.ts";

/** A destination of which nothing is known yet, or that answers at once, is waited for so long. */
export const LEAST_PATIENCE_MS = 150;
/** One that usually takes longer than this is slow: what is behind a batch waits for one attempt to it, and not often. */
const SLOW_MS = 400;
/** Who was waited for and is slow is left to the retries for this many times as long. */
const REST_FACTOR = 4;
/** No batch waits longer for one attempt; who takes longer is left to the retries. */
const MOST_MS = 2000;
/** A destination that takes its time is waited for this many times as long as it takes. */
const PATIENCE_FACTOR = 3;
/** By this part what is known of a destination comes nearer to a faster answer; a slower one counts at once. */
const FORGETTING = 0.25;
/** How long a destination that hangs is left to the retries at once. */
const SLOW_FOR_MS = 60_000;
/** So many attempts of one isolate may be under way with nobody waiting: each keeps its event in memory. */
const MAX_UNDER_WAY = 16;

/** What this isolate knows of a destination. */
interface Known {
  /** How long its answers take; undefined before the first. */
  readonly typicalMs?: number | undefined;
  /** Until when it is left to the retries; milliseconds since the epoch. */
  readonly slowUntil?: number | undefined;
}

const known = new Map<string, Known>();
/** What is under way, and when it has ended at the latest: the end of an attempt whose invocation died is told to nobody. */
const underWay = new Map<Promise<AttemptedOrder>, number>();

/** Forgets which destinations are slow, as a new isolate would. */
export function forgetPatience(): void {
  known.clear();
  underWay.clear();
}

/** How long a batch waits for an attempt to the destination, milliseconds. */
export function patienceFor(destination: string): number {
  const { typicalMs = 0 } = known.get(destination) ?? {};
  return Math.min(Math.max(typicalMs * PATIENCE_FACTOR, LEAST_PATIENCE_MS), MOST_MS);
}

/**
 * Whether a destination is left to the retries at once: it hung lately, or an attempt is under way that may show that it
 * does; it is slow, and was waited for lately, or the batch has more for it than can be sent at once; or it is not known to answer, and too much
 * is under way already.
 * @param wanted how much the batch has for it
 */
export function isLeftToRetries(destination: string, wanted: number, now: number): boolean {
  const { slowUntil = 0, typicalMs } = known.get(destination) ?? {};
  if (typicalMs === undefined && countUnderWay(now) >= MAX_UNDER_WAY) return true;
  return now < slowUntil || ((typicalMs ?? 0) > SLOW_MS && wanted > LANES_PER_DESTINATION);
}

/** Learns from an attempt that ended while its batch waited for it. */
export function noteInTime(destination: string, { outcome, ms }: AttemptedOrder, now: number): void {
  if (outcome.kind === "answered") noteAnswer(destination, ms, now);
  else if (outcome.reason === "timeout") noteSlow(destination, now + SLOW_FOR_MS);
}

/** Learns from an attempt that is under way still, and from its end. @param until when it ends at the latest */
export function noteUnderWay(destination: string, ended: Promise<AttemptedOrder>, until: number): void {
  underWay.set(ended, until);
  noteSlow(destination, until);
  void ended.then(({ outcome, at, ms }) => {
    underWay.delete(ended);
    if (outcome.kind === "answered") noteAnswer(destination, ms, at + ms);
    else noteSlow(destination, at + ms + SLOW_FOR_MS);
  });
}

function countUnderWay(now: number): number {
  for (const [ended, until] of underWay) if (until < now) underWay.delete(ended);
  return underWay.size;
}

function noteSlow(destination: string, slowUntil: number): void {
  known.set(destination, { ...known.get(destination), slowUntil });
}

/** One that is slow but sound is waited for from now on, unless that would hold up the others for too long. */
function noteAnswer(destination: string, ms: number, now: number): void {
  const { typicalMs = 0 } = known.get(destination) ?? {};
  if (ms > MOST_MS) {
    known.set(destination, { typicalMs, slowUntil: now + SLOW_FOR_MS });
    return;
  }
  const learned = ms >= typicalMs ? ms : typicalMs + (ms - typicalMs) * FORGETTING;
  known.set(destination, { typicalMs: learned, slowUntil: learned > SLOW_MS ? now + REST_FACTOR * ms : 0 });
}
