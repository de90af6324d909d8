import * as z from "zod";
import type { RefusedCount, SourceCounts, Totals } from "../log/ledger/totals.ts";

const numbers = z.record(z.string(), z.number());

/** The counters of all time at one moment, as far as incidents are judged by how they rise. None of them ever falls. */
export const sample = z.object({
  /** Milliseconds since the epoch. */
  at: z.number(),
  /** By source: refused requests, proved ones, logins that were refused, and that were granted. */
  refused: numbers,
  accepted: numbers,
  denied: numbers,
  granted: numbers,
  /** Webhooks that could be stored nowhere, as far as that could be counted. */
  notStored: z.number(),
  /** By destination: deliveries that were given up, but for what the relay told of itself. */
  dead: numbers,
});
export type Sample = z.infer<typeof sample>;

/** What rises while all is well is not among them. */
const TROUBLE = ["refused", "denied", "dead"] as const;

/** What is counted by now. */
export function takeSample({ ever }: Totals, now: number): Sample {
  return {
    at: now,
    refused: sumRefused(ever.refused),
    ...countSources(ever.sources),
    notStored: countNotStored(ever.refused),
    dead: Object.fromEntries([...ever.destinations].map(([id, flow]) => [id, flow.dead - flow.relay_dead])),
  };
}

/** What had been counted before what came lately: for whoever looks for the first time, that much is new. */
export function sampleBefore({ ever, lately }: Totals, at: number): Sample {
  const [all, late] = [takeSample({ ever, lately }, at), takeSample({ ever: lately, lately }, at)];
  const less = (one: Sample["dead"], other: Sample["dead"]) =>
    Object.fromEntries(Object.entries(one).map(([id, number]) => [id, number - (other[id] ?? 0)]));
  return {
    at,
    refused: less(all.refused, late.refused),
    accepted: less(all.accepted, late.accepted),
    denied: less(all.denied, late.denied),
    granted: less(all.granted, late.granted),
    notStored: all.notStored - late.notStored,
    dead: less(all.dead, late.dead),
  };
}

/** How much a counter rose between two samples. */
export function rise(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
  id: string,
): number {
  return Math.max(0, (after[id] ?? 0) - (before[id] ?? 0));
}

/** Whether something rose that does not while all is well. */
export function isTroubled(before: Sample, after: Sample): boolean {
  return TROUBLE.some((name) => Object.keys(after[name]).some((id) => rise(before[name], after[name], id) > 0));
}

function sumRefused(refused: readonly RefusedCount[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { source, times } of refused) sums[source] = (sums[source] ?? 0) + times;
  return sums;
}

function countNotStored(refused: readonly RefusedCount[]): number {
  return refused.reduce((sum, { reason, times }) => (reason === "not_stored" ? sum + times : sum), 0);
}

function countSources(sources: ReadonlyMap<string, SourceCounts>): Pick<Sample, "accepted" | "denied" | "granted"> {
  const each = (number: (counts: SourceCounts) => number) =>
    Object.fromEntries([...sources].map(([id, counts]) => [id, number(counts)]));
  return {
    accepted: each(
      ({ events, duplicates, failed, logins, questions }) => events + duplicates + failed + logins + questions,
    ),
    denied: each(({ logins, granted }) => logins - granted),
    granted: each(({ granted }) => granted),
  };
}
