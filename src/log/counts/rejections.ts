import { hourOf } from "../../platform/time/instant.ts";
import { addToTally } from "../ledger/tally.ts";

/** Refused requests that are alike, counted. */
export interface Rejection {
  /** UTC day, `YYYY-MM-DD`. */
  readonly day: string;
  readonly source: string;
  /** One word, e.g. `wrong_key`. */
  readonly reason: string;
  /** What makes them alike and may be kept of them, as JSON. */
  readonly detail: string;
  readonly times: number;
  /** How many of them are kept one by one. */
  readonly kept: number;
  /** When the last one came, milliseconds since the epoch. */
  readonly last: number;
  /** Length of its body, where that is kept. */
  readonly bytes?: number | undefined;
  /** Digest of its body in hex, where that is kept. */
  readonly sha256?: string | undefined;
}

/** Kinds of refused requests that a day keeps of one source, and made-up source ids that it keeps of all. */
const MAX_ROWS_PER_DAY = 200;

/** How many the day has already: of unknown sources all together, of any other its own. */
const HELD = `CASE WHEN stranger
  THEN (SELECT count(*) FROM rejection AS r WHERE r.day = lots.day AND r.reason = 'unknown_source')
  ELSE (SELECT count(*) FROM rejection AS r WHERE r.day = lots.day AND r.source = lots.lot) END`;
/** Whether there is a row for it. */
const KNOWN = `EXISTS (SELECT 1 FROM rejection AS r
  WHERE r.day = given.day AND r.source = given.source AND r.reason = given.reason AND r.detail = given.detail)`;

/**
 * Adds to the counts of refused requests, in one transaction. What a day has no room for is counted under the reason
 * `*`, and made-up ids under the source `*`. Rejects when the log cannot be written.
 */
export async function addRejections(log: D1Database, rejections: readonly Rejection[]): Promise<void> {
  const additions = rejections.map(({ source, reason, times, last }) => ({
    hour: hourOf(last),
    source: reason === "unknown_source" ? "*" : source,
    refused: { [reason]: times },
  }));
  const counted = log
    .prepare(
      `WITH given AS (
         SELECT value ->> 'day' AS day, value ->> 'source' AS source, value ->> 'reason' AS reason,
           value ->> 'detail' AS detail, value ->> 'times' AS times, value ->> 'kept' AS kept, value ->> 'last' AS last,
           value ->> 'bytes' AS bytes, value ->> 'sha256' AS sha256,
           iif(value ->> 'reason' = 'unknown_source', '*', value ->> 'source') AS lot,
           value ->> 'reason' = 'unknown_source' AS stranger
         FROM json_each(?1)
       ), lots AS (
         SELECT DISTINCT day, lot, stranger FROM given
       ), held AS MATERIALIZED (
         SELECT day, lot, stranger, ${HELD} AS number FROM lots
       ), judged AS (
         SELECT given.*, ${KNOWN} AS known, held.number FROM given JOIN held USING (day, lot, stranger)
       ), placed AS (
         SELECT *, known OR number + sum(NOT known) OVER running <= ${MAX_ROWS_PER_DAY} AS fits
         FROM judged WINDOW running AS (PARTITION BY day, lot, stranger ROWS UNBOUNDED PRECEDING)
       )
       INSERT INTO rejection (day, source, reason, detail, times, kept, last, bytes, sha256)
       SELECT day, iif(fits OR NOT stranger, source, '*'), iif(fits OR stranger, reason, '*'),
         iif(fits OR stranger, detail, '{}'), times, kept, last, bytes, sha256
       FROM placed WHERE true
       ON CONFLICT (day, source, reason, detail) DO UPDATE SET times = times + excluded.times,
         kept = kept + excluded.kept,
         bytes = iif(excluded.last >= last, excluded.bytes, bytes),
         sha256 = iif(excluded.last >= last, excluded.sha256, sha256),
         last = max(last, excluded.last)`,
    )
    .bind(JSON.stringify(rejections));
  await log.batch([counted, addToTally(log, additions)]);
}
