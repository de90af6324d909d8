import * as z from "zod";

const row = z.object({
  source: z.string(),
  path: z.string(),
  what: z.string(),
  first: z.number(),
  last: z.number(),
  times: z.number(),
  sample: z.string(),
});

/** Something that nobody expected in the webhooks of a source. `first` and `last`: milliseconds since the epoch. */
export type Drift = z.infer<typeof row>;

/** A source has at most this many rows: a vendor that makes up names must not fill the log with them. */
const MAX_ROWS_PER_SOURCE = 500;

/**
 * Adds to the counts, in one statement, and tells which of them are new to the log. The sample is that of the last time.
 * Rejects when the log cannot be written.
 */
export async function addDrift(log: D1Database, drifts: readonly Drift[]): Promise<Drift[]> {
  const { results } = await log
    .prepare(
      `WITH held AS MATERIALIZED (
         SELECT source, count(*) AS size FROM drift
         WHERE source IN (SELECT value ->> 'source' FROM json_each(?1)) GROUP BY source)
       INSERT INTO drift (source, path, what, first, last, times, sample)
       SELECT value ->> 'source', value ->> 'path', value ->> 'what', value ->> 'first', value ->> 'last',
         value ->> 'times', value ->> 'sample'
       FROM json_each(?1)
       WHERE coalesce((SELECT size FROM held WHERE source = value ->> 'source'), 0) < ${MAX_ROWS_PER_SOURCE}
         OR EXISTS (SELECT 1 FROM drift
           WHERE source = value ->> 'source' AND path = value ->> 'path' AND what = value ->> 'what')
       ON CONFLICT (source, path, what) DO UPDATE SET
         times = times + excluded.times, first = min(first, excluded.first), last = max(last, excluded.last),
         sample = iif(excluded.last >= last, excluded.sample, sample)
       RETURNING source, path, what, first, last, times, sample`,
    )
    .bind(JSON.stringify(drifts))
    .all();
  const added = new Map(drifts.map((drift) => [nameOf(drift), drift.times]));
  return z
    .array(row)
    .parse(results)
    .filter((drift) => drift.times === added.get(nameOf(drift)));
}

/** What was found, the newest first. @param source of this one only */
export async function readDrift(log: D1Database, source: string | undefined, limit: number): Promise<Drift[]> {
  const { results } = await log
    .prepare(
      `SELECT source, path, what, first, last, times, sample FROM drift
       WHERE source = ?1 OR ?1 IS NULL ORDER BY first DESC, source, path, what LIMIT ?2`,
    )
    .bind(source ?? null, limit)
    .all();
  return z.array(row).parse(results);
}

function nameOf({ source, path, what }: Drift): string {
  return JSON.stringify([source, path, what]);
}
