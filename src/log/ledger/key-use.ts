import * as z from "zod";

/** Sources and their keys; more nobody has configured. */
const MAX_ROWS = 5000;

const row = z.object({ source: z.string(), key: z.string(), last: z.number() });

/** When a key proved a webhook or a login last, milliseconds since the epoch; `key` is the name of its reference. */
export type KeyUse = z.infer<typeof row>;

/** The last use of each key that ever proved anything, the newest first. Rejects when the log cannot be read. */
export async function readKeyUses(log: D1Database): Promise<KeyUse[]> {
  const { results } = await log
    .prepare(
      `SELECT source, key, max(last) AS last FROM (
         SELECT source, key, last FROM key_use
         UNION ALL SELECT tally.source, used.key, used.value FROM tally, json_each(tally.keys) AS used)
       GROUP BY source, key ORDER BY last DESC LIMIT ${MAX_ROWS}`,
    )
    .all();
  return z.array(row).parse(results);
}
