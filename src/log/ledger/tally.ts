import type { FlowCounts } from "./flow.ts";

/** The counters of the ledger, per hour of receipt and source. */
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
  "questions",
  "answered",
  "otherwise",
] as const;

export type Counter = (typeof counters)[number];
export type Counts = { readonly [name in Counter]?: number };

/** What one webhook, delivery or refused request adds to what is counted. */
export interface Addition extends Counts {
  /** UTC hour of the receipt, `YYYY-MM-DDTHH`; of what is no counter of the ledger, the hour in which it was. */
  readonly hour: string;
  readonly source: string;
  /** When it was received, milliseconds since the epoch. */
  readonly last?: number | undefined;
  /** The reference of the key that proved it. */
  readonly key?: string | undefined;
  /** What happened at destinations. */
  readonly flow?: FlowCounts | undefined;
  /** The hour in which it happened, where that is another. */
  readonly flowHour?: string | undefined;
  /** Refused requests by reason. */
  readonly refused?: Readonly<Record<string, number>> | undefined;
}

const columns = counters.join(", ");
const sums = counters.map((name) => `coalesce(sum(value ->> '${name}'), 0)`).join(", ");
const updates = counters.map((name) => `${name} = ${name} + excluded.${name}`).join(", ");

/** The numbers of several objects, name by name. */
const summed = (named: string) =>
  `(SELECT json_group_object(name, number) FROM (SELECT name, sum(number) AS number FROM (${named}) GROUP BY name))`;
const given = (member: string) =>
  summed(`SELECT part.key AS name, part.value AS number FROM given AS one, json_each(one.${member}) AS part
    WHERE one.hour = given.hour AND one.source = given.source`);
const together = (column: string) =>
  summed(`SELECT key AS name, value AS number FROM json_each(tally.${column})
    UNION ALL SELECT key, value FROM json_each(excluded.${column})`);

/** The same of times, of which the latest counts. */
const latest = (named: string) =>
  `(SELECT json_group_object(name, number) FROM (SELECT name, max(number) AS number FROM (${named}) GROUP BY name))`;
const givenKeys = latest(`SELECT one.value ->> 'key' AS name, one.value ->> 'last' AS number FROM given AS one
    WHERE one.hour = given.hour AND one.source = given.source AND one.value ->> 'key' IS NOT NULL`);
const keysTogether = latest(`SELECT key AS name, value AS number FROM json_each(tally.keys)
    UNION ALL SELECT key, value FROM json_each(excluded.keys)`);

/**
 * Adds to what is counted; one written row per hour and source. `condition` keeps what was counted before from being
 * counted again: an SQL expression over `value`, one addition as JSON.
 */
export function addToTally(
  log: D1Database,
  additions: readonly (Addition & object)[],
  condition = "true",
): D1PreparedStatement {
  return log
    .prepare(
      `WITH chosen AS MATERIALIZED (SELECT value FROM json_each(?1) WHERE ${condition}),
       given AS MATERIALIZED (
         SELECT value ->> 'hour' AS hour, value ->> 'source' AS source, value, '{}' AS flow, value -> 'refused' AS refused
         FROM chosen
         UNION ALL
         SELECT coalesce(value ->> 'flowHour', value ->> 'hour'), value ->> 'source', '{}', value -> 'flow', '{}'
         FROM chosen WHERE value -> 'flow' IS NOT NULL)
       INSERT INTO tally (hour, source, ${columns}, last, flow, refused, keys)
       SELECT hour, source, ${sums}, coalesce(max(value ->> 'last'), 0), ${given("flow")}, ${given("refused")}, ${givenKeys}
       FROM given GROUP BY hour, source
       ON CONFLICT (hour, source) DO UPDATE SET ${updates}, last = max(last, excluded.last),
         flow = ${together("flow")}, refused = ${together("refused")}, keys = ${keysTogether}`,
    )
    .bind(JSON.stringify(additions));
}
