import * as z from "zod";
import { sortRows } from "../../platform/d1/sort-rows.ts";

/** Rows of open hours that are read, the newest first: cron moves those of closed ones into the sums. */
const MAX_OPEN_ROWS = 2000;

const row = z.object({ destination: z.string() });

/**
 * The destinations for which deliveries were given up since a UTC day began. Rejects when the log cannot be read.
 * @param since `YYYY-MM-DD`
 */
export async function readGivenUp(log: D1Database, since: string): Promise<ReadonlySet<string>> {
  const { results } = await log
    .prepare(
      `SELECT destination FROM flow_sum WHERE unit = 'day' AND span >= ?1 AND dead > 0
       UNION SELECT substr(key, 1, length(key) - length(' dead'))
       FROM (SELECT flow FROM tally WHERE hour >= ?1 ORDER BY hour DESC LIMIT ${MAX_OPEN_ROWS}) AS recent, json_each(recent.flow)
       WHERE key LIKE '% dead'`,
    )
    .bind(since)
    .all();
  return new Set(sortRows(row, results).read.map(({ destination }) => destination));
}
