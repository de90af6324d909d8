import * as z from "zod";
import { requestId, requestIdAt } from "../../platform/request-id.ts";

const row = z.object({ reason: z.string(), count: z.number(), first: requestId, last: requestId });

/** Requests of a source that were refused for one reason. `first`, `last`: ids of requests, which tell their time. */
export type RefusedAlike = z.infer<typeof row>;

/**
 * How often, and why, requests without a live key were refused in a time span, the most frequent reason first; as far as
 * they are kept one by one. Rejects when the log cannot be read.
 * @param since milliseconds since the epoch, as `until`, which is exclusive
 */
export async function countStrangers(
  log: D1Database,
  source: string,
  since: number,
  until: number,
): Promise<RefusedAlike[]> {
  // 429 stands in the place of a 401 where too many came.
  const { results } = await log
    .prepare(
      `SELECT reason, count(*) AS count, min(request) AS first, max(request) AS last
       FROM refused_request INDEXED BY refused_request_lot
       WHERE lot = ?1 AND request >= ?2 AND request < ?3 AND status IN (401, 429)
       GROUP BY reason ORDER BY count DESC, reason`,
    )
    .bind(source, requestIdAt(since), requestIdAt(until))
    .all();
  return z.array(row).parse(results);
}
