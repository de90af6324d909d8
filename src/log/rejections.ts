/** Refused requests that are alike, counted. */
export interface Rejection {
  /** UTC day, `YYYY-MM-DD`. */
  readonly day: string;
  readonly source: string;
  /** One word, e.g. `wrong_key`. */
  readonly reason: string;
  /** What may be kept of the requests, as JSON. */
  readonly detail: string;
  readonly times: number;
  /** When the last one came, milliseconds since the epoch. */
  readonly last: number;
}

/** Adds to the counts of refused requests, in one statement. Rejects when the log cannot be written. */
export async function addRejections(log: D1Database, rejections: readonly Rejection[]): Promise<void> {
  await log
    .prepare(
      `INSERT INTO rejection (day, source, reason, detail, times, last)
       SELECT value ->> 'day', value ->> 'source', value ->> 'reason', value ->> 'detail', value ->> 'times', value ->> 'last'
       FROM json_each(?1) WHERE true
       ON CONFLICT (day, source, reason, detail)
       DO UPDATE SET times = times + excluded.times, last = max(last, excluded.last)`,
    )
    .bind(JSON.stringify(rejections))
    .run();
}
