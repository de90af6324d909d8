import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { subjectPrefixes } from "../../../src/events/identity.ts";
import { FIRST_RECEIPT, LAST_RECEIPT } from "../../../src/events/receipt.ts";
import type { Search } from "../../../src/log/search/conditions.ts";
import { searchEvents } from "../../../src/log/search/search.ts";

const keys = { current: undefined };
const MANY = 30_000;
const MOST_EXAMINED = 20_000;

/** The log, and how many rows were read through it. */
function counting(log: D1Database): { counted: D1Database; rows: () => number } {
  let rows = 0;
  const count = (statement: D1PreparedStatement): D1PreparedStatement => {
    const all = async () => {
      const result = await statement.all();
      rows += result.meta.rows_read;
      return result;
    };
    return Object.assign(Object.create(statement), {
      bind: (...values: unknown[]) => count(statement.bind(...values)),
      all,
      first: async () => (await all()).results[0] ?? null,
    });
  };
  const counted: D1Database = Object.assign(Object.create(log), { prepare: (sql: string) => count(log.prepare(sql)) });
  return { counted, rows: () => rows };
}

/** Every page of a search, and the most rows that one of them read. */
async function searchAll(narrow: Partial<Search>) {
  const found: string[] = [];
  let before: string | undefined = LAST_RECEIPT;
  let most = 0;
  let pages = 0;
  while (before !== undefined) {
    const { counted, rows } = counting(env.LOG);
    const page = await searchEvents(counted, { from: FIRST_RECEIPT, ...narrow, before }, 50, { keys });
    found.push(...page.events.map(({ receipt }) => receipt));
    before = page.next;
    most = Math.max(most, rows());
    pages += 1;
  }
  return { found, most, pages };
}

const numbers = `WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < ${MANY - 1})`;
const receipt = "'rcpt_' || printf('%026d', n)";

describe("a search in a large log", () => {
  beforeEach(async () => {
    const [busy] = await subjectPrefixes("usual", "agent/1", keys);
    const [call] = await subjectPrefixes("usual", "call/1", keys);
    await env.LOG.batch([
      env.LOG.prepare("INSERT INTO tally (hour, source) VALUES ('2026-11-20T09', 'usual'), ('2026-11-20T09', 'rare')"),
      env.LOG.prepare(
        `${numbers} INSERT INTO event (receipt, id, source, type, subject, time, key, due, results, body) SELECT ${receipt}, '', iif(n % 10000 = 7, 'rare', 'usual'), 'call.started',
           iif(n % 10000 = 8, 'call/1', 'agent/1'), '', '', 1, '{"crm":{"state":"waiting"}}', zeroblob(500) FROM number`,
      ),
      env.LOG.prepare(
        `${numbers} INSERT INTO claim SELECT iif(n % 10000 = 8, ?1, ?2) || printf('%024d', n), ${receipt} FROM number`,
      ).bind(call, busy),
      env.LOG.prepare(
        `${numbers} INSERT INTO delivery (receipt, destination, run, source, type, state, attempt, next, since, attempts)
         SELECT ${receipt}, 'crm', 0, 'usual', 'call.started',
           CASE n % 10000 WHEN 1 THEN 'waiting' WHEN 2 THEN 'expired' WHEN 3 THEN 'delivered' ELSE 'dead' END,
           1, iif(n % 10000 = 1, n, NULL), 0, '[]' FROM number`,
      ),
    ]);
  });

  it.each<[string, Partial<Search>, number]>([
    ["a rare source", { source: "rare" }, 3],
    ["what waits among what does not", { state: "waiting" }, 3],
    ["what expired", { state: "expired" }, 3],
    ["what was delivered among what was not", { state: "delivered" }, 3],
    ["what nobody wanted", { state: "unrouted" }, 0],
    ["a rare source among dead letters", { state: "dead", source: "rare" }, 3],
    ["a subject", { subject: "call/1" }, 3],
    ["a subject of nearly all events, in vain", { subject: "agent/1", type: "call.completed" }, 0],
  ])("finds %s, and no request examines more than 20,000 rows", async (_what, narrow, count) => {
    const { found, most, pages } = await searchAll(narrow);
    expect(new Set(found).size).toBe(count);
    expect(found).toHaveLength(count);
    expect(found).toEqual(found.toSorted().toReversed());
    expect(most).toBeLessThanOrEqual(MOST_EXAMINED);
    expect(pages).toBeLessThanOrEqual(12);
  });

  it("misses nothing where a walk past dead letters ends", async () => {
    const [first, last] = [26_985, 27_015].map((n) => `rcpt_${String(n).padStart(26, "0")}`);
    await env.LOG.batch([
      env.LOG.prepare("INSERT INTO tally (hour, source) VALUES ('2026-11-20T09', 'edge')"),
      env.LOG.prepare("UPDATE event SET source = 'edge' WHERE receipt BETWEEN ?1 AND ?2").bind(first, last),
    ]);
    const { found, pages } = await searchAll({ state: "dead", source: "edge" });
    expect(found).toHaveLength(31);
    expect(pages).toBeGreaterThan(1);
  });

  it("examines little where much is found", async () => {
    const { counted, rows } = counting(env.LOG);
    const page = await searchEvents(counted, { from: FIRST_RECEIPT, before: LAST_RECEIPT, source: "usual" }, 50, {
      keys,
    });
    expect(page.events).toHaveLength(50);
    expect(rows()).toBeLessThan(500);
  });

  it("looks a subject up instead of walking", async () => {
    const { most, pages } = await searchAll({ subject: "call/1", source: "usual" });
    expect([pages, most < 100]).toEqual([1, true]);
  });
});
