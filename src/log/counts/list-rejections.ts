import * as z from "zod";
import { dayOf } from "../../platform/time/instant.ts";

/** Rows looked at; refused requests that are alike share one, so these are days of trouble. */
const MAX_ROWS_EXAMINED = 20_000;

const detail = z.looseObject({
  places: z.array(z.string()).default([]),
  came: z.array(z.string()).optional(),
  skeleton: z.string().optional(),
});
const row = z.object({
  day: z.string(),
  source: z.string(),
  reason: z.string(),
  times: z.number(),
  kept: z.number(),
  last: z.number(),
  bytes: z.number().nullable(),
  sha256: z.string().nullable(),
  detail: z.string().transform((text) => detail.parse(JSON.parse(text))),
});

/** Refused requests that are alike, as they were counted on one day. */
export type RejectionRow = z.infer<typeof row>;

/** Which ones; milliseconds since the epoch, and of the days that the span touches; `skip`: how many were seen before. */
export interface RejectionSearch {
  readonly source?: string | undefined;
  readonly reason?: string | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly skip: number;
}

/** Lists refused requests, those seen last first. Rejects when the log cannot be read. */
export async function listRejections(log: D1Database, search: RejectionSearch, limit: number): Promise<RejectionRow[]> {
  const { source = null, reason = null, since = 0, until, skip } = search;
  const lastDay = until === undefined ? "~" : dayOf(until - 1);
  const { results } = await log
    .prepare(
      `SELECT * FROM (SELECT * FROM rejection WHERE day >= ?1 AND day <= ?6 ORDER BY day DESC LIMIT ${MAX_ROWS_EXAMINED})
       WHERE last >= ?7 AND (?2 IS NULL OR source = ?2) AND (?3 IS NULL OR reason = ?3)
       ORDER BY day DESC, last DESC LIMIT ?4 OFFSET ?5`,
    )
    .bind(dayOf(since), source, reason, limit, skip, lastDay, since)
    .all();
  return z.array(row).parse(results);
}
