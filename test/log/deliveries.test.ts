import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { expect, it } from "vitest";
import { readWaiting, recordProgress, takeOverdue } from "../../src/log/deliveries.ts";

const NOW = Date.parse("2026-11-20T09:00:00Z");
const receipt = `rcpt_${ulid(NOW)}`;
const day = "2026-11-20";

async function wait(destination: string, next: number, attempt = 1) {
  await env.LOG.prepare(
    `INSERT INTO delivery (receipt, destination, run, source, type, state, attempt, next, since, reason, attempts)
     VALUES (?1, ?2, 0, 's', 'call.started', 'waiting', ?3, ?4, ?5, null, '[]')`,
  )
    .bind(receipt, destination, attempt, next, NOW)
    .run();
}

it("takes what is overdue once, and leaves paused destinations alone", async () => {
  await Promise.all([wait("late", NOW - 61_000), wait("soon", NOW - 1000), wait("paused", NOW - 90_000)]);
  const overdue = { before: NOW - 60_000, again: NOW + 300_000, limit: 10, except: ["paused"] };
  const taken = await takeOverdue(env.LOG, overdue);
  expect(taken.map(({ destination }) => destination)).toEqual(["late"]);
  expect(await takeOverdue(env.LOG, overdue)).toEqual([]);
});

it("obeys a wake-up only for the attempt that the row is at", async () => {
  await wait("crm", NOW, 2);
  const key = { receipt, destination: "crm", run: 0 };
  expect(await readWaiting(env.LOG, [{ ...key, attempt: 1 }])).toEqual([]);
  expect(await readWaiting(env.LOG, [{ ...key, attempt: 2 }])).toMatchObject([{ destination: "crm", attempt: 2 }]);
});

it("records an attempt once, and counts it once", async () => {
  await wait("crm", NOW, 1);
  const progress = {
    receipt,
    destination: "crm",
    run: 0,
    source: "s",
    day,
    before: 1,
    attempt: 2,
    state: "delivered" as const,
    next: null,
    reason: null,
    made: { n: 2, status: 200 },
    delivered: 1,
  };
  await recordProgress(env.LOG, [progress]);
  await recordProgress(env.LOG, [progress]);
  expect(await env.LOG.prepare("SELECT state, attempt, next, attempts FROM delivery").first()).toEqual({
    state: "delivered",
    attempt: 2,
    next: null,
    attempts: '[{"n":2,"status":200}]',
  });
  expect(await env.LOG.prepare("SELECT delivered FROM tally").first()).toEqual({ delivered: 1 });
});
