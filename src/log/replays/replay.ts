import { decodeTime } from "ulid";
import * as z from "zod";
import { receipt } from "../../events/receipt.ts";
import { sortRows } from "../../platform/d1/sort-rows.ts";
import { readJson } from "../../platform/read-json.ts";
import { openText } from "../../platform/shown.ts";
import { eventState } from "../deliveries/state.ts";
import { type ReplayId, replayId } from "./id.ts";

/** Where a replay stands. */
export const replayState = z.enum(["counting", "counted", "running", "done", "cancelled"]);

/**
 * What a replay was asked with. Events accepted from `since` on and before `until`, milliseconds since the epoch; `event`:
 * the one that it was about.
 */
const asked = z.object({
  filter: z.object({
    source: z.string().optional(),
    type: z.string().optional(),
    state: eventState.optional(),
    subject: z.string().optional(),
    destination: z.string().optional(),
  }),
  since: z.number().optional(),
  until: z.number(),
  event: z.string().optional(),
  destination: z.string().optional(),
  renormalize: z.boolean(),
  dryRun: z.boolean(),
  perSecond: z.number(),
});
export type AskedReplay = z.infer<typeof asked>;

/** Why a delivery that was found is not begun; `now_…`: where it stands by now, which is not what was asked for. */
export const skipReason = z.enum([
  "event_removed",
  "destination_removed",
  "now_waiting",
  "now_delivered",
  "now_dead",
  "now_expired",
  "read_otherwise",
  "changed",
]);
export type SkipReason = z.infer<typeof skipReason>;

/** A delivery that was found and is not begun. */
export const skip = z.object({ receipt: openText, destination: openText, reason: skipReason });
export type Skip = z.infer<typeof skip>;

/** An event that is read anew, found under `receipt`. */
const plannedCorrection = z.object({ receipt, id: z.string(), corrects: z.string() });
export type PlannedCorrection = z.infer<typeof plannedCorrection>;

const told = z.object({
  skips: z.array(skip).catch([]),
  reasons: z.partialRecord(skipReason, z.number()).catch({}),
  corrections: z.array(plannedCorrection).catch([]),
});
/** The first deliveries that were skipped, and how many for which reason; the first corrections. */
export type Told = z.infer<typeof told>;

const counts = z.record(z.string(), z.number());

const row = z.object({
  id: replayId,
  who: z.string(),
  reason: z.string().nullable(),
  asked: z.string().transform(readJson).pipe(asked),
  state: replayState,
  step: z.number(),
  due: z.number().nullable(),
  cursor: z.string().nullable(),
  parts: z.number(),
  events: z.number(),
  deliveries: z.number(),
  destinations: z.string().transform(readJson).pipe(counts.catch({})),
  begun: z.number(),
  skipped: z.number(),
  told: z.string().transform(readJson).pipe(told),
  paced: z.number(),
  started: z.number().nullable(),
  starter: z.string().nullable(),
  ended: z.number().nullable(),
  ender: z.string().nullable(),
  because: z.enum(["too_many", "stuck"]).nullable().catch(null),
});

/**
 * A replay as the log keeps it. Times are milliseconds since the epoch. `step`: pages and decisions so far; `due`: when
 * its next page is; `parts`: those that are still to begin; `paced`: until when what was begun goes out.
 */
export type ReplayRecord = z.output<typeof row>;

/** When a replay was asked for, milliseconds since the epoch. */
export function askedAt({ id }: Pick<ReplayRecord, "id">): number {
  return decodeTime(id.slice("rpl_".length));
}

/** Reads a replay; undefined when the log has none of that id. Rejects when the log cannot be read. */
export async function readReplay(log: D1Database, id: string): Promise<ReplayRecord | undefined> {
  const found = await log.prepare("SELECT * FROM replay WHERE id = ?1").bind(id).first();
  return found === null ? undefined : row.parse(found);
}

/** Replays that were asked for before another, the newest first. Rejects when the log cannot be read. */
export async function listReplays(log: D1Database, before: ReplayId, limit: number): Promise<ReplayRecord[]> {
  const { results } = await log
    .prepare("SELECT * FROM replay WHERE id < ?1 ORDER BY id DESC LIMIT ?2")
    .bind(before, limit)
    .all();
  return sortRows(row, results).read;
}
