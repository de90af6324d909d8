import { isTroubled, rise, type Sample } from "./sample.ts";

/** What is counted for an incident was within this time. */
export const COUNTED_MS = 10 * 60_000;

/** The last samples, the oldest first. */
export type Samples = readonly Sample[];

/** How counters rose: lately, and since somebody looked last. */
export interface Rising {
  /** Within COUNTED_MS. */
  readonly lately: (name: Counter, id: string) => number;
  /** Since the sample before. */
  readonly now: (name: Counter, id: string) => number;
  /** The same of webhooks that could be stored nowhere. */
  readonly notStored: { readonly lately: number; readonly now: number };
}
type Counter = "refused" | "accepted" | "denied" | "granted" | "dead";

const USUAL: readonly Counter[] = ["accepted", "granted"];

/** How counters rose to a sample. @param samples those before it, at least one */
export function risingTo(current: Sample, samples: readonly [Sample, ...Sample[]]): Rising {
  const [first, ...others] = samples;
  const last = others.at(-1) ?? first;
  const start = current.at - COUNTED_MS;
  const before = samples.filter(({ at }) => at <= start).at(-1);
  const base = before ?? first;
  // Of what rises while all is well, a sample that is much older tells nothing of these minutes.
  const isStale = base.at < start - COUNTED_MS;
  const usual = isStale ? (samples.find(({ at }) => at > start) ?? base) : base;
  return {
    lately: (name, id) => rise((USUAL.includes(name) ? usual : base)[name], current[name], id),
    now: (name, id) => rise(last[name], current[name], id),
    notStored: {
      lately: Math.max(0, current.notStored - base.notStored),
      now: Math.max(0, current.notStored - last.notStored),
    },
  };
}

/** Adds a sample, and lets go of those that nobody looks back to. `keep`: they must outlive whoever has them. */
export function addSample(
  current: Sample,
  samples: readonly [Sample, ...Sample[]],
): { readonly samples: readonly [Sample, ...Sample[]]; readonly keep: boolean } {
  const start = current.at - COUNTED_MS;
  const within = samples.filter(({ at }) => at > start);
  const before = samples.filter(({ at }) => at <= start).at(-1);
  const [first = current, ...rest] = [...(before === undefined ? [] : [before]), ...within, current];
  const last = samples.at(-1) ?? current;
  return { samples: [first, ...rest], keep: isTroubled(last, current) };
}
