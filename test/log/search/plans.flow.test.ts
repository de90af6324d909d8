import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { expect, it } from "vitest";
import { stampOf } from "../../../src/events/marks/mark.ts";
import type { Trait } from "../../../src/events/marks/trait.ts";
import { traitsOf } from "../../../src/events/marks/traits-of.ts";
import { FIRST_RECEIPT, LAST_RECEIPT, receiptOf } from "../../../src/events/receipt.ts";
import type { SettledEvent } from "../../../src/log/events/insert-events.ts";
import { packEvent } from "../../../src/log/events/pack.ts";
import { settle } from "../../../src/log/events/settle.ts";
import { addToTally } from "../../../src/log/ledger/tally.ts";
import { foldMarks } from "../../../src/log/marks/fold.ts";
import { findByTraits } from "../../../src/log/search/by-traits.ts";
import { searchEvents } from "../../../src/log/search/search.ts";
import { HOUR_MS, hourOf } from "../../../src/platform/time/instant.ts";
import { anEvent } from "../../delivery/event.ts";

const NOW = Date.parse("2026-11-20T09:00:00Z");
const keys = { current: undefined };
const whole = { from: FIRST_RECEIPT, before: LAST_RECEIPT };
const TABLES = "event|claim|delivery|mention|duplicate|mark_block|late_mark|tally";

interface Asked {
  readonly sql: string;
  readonly values: readonly unknown[];
  readonly read: number;
  readonly written: number;
}

/** The log, which notes what it is asked. */
function noting(): { LOG: D1Database; asked: Asked[] } {
  const asked: Asked[] = [];
  const known = new WeakMap<D1PreparedStatement, readonly [string, readonly unknown[]]>();
  const note = <T extends D1Result>(statement: D1PreparedStatement, result: T): T => {
    const [sql = "", values = []] = known.get(statement) ?? [];
    asked.push({ sql, values, read: result.meta.rows_read, written: result.meta.rows_written });
    return result;
  };
  const watch = (statement: D1PreparedStatement, sql: string, values: readonly unknown[]): D1PreparedStatement => {
    const { bind, all, run } = statement;
    const watched: D1PreparedStatement = Object.assign(statement, {
      bind: (...bound: unknown[]) => watch(bind.apply(statement, bound), sql, bound),
      all: async () => note(watched, await all.call(statement)),
      run: async () => note(watched, await run.call(statement)),
      first: async () => note(watched, await all.call(statement)).results[0] ?? null,
    });
    known.set(watched, [sql, values]);
    return watched;
  };
  const LOG: D1Database = Object.assign(Object.create(env.LOG), {
    prepare: (sql: string) => watch(env.LOG.prepare(sql), sql, []),
    batch: async (statements: D1PreparedStatement[]) => {
      const results = await env.LOG.batch(statements);
      return results.map((result, n) => note(statements[n] ?? env.LOG.prepare(""), result));
    },
  });
  return { LOG, asked };
}

/** Events of a call each, by one of a hundred agents. */
async function settleMany(count: number, at: (n: number) => number): Promise<void> {
  const events = await Promise.all(
    Array.from({ length: count }, async (_, n): Promise<SettledEvent> => {
      const event = anEvent({ call: { id: `c${n}`, from: `+3630${1_000_000 + n}` }, agent: { id: `a${n % 100}` } });
      const receipt = receiptOf(ulid(at(n)));
      const marks = await stampOf(traitsOf(event), undefined);
      const rest = { source: "s", type: event.type, subject: `call/c${n}`, time: "", key: "", due: 0, results: {} };
      return { ...rest, receipt, id: `evt_${receipt}`, marks, ...(await packEvent(event)) };
    }),
  );
  await settle(env.LOG, { events, deliveries: [], duplicates: [], failures: [], additions: [], spooled: [] });
}

/** Tables that a plan goes through from end to end; what a statement makes itself, under the same name, is none. */
async function scansOf({ sql, values }: Asked): Promise<string[]> {
  const { results } = await env.LOG.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...values)
    .all();
  const plan = results.map(({ detail }) => String(detail));
  return plan.filter((line) => {
    const [, table] = new RegExp(`^SCAN (${TABLES})\\b`).exec(line) ?? [];
    return (
      table !== undefined && !plan.some((other) => new RegExp(`^(?:CO-ROUTINE|MATERIALIZE) ${table}\\b`).test(other))
    );
  });
}

it("a search by a trait goes through no table, and reads few rows, however many events there are", async () => {
  await settleMany(2400, (n) => NOW + n * 1000);
  for (let turn = 0; turn < 6; turn++) await foldMarks(env.LOG, NOW + 2_300_000, turn);
  const wanted: Trait[] = [{ kind: "phone", value: "06 30 1000 700" }];
  const { LOG, asked } = noting();
  const found = await findByTraits(LOG, wanted, keys, whole, 100);
  const page = await searchEvents(LOG, { ...whole, about: [], also: found.receipts }, 50, { keys });
  expect(page.events.map(({ subject }) => subject)).toEqual(["call/c700"]);
  expect(await Promise.all(asked.map(scansOf))).toEqual(asked.map(() => []));
  // The tail is what was too young to be folded.
  expect(asked.reduce((sum, { read }) => sum + read, 0)).toBeLessThan(200);
});

it("a search by a subject of any source reads few rows of the counters, however long cron has moved none of them", async () => {
  await settleMany(10, (n) => NOW + n * 1000);
  // What is found is found by this: these ids do not begin as their subjects do.
  await env.LOG.prepare("INSERT INTO mention SELECT receipt, subject, source FROM event").run();
  const hours = Array.from({ length: 3000 }, (_, n) => hourOf(NOW - n * HOUR_MS));
  await addToTally(env.LOG, [
    { hour: hourOf(NOW), source: "s", events: 10 },
    ...hours.map((hour) => ({ hour, source: "other", events: 1 })),
  ]).run();
  const { LOG, asked } = noting();
  const page = await searchEvents(LOG, { ...whole, subject: "call/c7" }, 50, { keys });
  expect(page.events.map(({ subject }) => subject)).toEqual(["call/c7"]);
  expect(await Promise.all(asked.map(scansOf))).toEqual(asked.map(() => []));
  expect(asked.reduce((sum, { read }) => sum + read, 0)).toBeLessThan(400);
});

it("folding costs a fiftieth of a row for an event at most", async () => {
  for (let batch = 0; batch < 10; batch++) await settleMany(200, (n) => NOW + (batch * 200 + n) * 1000);
  const { LOG, asked } = noting();
  // As if cron had come each time that there were enough.
  for (let minute = 1; minute <= 40; minute++) await foldMarks(LOG, NOW + minute * 200_000 + 60_000, minute);
  const { results } = await env.LOG.prepare("SELECT level, count(*) AS n FROM mark_block GROUP BY level").all();
  expect(results).toEqual([{ level: 1, n: 1 }]);
  expect(asked.reduce((sum, { written }) => sum + written, 0) / 2000).toBeLessThanOrEqual(0.02);
});
