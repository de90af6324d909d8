import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { readDays } from "../../../src/log/ledger/by-day.ts";
import { countFlow } from "../../../src/log/ledger/flow.ts";
import { foldTally } from "../../../src/log/ledger/fold.ts";
import { readLedger } from "../../../src/log/ledger/ledger.ts";
import { type Addition, addToTally } from "../../../src/log/ledger/tally.ts";
import { readTotals } from "../../../src/log/ledger/totals.ts";
import { HOUR_MS, hourOf } from "../../../src/platform/time/instant.ts";

const NOW = Date.parse("2026-11-20T09:10:00Z");
const at = (hoursAgo: number) => hourOf(NOW - hoursAgo * HOUR_MS);
const add = (...additions: Addition[]) => addToTally(env.LOG, additions).run();
const crm = (ms: number) => countFlow([{ destination: "crm", due: true, state: "delivered", ms }]);
const left = async (table = "tally") => (await env.LOG.prepare(`SELECT * FROM ${table}`).all()).results;

/** All that is counted, wherever it stands. */
async function everything() {
  const { ever } = await readTotals(env.LOG, at(1));
  const order = (entries: Iterable<[string, unknown]>) => Object.fromEntries([...entries].sort());
  return {
    sources: order(ever.sources),
    destinations: order(ever.destinations),
    refused: ever.refused.map((one) => JSON.stringify(one)).sort(),
    ledger: await readLedger(env.LOG, 0),
    days: await readDays(env.LOG, "2026-11-01", "2026-11-30"),
  };
}

/** Two sources over three days, this hour and the one before among them. */
const several = () =>
  add(
    ...[0, 1, 2, 3, 8, 10, 30, 40].flatMap((hours): Addition[] => [
      { hour: at(hours), source: "a", events: 2, due: 1, delivered: 1, last: NOW - hours * HOUR_MS, flow: crm(hours) },
      { hour: at(hours), source: "b", duplicates: 1, logins: 3, granted: 1, last: NOW - hours * HOUR_MS },
      { hour: at(hours), source: "b", refused: { wrong_key: 2, no_key: 1 } },
      { hour: at(hours), source: "*", refused: { unknown_source: 1 } },
    ]),
  );

describe("what was counted in closed hours", () => {
  it("is moved into the sums, and every figure stays as it was", async () => {
    await several();
    const before = await everything();
    expect(before.sources).toMatchObject({
      a: { events: 16, last: NOW },
      b: { duplicates: 8, logins: 24, granted: 8 },
    });
    expect(before.destinations).toMatchObject({
      crm: { due: 8, delivered: 8, attempts: 8, under_50: 8, under_100: 0, ms: 94 },
    });
    expect(Object.keys(before.ledger.sources).sort()).toEqual(["a", "b"]);
    await foldTally(env.LOG, NOW);
    expect(await everything()).toEqual(before);
    const hours = (await left()).map(({ hour }) => hour);
    expect(new Set(hours)).toEqual(new Set([at(0), at(1)]));
    await foldTally(env.LOG, NOW);
    expect(await everything()).toEqual(before);
  });

  it("stands by hour, by day and as a whole", async () => {
    await several();
    await foldTally(env.LOG, NOW);
    const { results } = await env.LOG.prepare(
      "SELECT unit, span, events FROM tally_sum WHERE source = 'a' ORDER BY unit, span",
    ).all();
    expect(results).toEqual([
      { unit: "day", span: "2026-11-18", events: 2 },
      { unit: "day", span: "2026-11-19", events: 4 },
      { unit: "day", span: "2026-11-20", events: 6 },
      ...[40, 30, 10, 8, 3, 2].map((hours) => ({ unit: "hour", span: at(hours), events: 2 })),
      { unit: "total", span: "", events: 12 },
    ]);
  });

  it("is joined by what comes late, of a delivery that waited for weeks", async () => {
    await several();
    await foldTally(env.LOG, NOW);
    await add({ hour: at(40), source: "a", dead: 1, flow: crm(70), flowHour: at(0) });
    const before = await everything();
    // What happens at a destination counts for the hour in which it happens: 1 of before, and this one.
    expect((await readTotals(env.LOG, at(0))).lately.destinations.get("crm")).toMatchObject({ delivered: 2 });
    await foldTally(env.LOG, NOW);
    expect(await everything()).toEqual(before);
    expect(before.days.find(({ day, source }) => day === "2026-11-18" && source === "a")?.deliveries.dead).toBe(1);
  });

  it.each([1, 2, 3, 4, 5])(
    "is not moved at all when step %i of it fails, and once when it is done again",
    async (step) => {
      await several();
      const before = await everything();
      const failing: D1Database = Object.assign(Object.create(env.LOG), {
        batch: (batch: D1PreparedStatement[]) =>
          env.LOG.batch(batch.toSpliced(step, 0, env.LOG.prepare("INSERT INTO beat (name, at) VALUES ('x', NULL)"))),
      });
      await expect(foldTally(failing, NOW)).rejects.toThrow();
      expect(await everything()).toEqual(before);
      expect(await left("tally_sum")).toEqual([]);
      await foldTally(env.LOG, NOW);
      await foldTally(env.LOG, NOW);
      expect(await everything()).toEqual(before);
    },
  );

  it("is moved a bounded number of rows at a time, the oldest first", async () => {
    await add(
      ...Array.from({ length: 700 }, (_, n): Addition => ({ hour: at(5 + (n % 7)), source: `s${n}`, events: 1 })),
    );
    const before = await everything();
    await foldTally(env.LOG, NOW);
    expect(await left()).toHaveLength(200);
    expect(await everything()).toEqual(before);
    await foldTally(env.LOG, NOW);
    expect([await left(), await everything()]).toEqual([[], before]);
  });

  it("stays in sum when the single hours are removed after five weeks", async () => {
    await several();
    await foldTally(env.LOG, NOW);
    const later = NOW + 35 * 24 * HOUR_MS;
    const before = await everything();
    await foldTally(env.LOG, later);
    await foldTally(env.LOG, later);
    expect(await everything()).toEqual(before);
    const hours = (await left("tally_sum")).filter(({ unit }) => unit === "hour").map(({ span }) => span);
    expect(new Set(hours)).toEqual(new Set([at(0)]));
  });
});

it("costs four rows for an hour of a source, three for each of its destinations, and none where nothing is to be moved", async () => {
  let written = 0;
  const LOG: D1Database = Object.assign(Object.create(env.LOG), {
    batch: async (batch: D1PreparedStatement[]) => {
      const results = await env.LOG.batch(batch);
      for (const { meta } of results) written += meta.rows_written;
      return results;
    },
  });
  await add({ hour: at(2), source: "a", events: 1, flow: crm(1) }, { hour: at(0), source: "a", events: 1 });
  await foldTally(LOG, NOW);
  expect(written).toBe(4 + 3);
  await foldTally(LOG, NOW);
  expect(written).toBe(4 + 3);
});
