import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { readLedger } from "../../../src/log/ledger/ledger.ts";
import { addToTally } from "../../../src/log/ledger/tally.ts";

const HOUR = "2026-11-20T09";
const numbers = (count: number) =>
  `WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < ${count - 1})`;

/** Deliveries that wait, half of them held; every tenth is a replay. */
const fillWaiting = (source: string, count: number) =>
  env.LOG.prepare(
    `${numbers(count)} INSERT INTO delivery (receipt, destination, run, source, type, state, attempt, next, since, attempts)
     SELECT 'rcpt_${source}' || n, 'crm', n % 10 = 0, '${source}', '', 'waiting', 0, iif(n % 2, n, NULL), 0, '[]' FROM number`,
  ).run();
const fillSpool = (count: number) =>
  env.LOG.prepare(
    `${numbers(count)} INSERT INTO spool (receipt, due, tries, message) SELECT n, 0, 0, '' FROM number`,
  ).run();

/** The ledger, and how many rows were examined for it. */
async function read() {
  let rows = 0;
  const LOG: D1Database = Object.assign(Object.create(env.LOG), {
    prepare: (sql: string) => env.LOG.prepare(sql),
    batch: async (statements: D1PreparedStatement[]) => {
      const results = await env.LOG.batch(statements);
      for (const { meta } of results) rows += meta.rows_read;
      return results;
    },
  });
  return { ...(await readLedger(LOG, 3)), rows };
}

describe("the ledger", () => {
  it("is exact, and examines a bounded number of rows, however much waits", async () => {
    await addToTally(env.LOG, [
      { hour: HOUR, source: "a", events: 12_000, due: 12_000, delivered: 1200, replay_due: 1200 },
    ]).run();
    await fillWaiting("a", 12_000);
    await fillSpool(12_000);
    const { rows, balanced, uncounted, webhooks, sources, deliveries, replays } = await read();
    expect(rows).toBeLessThan(20_000);
    expect([balanced, deliveries.waiting, replays.waiting]).toEqual([true, 10_800, 1200]);
    expect(uncounted).toEqual(["waiting", "unread"]);
    expect(sources.a).toMatchObject({ deliveries: { waiting: 10_800 }, replays: { waiting: 1200 } });
    expect(webhooks).toMatchObject({ unread: 5003, accepted: 17_003 });
  });

  it("does not balance when more waits than the counters know of, however much it is", async () => {
    await addToTally(env.LOG, [{ hour: HOUR, source: "a", events: 12_000, due: 12_000, delivered: 11_990 }]).run();
    await fillWaiting("a", 12_000);
    expect(await read()).toMatchObject({ balanced: false, uncounted: ["waiting"] });
  });

  it("counts itself what waits, where it can, and says so only where it cannot", async () => {
    await addToTally(env.LOG, [{ hour: HOUR, source: "a", events: 20, due: 20, replay_due: 2 }]).run();
    await fillWaiting("a", 20);
    const told = await read();
    expect(told).toMatchObject({ balanced: false, deliveries: { waiting: 18 }, replays: { waiting: 2 } });
    expect(told.uncounted).toBeUndefined();
  });
});
