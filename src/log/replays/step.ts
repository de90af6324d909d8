import type { PlannedCorrection, ReplayRecord, Skip, SkipReason, Told } from "./replay.ts";

/** More of a kind are only counted. */
const MAX_TOLD = 100;
/** What the log says when another has written the step. */
const TAKEN = "replay.step";

/** What a page changes. */
export interface Stepped extends Partial<Omit<ReplayRecord, "id" | "step" | "begun" | "skipped">> {
  /** What the page was to begin. What of it has no delivery of this replay after all is skipped. */
  readonly pairs?: readonly { readonly receipt: string; readonly destination: string }[];
  /** How many it passed over. */
  readonly passed?: number;
}

/**
 * The statement that writes a page's end, the last of its transaction, which fails as a whole where another has written
 * that page meanwhile: `isTaken` tells such an error.
 */
export function stepReplay(log: D1Database, replay: ReplayRecord, stepped: Stepped): D1PreparedStatement {
  const { pairs = [], passed = 0, ...changed } = stepped;
  const after = { ...replay, ...changed };
  // The plus keeps SQLite to the primary key: by their replay it would pass all of its deliveries for each pair.
  return log
    .prepare(
      `WITH pages (begun) AS (SELECT count(*) FROM json_each(?2 -> 'pairs') WHERE EXISTS (
         SELECT 1 FROM delivery WHERE delivery.receipt = value ->> 'receipt'
           AND delivery.destination = value ->> 'destination' AND +delivery.replay = ?1))
       UPDATE replay SET step = iif(step = ?2 ->> 'step', step + 1, NULL), called = 0,
         state = ?2 ->> 'state', due = ?2 ->> 'due', cursor = ?2 ->> 'cursor', parts = ?2 ->> 'parts',
         events = ?2 ->> 'events', deliveries = ?2 ->> 'deliveries', destinations = ?2 ->> 'destinations',
         told = ?2 ->> 'told', paced = ?2 ->> 'paced', started = ?2 ->> 'started', starter = ?2 ->> 'starter',
         ended = ?2 ->> 'ended', ender = ?2 ->> 'ender', because = ?2 ->> 'because',
         begun = replay.begun + pages.begun,
         skipped = skipped + (?2 ->> 'passed') + json_array_length(?2 -> 'pairs') - pages.begun
       FROM pages WHERE id = ?1`,
    )
    .bind(replay.id, JSON.stringify({ ...after, pairs, passed }));
}

/** Whether another has written the page. */
export function isTaken(error: unknown): boolean {
  return error instanceof Error && error.message.includes(TAKEN);
}

/** What is told of a replay, with what a page skipped. */
export function tellSkips({ skips, reasons, corrections }: Told, more: readonly Skip[]): Told {
  const counted: Partial<Record<SkipReason, number>> = { ...reasons };
  for (const { reason } of more) counted[reason] = (counted[reason] ?? 0) + 1;
  return { skips: [...skips, ...more].slice(0, MAX_TOLD), reasons: counted, corrections };
}

/** What is told of a replay, with the corrections that a page found. */
export function tellCorrections(told: Told, more: readonly PlannedCorrection[]): Told {
  return { ...told, corrections: [...told.corrections, ...more].slice(0, MAX_TOLD) };
}
