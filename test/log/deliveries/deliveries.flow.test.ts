import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { describe, expect, it } from "vitest";
import { type Progress, recordProgress } from "../../../src/log/deliveries/deliveries.ts";
import { giveUpDeliveries } from "../../../src/log/deliveries/give-up.ts";
import { postpone, readOverdue, readWaiting } from "../../../src/log/deliveries/waiting.ts";
import type { Addition } from "../../../src/log/ledger/tally.ts";
import { hourOf } from "../../../src/platform/time/instant.ts";

const NOW = Date.parse("2026-11-20T09:00:00Z");
const receipt = `rcpt_${ulid(NOW)}`;
const hour = hourOf(NOW);
const overdue = { before: NOW - 60_000, limit: 10, except: ["paused"] };

async function wait(destination: string, next: number, attempt = 1) {
  await env.LOG.prepare(
    `INSERT INTO delivery (receipt, destination, run, source, type, state, attempt, next, since, reason, attempts)
     VALUES (?1, ?2, 0, 's', 'call.started', 'waiting', ?3, ?4, ?5, null, '[]')`,
  )
    .bind(receipt, destination, attempt, next, NOW)
    .run();
}

/** Writes something into a row that this Worker never would. */
const spoil = (destination: string, what: string) =>
  env.LOG.prepare(`UPDATE delivery SET ${what} WHERE destination = ?1`).bind(destination).run();
const rows = async (columns: string) =>
  (await env.LOG.prepare(`SELECT ${columns} FROM delivery ORDER BY destination`).all()).results;
const names = (found: readonly { destination: string }[]) => found.map(({ destination }) => destination);

function succeeded(destination: string, rest: Partial<Progress> = {}): Progress & Addition {
  const ends = { before: 1, attempt: 2, state: "delivered" as const, next: null, reason: null };
  return {
    receipt,
    destination,
    run: 0,
    source: "s",
    hour,
    ...ends,
    made: { n: 2, status: 200 },
    delivered: 1,
    ...rest,
  };
}

describe("what is overdue", () => {
  it("is read, paused destinations left alone, and goes again once it is postponed", async () => {
    await Promise.all([wait("late", NOW - 61_000), wait("soon", NOW - 1000), wait("paused", NOW - 90_000)]);
    const found = await readOverdue(env.LOG, overdue);
    expect(names(found)).toEqual(["late"]);
    expect(names(await readOverdue(env.LOG, overdue))).toEqual(["late"]);
    await postpone(env.LOG, found, NOW + 300_000);
    expect(await readOverdue(env.LOG, overdue)).toEqual([]);
  });

  it("is not postponed when it went on meanwhile", async () => {
    await wait("crm", NOW - 61_000);
    const found = await readOverdue(env.LOG, overdue);
    await recordProgress(env.LOG, [succeeded("crm", { state: "waiting", next: NOW + 1000 })]);
    await postpone(env.LOG, found, NOW + 300_000);
    expect(await rows("attempt, next")).toEqual([{ attempt: 2, next: NOW + 1000 }]);
  });
});

it("obeys a wake-up only for the attempt that the row is at", async () => {
  await wait("crm", NOW, 2);
  const key = { receipt, destination: "crm", run: 0 };
  expect(await readWaiting(env.LOG, [{ ...key, attempt: 1 }])).toEqual([]);
  expect(await readWaiting(env.LOG, [{ ...key, attempt: 2 }])).toMatchObject([{ destination: "crm", attempt: 2 }]);
});

describe("recordProgress", () => {
  it("records an attempt once, and counts it once", async () => {
    await wait("crm", NOW, 1);
    await recordProgress(env.LOG, [succeeded("crm")]);
    await recordProgress(env.LOG, [succeeded("crm")]);
    const [row] = await rows("state, attempt, next, attempts");
    expect(row).toEqual({ state: "delivered", attempt: 2, next: null, attempts: '[{"n":2,"status":200}]' });
    expect(await env.LOG.prepare("SELECT delivered FROM tally").first()).toEqual({ delivered: 1 });
  });

  it.each([
    ["a failure", { state: "waiting" as const, next: NOW + 1, reason: "status_500", delivered: 0 }],
    ["the last failure", { state: "dead" as const, reason: "status_500", delivered: 0, dead: 1 }],
    ["a success", {}],
  ])("does not let %s of an earlier attempt take the place of a later one", async (_, end) => {
    await wait("crm", NOW, 1);
    const failed = { state: "waiting" as const, next: NOW + 5000, reason: "timeout", delivered: 0 };
    await recordProgress(env.LOG, [succeeded("crm", failed)]);
    const before = await rows("*");
    await recordProgress(env.LOG, [succeeded("crm", end)]);
    expect(await rows("*")).toEqual(before);
    expect(await env.LOG.prepare("SELECT * FROM tally").all()).toMatchObject({ results: [] });
  });

  it("records an attempt whatever stands where the others are told", async () => {
    await wait("crm", NOW);
    await wait("bi", NOW);
    await spoil("crm", "attempts = 'no JSON'");
    await recordProgress(env.LOG, [succeeded("bi"), succeeded("crm")]);
    const told = { state: "delivered", attempts: '[{"n":2,"status":200}]' };
    expect(await rows("state, attempts")).toEqual([told, told]);
  });

  it("counts further attempts of a delivery that has no room for what is told of them", async () => {
    await wait("crm", NOW);
    await spoil("crm", "attempts = '[\"' || hex(zeroblob(300000)) || '\"]'");
    await recordProgress(env.LOG, [succeeded("crm")]);
    expect(await rows("state, attempt, length(attempts) AS length")).toEqual([
      { state: "delivered", attempt: 2, length: 600_004 },
    ]);
  });
});

describe("a row that cannot be read", () => {
  it.each(["attempt = 'many'", "since = 'then'", "type = x'00'", "destination = hex(zeroblob(200))"])(
    "is given up alone, and counted: %s",
    async (what) => {
      await wait("spoilt", NOW - 70_000);
      await wait("well", NOW - 65_000);
      await spoil("spoilt", what);
      expect(names(await readOverdue(env.LOG, overdue))).toEqual(["well"]);
      const [spoilt] = await rows("state, next, reason, typeof(attempt) AS attempt, attempts");
      const dead = { state: "dead", next: null, reason: "row_unreadable", attempt: "integer", attempts: "[]" };
      expect(spoilt).toEqual(dead);
      expect(await env.LOG.prepare("SELECT hour, source, dead FROM tally").first()).toEqual({
        hour,
        source: "s",
        dead: 1,
      });
    },
  );

  it("is given up once, and only while it waits", async () => {
    await wait("crm", NOW);
    const key = { receipt, destination: "crm", run: 0, source: "s" };
    await giveUpDeliveries(env.LOG, [key], "row_unreadable");
    await giveUpDeliveries(env.LOG, [key], "row_unreadable");
    expect(await env.LOG.prepare("SELECT dead FROM tally").first()).toEqual({ dead: 1 });
  });
});
