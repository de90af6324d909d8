/** The counters of the ledger, per day of receipt and source. */
export const counters = [
  "events",
  "duplicates",
  "failed",
  "unrouted",
  "due",
  "delivered",
  "dead",
  "expired",
  "replay_due",
  "replay_delivered",
  "replay_dead",
  "replay_expired",
  "logins",
  "granted",
] as const;

export type Counter = (typeof counters)[number];
export type Counts = { readonly [name in Counter]?: number };

/** What one webhook or delivery adds to the ledger. */
export interface Addition extends Counts {
  /** UTC day of the receipt, `YYYY-MM-DD`. */
  readonly day: string;
  readonly source: string;
}

const columns = counters.join(", ");
const sums = counters.map((name) => `coalesce(sum(value ->> '${name}'), 0)`).join(", ");
const updates = counters.map((name) => `${name} = ${name} + excluded.${name}`).join(", ");

/**
 * Adds to the ledger; one written row per day and source. `condition` keeps what was counted before from being counted
 * again: an SQL expression over `value`, one addition as JSON.
 */
export function addToTally(
  log: D1Database,
  additions: readonly (Addition & object)[],
  condition: string,
): D1PreparedStatement {
  return log
    .prepare(
      `INSERT INTO tally (day, source, ${columns})
       SELECT value ->> 'day', value ->> 'source', ${sums} FROM json_each(?1) WHERE ${condition}
       GROUP BY value ->> 'day', value ->> 'source'
       ON CONFLICT (day, source) DO UPDATE SET ${updates}`,
    )
    .bind(JSON.stringify(additions));
}
