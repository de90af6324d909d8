import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { describe, expect, it } from "vitest";
import { markOf, stampOf } from "../../../src/events/marks/mark.ts";
import type { Trait } from "../../../src/events/marks/trait.ts";
import { FIRST_RECEIPT, LAST_RECEIPT, receiptAt, receiptOf } from "../../../src/events/receipt.ts";
import type { SettledEvent } from "../../../src/log/events/insert-events.ts";
import { settle } from "../../../src/log/events/settle.ts";
import { findMoments } from "../../../src/log/marks/find-moments.ts";
import { foldMarks } from "../../../src/log/marks/fold.ts";
import { deflate } from "../../../src/platform/deflate.ts";

const NOW = Date.parse("2026-11-20T09:00:00Z");
const HOUR = 3_600_000;
const keys = { current: undefined };
const all = { from: FIRST_RECEIPT, before: LAST_RECEIPT };
const agent = (id: string): Trait => ({ kind: "agent", value: id });
const body = await deflate("{}");

/** Events one after the other, a second apart, each with an agent of its own and one that they share. */
async function settled(from: number, count: number, traits = (n: number) => [agent(`a${n}`), agent("all")]) {
  const events = await Promise.all(
    Array.from({ length: count }, async (_, n): Promise<SettledEvent> => {
      const at = from + n * 1000;
      const receipt = receiptOf(ulid(at));
      const marks = await stampOf(traits(n), undefined);
      const rest = { source: "s", type: "call.started", subject: undefined, time: "", key: "", due: 0, results: {} };
      return { ...rest, receipt, id: `evt_${receipt}`, marks, body };
    }),
  );
  await settle(env.LOG, { events, deliveries: [], duplicates: [], failures: [], additions: [], spooled: [] });
  return events;
}

const momentsOf = async (value: string, range = all) =>
  (await findMoments(env.LOG, [agent(value)], keys, range)).moments;
const blocks = async () =>
  (await env.LOG.prepare("SELECT first, last, level FROM mark_block ORDER BY last").all()).results;
/** All the works of several minutes. */
async function foldAll(turns = 12): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await foldMarks(env.LOG, NOW + HOUR, turn);
}

describe("folding", () => {
  it("waits for enough events, then puts them into one block, and finds them in it as before", async () => {
    const start = NOW - HOUR;
    await settled(start, 150);
    await foldAll();
    expect(await blocks()).toEqual([]);
    expect(await momentsOf("a7")).toEqual([start + 7000]);
    await settled(start + 200_000, 100, (n) => [agent(`b${n}`), agent("all")]);
    await foldAll();
    expect(await blocks()).toHaveLength(1);
    expect(await momentsOf("a7")).toEqual([start + 7000]);
    expect(await momentsOf("b99")).toEqual([start + 299_000]);
    expect(await momentsOf("all")).toHaveLength(250);
    expect(await momentsOf("nobody")).toEqual([]);
  });

  it("leaves alone what is too young to be complete", async () => {
    await settled(NOW + HOUR - 50_000, 40);
    await settled(NOW, 210, (n) => [agent(`old${n}`)]);
    await foldAll();
    const [block] = await blocks();
    expect(block?.last).toSatisfy((last: string) => last < receiptAt(NOW + 211_000));
    expect(await momentsOf("a7")).toHaveLength(1);
  });

  it("done again, or by two at a time, makes nothing twice", async () => {
    await settled(NOW, 250);
    await Promise.all([foldMarks(env.LOG, NOW + HOUR, 0), foldMarks(env.LOG, NOW + HOUR, 1)]);
    await foldAll();
    expect(await blocks()).toHaveLength(1);
    expect(await momentsOf("all")).toHaveLength(250);
  });

  it("writes no block of events among which another was recorded meanwhile", async () => {
    await settled(NOW, 250);
    let added = false;
    const LOG: D1Database = Object.assign(Object.create(env.LOG), {
      prepare: (sql: string) => {
        const statement = env.LOG.prepare(sql);
        if (!sql.includes("INTO mark_block")) return statement;
        const run = async (...values: unknown[]) => {
          added = true;
          await settled(NOW + 7500, 1, () => [agent("between")]);
          return env.LOG.prepare(sql)
            .bind(...values)
            .run();
        };
        return Object.assign(statement, { bind: (...values: unknown[]) => ({ run: () => run(...values) }) });
      },
    });
    await foldMarks(LOG, NOW + HOUR, 0);
    expect(added).toBe(true);
    expect(await blocks()).toEqual([]);
    await foldAll();
    expect(await momentsOf("between")).toEqual([NOW + 7500]);
  });

  it("loses nothing that comes late, few or many", async () => {
    await settled(NOW, 250);
    await foldAll();
    await settled(NOW + 100_500, 3, (n) => [agent(`late${n}`)]);
    expect(await momentsOf("late1")).toEqual([NOW + 101_500]);
    await settled(NOW - HOUR, 230, (n) => [agent(`later${n}`)]);
    await foldAll();
    expect(await env.LOG.prepare("SELECT count(*) AS n FROM late_mark").first()).toEqual({ n: 0 });
    expect(await blocks()).toHaveLength(2);
    for (const value of ["late1", "later7", "a7"]) expect(await momentsOf(value)).toHaveLength(1);
  });

  it("joins ten small blocks into one larger, and finds everything in it", async () => {
    for (let n = 0; n < 10; n++) {
      await settled(NOW - (20 - n) * HOUR, 200, (one) => [agent(`${n}-${one}`), agent("all")]);
      await foldMarks(env.LOG, NOW, 0);
    }
    expect(await blocks()).toHaveLength(10);
    await foldAll();
    expect(await blocks()).toMatchObject([{ level: 1 }]);
    for (const value of ["0-0", "4-100", "9-199"]) expect(await momentsOf(value)).toHaveLength(1);
    expect(await momentsOf("all")).toHaveLength(2000);
  });

  it("lets a block go when its last event has gone", async () => {
    const events = await settled(NOW, 250);
    await foldAll();
    const remove = (some: readonly SettledEvent[]) =>
      env.LOG.prepare("DELETE FROM event WHERE receipt IN (SELECT value FROM json_each(?1))")
        .bind(JSON.stringify(some.map(({ receipt }) => receipt)))
        .run();
    await remove(events.slice(1));
    await foldAll();
    expect(await blocks()).toHaveLength(1);
    await remove(events);
    await foldAll();
    expect(await blocks()).toEqual([]);
  });
});

it("finds what another key marked only by that key", async () => {
  const key = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  if (!(key instanceof CryptoKey)) throw new Error("no key");
  await settled(NOW, 210);
  await foldAll();
  const current = { current: key };
  expect((await findMoments(env.LOG, [agent("a7")], current, all)).moments).toEqual([]);
  expect(await markOf(agent("a7"), key)).not.toBe(await markOf(agent("a7"), undefined));
});

it("narrows by receipts", async () => {
  await settled(NOW, 250);
  const expected = [NOW + 11_000, NOW + 10_000];
  const range = { from: receiptAt(NOW + 10_000), before: receiptAt(NOW + 11_500) };
  expect(await momentsOf("all", range)).toEqual(expected);
  await foldAll();
  expect(await momentsOf("all", range)).toEqual(expected);
});
