import { hourOf } from "../../platform/time/instant.ts";
import { flowCounters } from "./flow.ts";
import { counters } from "./tally.ts";

/** Rows that one step moves, and sums of hours that it removes. */
const STEP_ROWS = 500;
const HOUR_MS = 60 * 60 * 1000;
/** An hour is closed once the one after it is over: what comes later is moved by itself. */
const CLOSED_MS = HOUR_MS;
/** Four weeks are looked back for what is usual, and the week of a change of clocks is longer. */
const HOURS_KEPT_MS = 35 * 24 * HOUR_MS;

const UNITS = `(SELECT 'hour' AS unit UNION ALL SELECT 'day' UNION ALL SELECT 'total')`;
const SPAN = "CASE unit WHEN 'hour' THEN hour WHEN 'day' THEN substr(hour, 1, 10) ELSE '' END";
/** The same rows in each statement of the transaction. */
const CLOSED = `SELECT * FROM tally WHERE hour < ?1 ORDER BY hour, source LIMIT ${STEP_ROWS}`;

const sumsOf = (names: readonly string[]) => names.map((name) => `coalesce(sum(${name}), 0)`).join(", ");
const addTo = (names: readonly string[]) => names.map((name) => `${name} = ${name} + excluded.${name}`).join(", ");
const flowParts = flowCounters.map((name) => `iif(counter = '${name}', number, 0) AS ${name}`).join(", ");

const MOVE = [
  `INSERT INTO tally_sum (unit, span, source, ${counters.join(", ")}, last)
   SELECT unit, ${SPAN} AS span, source, ${sumsOf(counters)}, max(last) FROM (${CLOSED}), ${UNITS}
   WHERE true GROUP BY unit, span, source
   ON CONFLICT (unit, span, source) DO UPDATE SET ${addTo(counters)}, last = max(last, excluded.last)`,
  `INSERT INTO flow_sum (unit, span, destination, ${flowCounters.join(", ")})
   SELECT unit, ${SPAN} AS span, destination, ${sumsOf(flowCounters)} FROM (
     SELECT hour, destination, ${flowParts} FROM (
       SELECT hour, substr(key, 1, instr(key, ' ') - 1) AS destination, substr(key, instr(key, ' ') + 1) AS counter,
         value AS number
       FROM (${CLOSED}) AS closed, json_each(closed.flow))), ${UNITS}
   WHERE true GROUP BY unit, span, destination
   ON CONFLICT (unit, span, destination) DO UPDATE SET ${addTo(flowCounters)}`,
  `INSERT INTO refused_total (source, reason, times)
   SELECT source, key, sum(value) FROM (${CLOSED}) AS closed, json_each(closed.refused) WHERE true GROUP BY source, key
   ON CONFLICT (source, reason) DO UPDATE SET times = times + excluded.times`,
  `INSERT INTO key_use (source, key, last)
   SELECT source, key, max(value) FROM (${CLOSED}) AS closed, json_each(closed.keys) WHERE true GROUP BY source, key
   ON CONFLICT (source, key) DO UPDATE SET last = max(last, excluded.last)`,
  `DELETE FROM tally WHERE (hour, source) IN (SELECT hour, source FROM (${CLOSED}))`,
];

/**
 * Moves what was counted in closed hours into the sums by hour, by day and of all time, and removes sums of hours that
 * are old, a bounded number of each. One transaction: whoever ends in the middle has moved nothing, and nothing is moved
 * twice. Rejects when the log cannot be written.
 * @param now milliseconds since the epoch
 */
export async function foldTally(log: D1Database, now: number): Promise<void> {
  const before = hourOf(now - CLOSED_MS);
  const found = await log.prepare("SELECT 1 FROM tally WHERE hour < ?1 LIMIT 1").bind(before).first();
  if (found === null) return;
  const old = hourOf(now - HOURS_KEPT_MS);
  await log.batch([
    ...MOVE.map((sql) => log.prepare(sql).bind(before)),
    ...removeOld(log, "tally_sum", "source", old),
    ...removeOld(log, "flow_sum", "destination", old),
  ]);
}

function removeOld(log: D1Database, table: string, name: string, before: string): D1PreparedStatement[] {
  const old = `SELECT span, ${name} FROM ${table} WHERE unit = 'hour' AND span < ?1 LIMIT ${STEP_ROWS}`;
  return [log.prepare(`DELETE FROM ${table} WHERE unit = 'hour' AND (span, ${name}) IN (${old})`).bind(before)];
}
