import type { HeldReason } from "../../log/reasons.ts";
import { type Breaker, closedBreaker, learn, passageAt, type Sign, startProbe } from "./breaker.ts";
import { type Bucket, type Drawn, draw } from "./bucket.ts";
import { giveBack, type Lease, lend } from "./leases.ts";

/** All that the gate of one destination knows. */
export interface GateState {
  readonly breaker: Breaker;
  readonly leases: readonly Lease[];
  readonly bucket?: Bucket | undefined;
  /** Since when and why nothing may be sent, milliseconds since the epoch. */
  readonly paused?: { readonly since: number; readonly reason: string } | undefined;
}

/** A batch that asks to send deliveries to the destination. */
export interface AdmissionRequest {
  readonly batch: string;
  readonly wanted: number;
  /** How many requests it would make at once. */
  readonly lanes: number;
  readonly timeoutMs: number;
  /** First attempts, ones that come again, or the one delivery that was chosen to probe. */
  readonly as: "first" | "again" | "probe";
  readonly perSecond?: number | undefined;
  readonly concurrency?: number | undefined;
}

/**
 * `gate`: the gate cannot be reached, nor can it be known whether the destination is paused. `faulty_…`: the part of the
 * configuration that has to be mended first.
 */
export type RefusedFor = Exclude<HeldReason, "handed_over">;

/** How many may be sent, and how many of them at once. Times are milliseconds since the epoch. */
export interface Admission {
  readonly admitted: number;
  readonly lanes: number;
  /** The one that is admitted is a probe. */
  readonly probe: boolean;
  /** Nothing is open, lent or counted: a batch that goes well need not be reported. */
  readonly reportOptional: boolean;
  readonly refused?: NotAdmitted | undefined;
}

/** Why some are not admitted, and when the first of them is to ask again; each other `spacingMs` after the one before. */
export interface NotAdmitted {
  readonly reason: RefusedFor;
  readonly retryAt: number;
  readonly spacingMs?: number | undefined;
}

/** What came of the deliveries that a batch was admitted with, in the order in which they ended. */
export interface Report {
  readonly batch: string;
  readonly probe: boolean;
  readonly signs: readonly Sign[];
}

export const freshGate: GateState = { breaker: closedBreaker, leases: [] };

/** A lane may become free at any moment. */
const LANE_RETRY_MS = 1000;
/** What a batch does besides sending, before it reports. */
const MARGIN_MS = 10_000;

/** Decides who may pass: nobody past a pause, one as a probe of an open breaker, as many as lanes and tokens allow. */
export function admit(
  state: GateState,
  asked: AdmissionRequest,
  now: number,
): { state: GateState; admission: Admission } {
  if (state.paused !== undefined) return refuse(state, { reason: "paused", retryAt: now });
  const passage = passageAt(state.breaker, asked.as === "probe", now);
  if (passage.kind === "none") return refuse(state, { reason: "breaker", retryAt: passage.retryAt });
  const probe = passage.kind === "probe";
  const passing = probe ? 1 : asked.wanted;
  const { leases, lanes, until } = lendLanes(state, asked, passing, now);
  if (lanes === 0) return refuse(state, { reason: "concurrency", retryAt: now + LANE_RETRY_MS });
  const { bucket, granted, retryAt, spacingMs } = drawTokens(state, asked, passing, now);
  const tooFast = { reason: "rate", retryAt, spacingMs } as const;
  if (granted === 0) return refuse({ ...state, bucket }, tooFast);
  const breaker = probe ? startProbe(state.breaker, until) : state.breaker;
  const reportOptional = !probe && state.breaker.failures === 0 && asked.concurrency === undefined;
  const notProbing = { reason: "breaker", retryAt: until } as const;
  const refused = granted < passing ? tooFast : passing < asked.wanted ? notProbing : undefined;
  return {
    state: { ...state, breaker, leases, bucket },
    admission: { admitted: granted, lanes, probe, reportOptional, refused },
  };
}

function lendLanes(
  { leases }: GateState,
  { batch, lanes, timeoutMs, concurrency }: AdmissionRequest,
  passing: number,
  now: number,
) {
  const wide = Math.min(lanes, passing, Math.max(1, concurrency ?? lanes));
  const until = now + Math.ceil(passing / wide) * timeoutMs + MARGIN_MS;
  return concurrency === undefined
    ? { leases, lanes: wide, until }
    : { ...lend(leases, concurrency, { batch, lanes: wide, until }, now), until };
}

function drawTokens({ bucket }: GateState, { perSecond, as }: AdmissionRequest, passing: number, now: number): Drawn {
  return perSecond === undefined
    ? { bucket: undefined, granted: passing, retryAt: now, spacingMs: 0 }
    : draw(bucket, perSecond, passing, as === "first", now);
}

function refuse(state: GateState, refused: NotAdmitted): { state: GateState; admission: Admission } {
  return { state, admission: { admitted: 0, lanes: 0, probe: false, reportOptional: true, refused } };
}

/** Learns what came of a batch, and takes back what it was lent. */
export function applyReport(state: GateState, { batch, probe, signs }: Report, now: number): GateState {
  const breaker = signs.reduce((known, sign) => learn(known, sign, probe, now), state.breaker);
  return { ...state, breaker, leases: giveBack(state.leases, batch) };
}
