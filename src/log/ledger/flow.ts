import { RELAY_SOURCE } from "../../events/own-source.ts";
import type { DeliveryState } from "../deliveries/state.ts";

/** Upper bounds of the buckets in which attempts are counted by how long they took; milliseconds. */
export const ATTEMPT_BOUNDS_MS = [50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000] as const;
type Bucket = `under_${(typeof ATTEMPT_BOUNDS_MS)[number]}`;

/** The counters of a destination. `relay_dead`: of the dead those that the relay told of itself. What took longer than the last bound is in `attempts` alone. */
export const flowCounters = [
  "due",
  "delivered",
  "dead",
  "expired",
  "attempts",
  "relay_dead",
  "ms",
  ...ATTEMPT_BOUNDS_MS.map((bound): Bucket => `under_${bound}`),
] as const;
export type FlowCounter = (typeof flowCounters)[number];

/** What was counted for a destination. */
export type Flow = { readonly [name in FlowCounter]: number };

/** Numbers by destination and counter: a destination's id has no blank. */
export type FlowCounts = { readonly [name in `${string} ${FlowCounter}`]?: number };

/** What happened to one delivery. */
export interface Happened {
  readonly destination: string;
  /** It became due. */
  readonly due?: true | undefined;
  /** What it came to; one that goes on waiting has not ended. */
  readonly state?: DeliveryState | undefined;
  /** How long the attempt took that was made, milliseconds. */
  readonly ms?: number | undefined;
  /** Where the event came from. */
  readonly source?: string | undefined;
}

/** What happened to deliveries, as it is counted. */
export function countFlow(happened: readonly Happened[]): FlowCounts {
  const counts: { [name in `${string} ${FlowCounter}`]?: number } = {};
  const add = (destination: string, counter: FlowCounter, number = 1) => {
    counts[`${destination} ${counter}`] = (counts[`${destination} ${counter}`] ?? 0) + number;
  };
  for (const { destination, due, state, ms, source } of happened) {
    if (due) add(destination, "due");
    if (state !== undefined && state !== "waiting") add(destination, state);
    if (state === "dead" && source === RELAY_SOURCE) add(destination, "relay_dead");
    if (ms === undefined) continue;
    add(destination, "attempts");
    add(destination, "ms", Math.round(ms));
    const bound = ATTEMPT_BOUNDS_MS.find((most) => ms <= most);
    if (bound !== undefined) add(destination, `under_${bound}`);
  }
  return counts;
}

/** What is due and has not ended. */
export function waitingIn({ due, delivered, dead, expired }: Flow): number {
  return Math.max(0, due - delivered - dead - expired);
}
