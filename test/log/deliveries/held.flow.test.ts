import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { destinationsHolding, readHeld, releaseHeld, releaseProbes } from "../../../src/log/deliveries/held.ts";
import { readOverdue } from "../../../src/log/deliveries/waiting.ts";

const NOW = Date.parse("2026-11-20T09:00:00Z");

async function put(
  receipt: string,
  destination: string,
  rest: { next?: number; probed?: number; state?: string } = {},
) {
  const { next = null, probed = 0, state = "waiting" } = rest;
  await env.LOG.prepare(
    `INSERT INTO delivery (receipt, destination, run, source, type, state, attempt, next, since, reason, attempts, probed)
     VALUES (?1, ?2, 0, 's', 'call.started', ?3, 0, ?4, ?5, 'breaker', '[]', ?6)`,
  )
    .bind(receipt, destination, state, next, NOW, probed)
    .run();
}

const receipts = (rows: readonly { receipt: string }[]) => rows.map(({ receipt }) => receipt);

beforeEach(async () => {
  await put("rcpt_1", "crm", { probed: NOW - 1 });
  await put("rcpt_2", "crm", { probed: NOW - 2 });
  await put("rcpt_3", "crm");
  await put("rcpt_4", "crm");
  await put("rcpt_5", "crm", { next: NOW });
  await put("rcpt_6", "crm", { state: "dead" });
  await put("rcpt_7", "bi");
});

describe("deliveries that failed as probes", () => {
  it("are due at once when their destination is well, and no others that wait for their time", async () => {
    await put("rcpt_8", "crm", { next: NOW + 30_000, probed: NOW - 1 });
    await put("rcpt_9", "crm", { next: NOW + 30_000 });
    await put("rcpt_10", "bi", { next: NOW + 30_000, probed: NOW - 1 });
    await put("rcpt_11", "crm", { state: "delivered", probed: NOW - 1 });
    expect(await releaseProbes(env.LOG, "crm", NOW)).toMatchObject([{ receipt: "rcpt_8", next: NOW }]);
    expect(await releaseProbes(env.LOG, "crm", NOW)).toEqual([]);
  });

  it("keep to their delays when they fail once more: a breaker that opens and closes does not use up their attempts", async () => {
    await put("rcpt_8", "crm", { next: NOW + 30_000, probed: NOW - 1 });
    await releaseProbes(env.LOG, "crm", NOW);
    await env.LOG.prepare("UPDATE delivery SET next = ?1 WHERE receipt = 'rcpt_8'")
      .bind(NOW + 60_000)
      .run();
    expect(await releaseProbes(env.LOG, "crm", NOW + 1)).toEqual([]);
  });
});

describe("held deliveries", () => {
  it("are read for a probe: never probed before probed, old before young, probed long ago before lately", async () => {
    expect(receipts(await readHeld(env.LOG, "crm", 10))).toEqual(["rcpt_3", "rcpt_4", "rcpt_2", "rcpt_1"]);
    expect(receipts(await readHeld(env.LOG, "crm", 1))).toEqual(["rcpt_3"]);
  });

  it("are let go once, and are due from then on", async () => {
    expect(receipts(await releaseHeld(env.LOG, "crm", 3, NOW)).sort()).toEqual(["rcpt_2", "rcpt_3", "rcpt_4"]);
    expect(receipts(await releaseHeld(env.LOG, "crm", 3, NOW))).toEqual(["rcpt_1"]);
    expect(await releaseHeld(env.LOG, "crm", 3, NOW)).toEqual([]);
    const overdue = { before: NOW + 1, limit: 10, except: [] };
    expect(await readOverdue(env.LOG, overdue)).toHaveLength(5);
  });

  it("are never overdue", async () => {
    const overdue = { before: NOW + 1e12, limit: 10, except: [] };
    expect(receipts(await readOverdue(env.LOG, overdue))).toEqual(["rcpt_5"]);
  });

  it("are found by destination", async () => {
    expect(await destinationsHolding(env.LOG)).toEqual(["bi", "crm"]);
    await releaseHeld(env.LOG, "bi", 10, NOW);
    expect(await destinationsHolding(env.LOG)).toEqual(["crm"]);
    await releaseHeld(env.LOG, "crm", 10, NOW);
    expect(await destinationsHolding(env.LOG)).toEqual([]);
  });

  it("cost a few rows read, however many there are", async () => {
    await env.LOG.prepare(
      `INSERT INTO delivery (receipt, destination, run, source, type, state, attempt, next, since, reason, attempts)
       WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
       SELECT 'rcpt_x' || i, 'crm', 0, 's', 'call.started', 'waiting', 0, NULL, ?1, 'breaker', '[]' FROM n`,
    )
      .bind(NOW)
      .run();
    let read = 0;
    const LOG: D1Database = Object.assign(Object.create(env.LOG), {
      prepare: (text: string) => {
        const statement = env.LOG.prepare(text);
        const meter = async (asked: D1PreparedStatement) => {
          const result = await asked.all();
          read += result.meta.rows_read;
          return result;
        };
        const all = () => meter(statement);
        const bind = (...values: unknown[]) => {
          const bound = statement.bind(...values);
          return { all: () => meter(bound) };
        };
        return { all, bind };
      },
    });
    expect(await destinationsHolding(LOG)).toEqual(["bi", "crm"]);
    await readHeld(LOG, "crm", 1);
    await readOverdue(LOG, { before: NOW + 1e12, limit: 10, except: [] });
    expect(read).toBeLessThan(50);
  });
});
