import * as z from "zod";
import { sortRows } from "../../platform/d1/sort-rows.ts";

const row = z.object({ source: z.string(), hours: z.number() });

/** A source, and the hours to look at, `YYYY-MM-DDTHH` each. */
export interface AskedHours {
  readonly source: string;
  readonly hours: readonly string[];
}

/** In how many of the hours something came from each source, questions among it. Rejects when the log cannot be read. */
export async function countBusyHours(log: D1Database, asked: readonly AskedHours[]): Promise<Map<string, number>> {
  const pairs = asked.flatMap(({ source, hours }) => hours.map((hour) => ({ source, hour })));
  const { results } = await log
    .prepare(
      `SELECT source, count(*) AS hours FROM json_each(?1) CROSS JOIN tally_sum
       ON unit = 'hour' AND span = value ->> 'hour' AND source = value ->> 'source'
       WHERE events + duplicates + failed + logins + questions > 0 GROUP BY source`,
    )
    .bind(JSON.stringify(pairs))
    .all();
  return new Map(sortRows(row, results).read.map(({ source, hours }) => [source, hours]));
}
