import * as z from "zod";
import { type RequestId, requestIdAt } from "../../platform/request-id.ts";
import { REFUSED_COLUMNS, type RefusedRequest, refusedRequestRow } from "./refused-requests.ts";

/** Rows looked at; a hundred sources keep no more. */
const MAX_ROWS_EXAMINED = 20_000;

/** Which ones; milliseconds since the epoch, `until` exclusive. `before`: the page goes on before this one. */
export interface RefusedRequestSearch {
  readonly source?: string | undefined;
  readonly reason?: string | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly before?: RequestId | undefined;
}

/** Refused requests one by one, the newest first. Rejects when the log cannot be read. */
export async function listRefusedRequests(
  log: D1Database,
  { source, reason, since = 0, until, before }: RefusedRequestSearch,
  limit: number,
): Promise<RefusedRequest[]> {
  const ends = [
    ...(until === undefined ? [] : [requestIdAt(until)]),
    ...(before === undefined ? [] : [before]),
    "req_~",
  ];
  const { results } = await log
    .prepare(
      `SELECT * FROM (SELECT ${REFUSED_COLUMNS} FROM refused_request
         WHERE request >= ?1 AND request < ?2 ORDER BY request DESC LIMIT ${MAX_ROWS_EXAMINED})
       WHERE (?3 IS NULL OR source = ?3) AND (?4 IS NULL OR reason = ?4) ORDER BY request DESC LIMIT ?5`,
    )
    .bind(requestIdAt(since), ends.sort()[0], source ?? null, reason ?? null, limit)
    .all();
  return z.array(refusedRequestRow).parse(results);
}
