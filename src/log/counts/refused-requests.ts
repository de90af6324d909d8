import * as z from "zod";
import { requestId, requestIdAt } from "../../platform/request-id.ts";

export const refusedRequestRow = z.object({
  request: requestId,
  source: z.string(),
  kind: z.string().nullable(),
  reason: z.string(),
  status: z.number(),
  bytes: z.number().nullable(),
  agent: z.string().nullable(),
  address: z.string().nullable(),
  came: z.string().nullable().optional(),
});
export const REFUSED_COLUMNS = "request, source, kind, reason, status, bytes, agent, address, came";

/** One refused request. `request`: its id, as the answer named it; `came`: where a key stood that nobody looks at. */
export type RefusedRequest = z.infer<typeof refusedRequestRow>;

/** The same on its way into the log. `lot`: its source, `*` where none is configured. */
export type NewRefusedRequest = RefusedRequest & { readonly lot: string };

const MAX_ROWS_PER_LOT = 200;
const MAX_ROWS_PER_MINUTE = 20;
/** Requests are alike when reason and network are. */
const MAX_ALIKE_ROWS_PER_MINUTE = 5;
const MINUTE_MS = 60_000;

/**
 * Keeps refused requests one by one, as far as there is room for them, and tells which ones. Of a lot the newest 200
 * stay. Rejects when the log cannot be written.
 * @param now milliseconds since the epoch; all of them came within its minute or the one before
 */
export async function addRefusedRequests(
  log: D1Database,
  requests: readonly NewRefusedRequest[],
  now: number,
): Promise<ReadonlySet<string>> {
  const minute = requestIdAt(now - (now % MINUTE_MS));
  const thisMinute = requests.filter(({ request }) => request >= minute);
  const before = requests.filter(({ request }) => request < minute);
  const [early, late] = await log.batch([
    insert(log, before, requestIdAt(now - (now % MINUTE_MS) - MINUTE_MS), minute),
    insert(log, thisMinute, minute, requestIdAt(now + MINUTE_MS)),
    log
      .prepare(
        `DELETE FROM refused_request WHERE lot IN (SELECT value FROM json_each(?1)) AND request < (
           SELECT request FROM refused_request AS newer WHERE newer.lot = refused_request.lot
           ORDER BY request DESC LIMIT 1 OFFSET ${MAX_ROWS_PER_LOT - 1})`,
      )
      .bind(JSON.stringify([...new Set(requests.map(({ lot }) => lot))])),
  ]);
  const kept = [early, late].flatMap((result) =>
    z.array(refusedRequestRow.pick({ request: true })).parse(result?.results),
  );
  return new Set(kept.map(({ request }) => request));
}

/** Keeps so many of each lot that are alike, and so many of all, counted with what the minute has already. */
function insert(
  log: D1Database,
  requests: readonly NewRefusedRequest[],
  from: string,
  to: string,
): D1PreparedStatement {
  const inMinute = "r.request >= ?2 AND r.request < ?3 AND r.lot = given.lot";
  return log
    .prepare(
      `WITH given AS (
         SELECT value ->> 'request' AS request, value ->> 'lot' AS lot, value ->> 'source' AS source,
           value ->> 'kind' AS kind, value ->> 'reason' AS reason, value ->> 'status' AS status,
           value ->> 'bytes' AS bytes, value ->> 'agent' AS agent, value ->> 'address' AS address,
           value ->> 'came' AS came
         FROM json_each(?1)
       ), alike AS (
         SELECT *, row_number() OVER (PARTITION BY lot, reason, address ORDER BY request) + (
           SELECT count(*) FROM refused_request AS r
           WHERE ${inMinute} AND r.reason = given.reason AND r.address IS given.address) AS nth
         FROM given
       ), few AS (
         SELECT *, row_number() OVER (PARTITION BY lot ORDER BY request) + (
           SELECT count(*) FROM refused_request AS r WHERE ${inMinute.replace("given", "alike")}) AS place
         FROM alike WHERE nth <= ${MAX_ALIKE_ROWS_PER_MINUTE}
       )
       INSERT INTO refused_request (request, lot, source, kind, reason, status, bytes, agent, address, came)
       SELECT request, lot, source, kind, reason, status, bytes, agent, address, came
       FROM few WHERE place <= ${MAX_ROWS_PER_MINUTE} ON CONFLICT DO NOTHING
       RETURNING request`,
    )
    .bind(JSON.stringify(requests), from, to);
}

/** Looks a refused request up by its id; undefined when it is not kept. Rejects when the log cannot be read. */
export async function readRefusedRequest(log: D1Database, request: string): Promise<RefusedRequest | undefined> {
  const found = await log
    .prepare(`SELECT ${REFUSED_COLUMNS} FROM refused_request WHERE request = ?1`)
    .bind(request)
    .first();
  return found === null ? undefined : refusedRequestRow.parse(found);
}

/** Removes what was refused before a moment, milliseconds since the epoch. */
export function removeRefusedRequests(log: D1Database, before: number): D1PreparedStatement {
  return log.prepare("DELETE FROM refused_request WHERE request < ?1").bind(requestIdAt(before));
}
