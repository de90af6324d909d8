import * as z from "zod";

/** Rows looked at of each table: days of trouble, and all that nobody expected of forty sources. */
const MAX_ROWS_EXAMINED = 10_000;

const row = z.object({ source: z.string(), number: z.number() });

/** How often requests were refused, and how much came that nobody expected, by source. */
export interface CountsBySource {
  readonly refused: ReadonlyMap<string, number>;
  readonly drift: ReadonlyMap<string, number>;
}

/**
 * Counts both by source. Rejects when the log cannot be read.
 * @param since the first UTC day of which refused requests count
 */
export async function countBySource(log: D1Database, since: string): Promise<CountsBySource> {
  const [refused, drift] = await log.batch([
    log
      .prepare(
        `SELECT source, sum(times) AS number FROM (SELECT source, times FROM rejection WHERE day >= ?1
           ORDER BY day DESC LIMIT ${MAX_ROWS_EXAMINED}) GROUP BY source`,
      )
      .bind(since),
    log.prepare(
      `SELECT source, count(*) AS number FROM (SELECT source FROM drift LIMIT ${MAX_ROWS_EXAMINED}) GROUP BY source`,
    ),
  ]);
  return { refused: toMap(refused?.results), drift: toMap(drift?.results) };
}

function toMap(results: unknown): Map<string, number> {
  return new Map(
    z
      .array(row)
      .parse(results)
      .map(({ source, number }) => [source, number]),
  );
}
