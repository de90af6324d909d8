import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { type Destination, loadRelay } from "../../src/config/load-relay.ts";
import { RequestBudget } from "../../src/delivery/batch/request-budget.ts";
import { attemptWebhooks } from "../../src/delivery/fan-out/attempt-webhooks.ts";
import { readWebhooks } from "../../src/delivery/fan-out/read-webhooks.ts";
import { release } from "../../src/delivery/retries/release.ts";
import type { WebhookMessage } from "../../src/intake/message.ts";
import { putSpool } from "../../src/log/spool.ts";
import { deflate } from "../../src/platform/deflate.ts";
import { call } from "../api/call.ts";
import { openSink } from "../sink/sink.ts";
import { aWork } from "../work.ts";
import { catchMessages, consumeAll } from "./consume-all.ts";
import { faultyLog } from "./faulty-log.ts";
import { aWebhook, configure, ledger } from "./scene.ts";

const { queue: RETRIES } = catchMessages();
const DAY = 24 * 60 * 60_000;

const failures = async () => (await env.LOG.prepare("SELECT receipt, reason, message FROM failure").all()).results;
const deliveries = async () => {
  const { results } = await env.LOG.prepare(
    "SELECT state, reason, receipt, attempt FROM delivery ORDER BY receipt",
  ).all();
  return results;
};
const row = z.object({ receipt: z.string(), destination: z.string(), run: z.number(), attempt: z.number() });
async function wakeUps() {
  const { results } = await env.LOG.prepare(
    "SELECT receipt, destination, run, attempt FROM delivery WHERE state = 'waiting' ORDER BY receipt",
  ).all();
  return z
    .array(row)
    .parse(results)
    .map((found) => ({ v: 1, ...found }));
}

/** Hands a poisoned message to the consumer among nine others, which must go their way as if it were not there. */
async function amongOthers(poison: unknown, faulty: Partial<Env> = {}) {
  const sink = openSink();
  await configure({ crm: { url: sink.url } });
  const others = Array.from({ length: 9 }, () => aWebhook());
  const { queue: DEAD, caught } = catchMessages();
  const result = await consumeAll([...others.slice(0, 4), poison, ...others.slice(4)], { DEAD, RETRIES, ...faulty });
  const { results } = await env.LOG.prepare("SELECT receipt FROM event").all();
  const settled = results.map(({ receipt }) => receipt);
  expect(others.filter(({ receipt }) => !settled.includes(receipt))).toEqual([]);
  expect((await sink.received()).length).toBeGreaterThanOrEqual(9);
  expect(result.explicitAcks).toHaveLength(10);
  expect((await ledger()).balanced).toBe(true);
  return { caught, sink };
}

/** A webhook whose body lies in the spool. */
async function byReference(body: Uint8Array | null): Promise<WebhookMessage> {
  const { body: _, ...message } = aWebhook();
  await putSpool(env.LOG, { receipt: message.receipt, due: Date.now() + DAY, message: "{}", body: body ?? undefined });
  return { ...message, ref: true };
}

describe("a poisoned message", () => {
  it.each<readonly [string, () => unknown]>([
    ["is nothing", () => null],
    ["is a text", () => "nonsense"],
    ["has a receipt that was never given out", () => aWebhook({ receipt: "rcpt_nonsense" })],
    ["has the longest receipt", () => aWebhook({ receipt: `rcpt_${"x".repeat(100_000)}` })],
    ["came when no time is", () => aWebhook({ receivedAt: 1e300 })],
    ["came before all time", () => aWebhook({ receivedAt: -1e300 })],
    ["has a source that is no text", () => ({ ...aWebhook(), source: { id: 7 } })],
    ["has the longest source", () => ({ nonsense: true, source: "x".repeat(100_000) })],
  ])("is a failure when it %s", async (_, poison) => {
    await amongOthers(poison());
    expect(await failures()).toMatchObject([{ reason: "not_a_webhook" }]);
    expect((await ledger()).webhooks).toMatchObject({ accepted: 10, events: 9, failed: 1 });
  });

  it.each<readonly [string, string, () => Promise<unknown>]>([
    ["its body is no JSON", "unreadable", async () => aWebhook({ body: "{" })],
    ["its body in the spool is not deflated", "unreadable", () => byReference(new Uint8Array([1, 2, 3]))],
    ["its body in the spool is no JSON", "unreadable", async () => byReference(await deflate("{"))],
    ["its body in the spool is nothing", "body_missing", () => byReference(null)],
    ["its body is in no spool", "body_missing", async () => ({ ...aWebhook({ body: undefined }), ref: true })],
    ["its body is nowhere", "body_missing", async () => aWebhook({ body: undefined })],
  ])("is a failure when %s", async (_, reason, poison) => {
    await amongOthers(await poison());
    expect(await failures()).toMatchObject([{ reason }]);
    expect((await ledger()).webhooks).toMatchObject({ accepted: 10, events: 9, failed: 1, unread: 0 });
    expect(await env.LOG.prepare("SELECT count(*) AS n FROM spool").first()).toEqual({ n: 0 });
  });

  it.each<readonly [string, string, unknown]>([
    ["is no webhook", "not_a_webhook", { nonsense: "é".repeat(1000) }],
    ["is nothing", "not_a_webhook", null],
    ["is of a version that never came", "other_version", { ...aWebhook(), v: 2, carried: 400 }],
  ])("travels on while the log is down, and is a failure then, when it %s", async (_, reason, poison) => {
    await configure({ crm: { url: openSink().url } });
    const LOG = faultyLog(() => {
      throw new Error("D1_ERROR: Network connection lost.");
    });
    let message = poison;
    for (let times = 1; times <= 2; times += 1) {
      const { queue: DEAD, caught } = catchMessages();
      const { explicitAcks } = await consumeAll([message], { DEAD, RETRIES, LOG });
      expect(explicitAcks).toHaveLength(1);
      expect(caught).toMatchObject([{ carried: times }]);
      [message] = caught;
    }
    await consumeAll([message], { RETRIES }, "hookswitch-dead");
    const kept = await failures();
    expect(kept).toMatchObject([{ reason }]);
    expect(JSON.parse(String(kept[0]?.message))).toEqual(poison);
    expect((await ledger()).webhooks).toMatchObject({ accepted: 1, failed: 1 });
  });

  it("that the log cannot claim counts as its own event, and costs no other its claim", async () => {
    const poison = aWebhook();
    const LOG = faultyLog(({ text }) => {
      if (text.includes("AS wanted") && text.includes(poison.receipt))
        throw new Error("D1_ERROR: strange: SQLITE_ERROR");
    });
    const { sink } = await amongOthers(poison, { LOG });
    expect(await sink.received()).toHaveLength(10);
    expect((await ledger()).webhooks).toMatchObject({ accepted: 10, events: 10 });
    expect(await env.LOG.prepare("SELECT count(*) AS n FROM claim").first()).toEqual({ n: 10 });
  });
});

describe("a poisoned destination", () => {
  /** Attempts an event to a destination that cannot be looked at, and to another. */
  async function attempt(spoil: (destination: Destination) => Destination) {
    const [well, spoilt] = [openSink(), openSink()];
    await configure({ spoilt: { url: spoilt.url }, well: { url: well.url } });
    const loaded = await loadRelay(aWork());
    if (loaded.state !== "ready") throw new Error("the configuration is not valid");
    const destinations = loaded.value.destinations.map((one) => (one.id === "spoilt" ? spoil(one) : one));
    const [relay, budget] = [{ ...loaded.value, destinations }, new RequestBudget(env, undefined)];
    const trip = { ...aWork(), relay, budget, behind: () => undefined };
    const queued = {
      id: "1",
      timestamp: new Date(),
      attempts: 1,
      body: null,
      ack: () => undefined,
      retry: () => undefined,
    };
    const { read } = await readWebhooks([{ queued, message: aWebhook() }], trip);
    const { attempted } = await attemptWebhooks(read, trip);
    expect(await well.received()).toHaveLength(1);
    return attempted[0]?.results;
  }
  const broken = (name: keyof Destination) => (destination: Destination) =>
    Object.defineProperty({ ...destination }, name, {
      get: () => {
        throw new TypeError("cannot be read");
      },
    });

  it("whose conditions cannot be judged gets a dead letter, and the others their events", async () => {
    expect(await attempt(broken("where"))).toMatchObject({
      spoilt: { state: "dead", attempt: 0, reason: "not_matched" },
      well: { state: "delivered" },
    });
  });

  it.each(["secrets", "headers", "mask", "format", "url"] as const)(
    "of which no request can be made is tried again, and the others get their events: %s",
    async (name) => {
      expect(await attempt(broken(name))).toMatchObject({
        spoilt: { state: "waiting", attempt: 1, reason: "not_sendable" },
        well: { state: "delivered" },
      });
    },
  );
});

describe("an event that the log refuses", () => {
  const refusing = (receipt: string, message: string) =>
    faultyLog(({ text }) => {
      if (text.includes("INTO event") && text.includes(receipt)) throw new Error(message);
    });

  it.each([
    "D1_ERROR: string or blob too big: SQLITE_TOOBIG",
    "D1_ERROR: NOT NULL constraint failed: event.time: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_NOTNULL)",
    "D1_ERROR: datatype mismatch: SQLITE_MISMATCH",
  ])("for its own sake is a failure at once: %s", async (message) => {
    const poison = aWebhook();
    const { caught, sink } = await amongOthers(poison, { LOG: refusing(poison.receipt, message) });
    expect(caught).toEqual([]);
    expect(await sink.received()).toHaveLength(10);
    const [failure] = await failures();
    expect(failure).toMatchObject({ receipt: poison.receipt, reason: "log_refused" });
    expect(JSON.parse(String(failure?.message))).toMatchObject({ body: poison.body });
    expect((await ledger()).webhooks).toMatchObject({ accepted: 10, events: 9, failed: 1 });
  });

  it("for a reason that nobody knows travels on alone, and is a failure after five times", async () => {
    const poison = aWebhook();
    const LOG = refusing(poison.receipt, "D1_ERROR: internal error");
    const { caught } = await amongOthers(poison, { LOG });
    expect(caught).toMatchObject([{ receipt: poison.receipt, carried: 1 }]);
    let [message] = caught;
    for (let times = 2; message !== undefined && times < 10; times += 1) {
      const { queue: DEAD, caught: again } = catchMessages();
      await consumeAll([message], { DEAD, RETRIES, LOG }, "hookswitch-dead");
      if (again.length === 0) expect(times).toBe(6);
      [message] = again;
    }
    expect(await failures()).toMatchObject([{ receipt: poison.receipt, reason: "log_refused" }]);
    expect((await ledger()).webhooks).toMatchObject({ accepted: 10, events: 9, failed: 1 });
  });

  it.each([5, 50])(
    "once, after it was carried through an outage %i times, goes its way when the log is well",
    async (carried) => {
      const sink = openSink();
      await configure({ crm: { url: sink.url } });
      const webhook = aWebhook({ carried, results: { crm: { state: "delivered", attempt: 1, at: 1, ms: 1 } } });
      for (const refused of [0, 4, 5]) {
        let hiccups = 3;
        const LOG = faultyLog(({ text }) => {
          if (text.includes("INTO event") && hiccups-- > 0) throw new Error("D1_ERROR: D1 DB is overloaded.");
        });
        const { queue: DEAD, caught } = catchMessages();
        const [own, other] = [{ ...webhook, ...aWebhook(), carried, refused }, aWebhook({ carried })];
        await consumeAll([own], { DEAD, RETRIES, LOG }, "hookswitch-dead");
        if (refused === 5) expect(caught).toEqual([]);
        else expect(caught).toMatchObject([{ receipt: own.receipt, refused: refused + 1 }]);
        await consumeAll([...caught, other], { DEAD, RETRIES }, "hookswitch-dead");
      }
      expect(await failures()).toEqual([]);
      expect((await ledger()).webhooks).toMatchObject({ events: 6, failed: 0 });
    },
  );

  it("alone while the log takes nothing is not counted against it", async () => {
    await configure({ crm: { url: openSink().url } });
    const { queue: DEAD, caught } = catchMessages();
    const LOG = faultyLog(({ text }) => {
      if (text.includes("INTO")) throw new Error("D1_ERROR: Network connection lost.");
    });
    const webhook = aWebhook({ carried: 9, refused: 5 });
    await consumeAll([webhook], { DEAD, RETRIES, LOG }, "hookswitch-dead");
    expect(caught).toMatchObject([{ receipt: webhook.receipt, carried: 10, refused: 5 }]);
    expect(await failures()).toEqual([]);
  });

  it.each([
    ["its tables are those of another version", "INTO event", "D1_ERROR: no such column: size: SQLITE_ERROR"],
    ["it is full", "INTO", "D1_ERROR: Exceeded maximum DB size"],
  ])("with all others is no failure, however often they travelled: %s", async (_, words, message) => {
    await configure({ crm: { url: openSink().url } });
    const LOG = faultyLog(({ text }) => {
      if (text.includes(words)) throw new Error(message);
    });
    const { queue: DEAD, caught } = catchMessages();
    const tired = Array.from({ length: 5 }, () => aWebhook({ carried: 50 }));
    await consumeAll(tired, { DEAD, RETRIES, LOG }, "hookswitch-dead");
    expect(caught).toHaveLength(5);
    expect(await failures()).toEqual([]);
  });

  it.each([
    ["a call's id", "generic", {}],
    ["a payment's id", "vcc-live", { kind: "payment-transaction", source: "vcc", vendor: "vcc-live" }],
  ] as const)("is none although %s has 700 KB", async (_, __, rest) => {
    const noise = Array.from({ length: 20_000 }, () => crypto.randomUUID()).join("");
    const body = JSON.stringify({
      transactionid: noise,
      status: "successful",
      projectid: 1,
      event: "AgentLog",
      agent: noise,
    });
    const { body: _body, ...message } = aWebhook(rest);
    await putSpool(env.LOG, { receipt: message.receipt, due: 0, message: "{}", body: await deflate(body) });
    await amongOthers({ ...message, ref: true });
    expect((await ledger()).webhooks).toMatchObject({ events: 10, failed: 0 });
    const { results } = await env.LOG.prepare(
      "SELECT length(body) + length(raw) + length(coalesce(subject, '')) AS n FROM event",
    ).all();
    expect(Math.max(...results.map(({ n }) => Number(n)))).toBeLessThan(1_990_000);
  });
});

describe("a poisoned row", () => {
  /** Ten events wait for a destination that is well again. */
  async function tenWait() {
    const sink = openSink();
    await configure({ crm: { url: sink.url, retry: { delays: [3600, 3600] } } });
    await sink.behave({ status: 404 });
    const start = Date.now();
    const webhooks = Array.from({ length: 10 }, (_, n) => aWebhook({ receipt: `rcpt_${ulid(start + n)}` }));
    await consumeAll(webhooks, { RETRIES });
    await sink.behave({});
    const [, , , poisoned = aWebhook()] = webhooks;
    return { sink, poisoned: poisoned.receipt, calls: await wakeUps() };
  }
  const blob = async (text: string) =>
    [...(await deflate(text))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  it.each<readonly [string, () => Promise<string>]>([
    ["is not deflated", async () => "010203"],
    ["is empty", async () => ""],
    ["is no JSON", () => blob("{")],
    ["is a list", () => blob("[]")],
    ["is null", () => blob("null")],
    ["has no id", () => blob('{"type":"call.started"}')],
    ["has an id that is no text", () => blob('{"id":7}')],
  ])("of an event that %s is given up alone, and its event is told as far as it is known", async (_, body) => {
    const { sink, poisoned, calls } = await tenWait();
    await env.LOG.prepare(`UPDATE event SET body = x'${await body()}' WHERE receipt = ?1`)
      .bind(poisoned)
      .run();
    const result = await consumeAll(calls, { RETRIES }, "hookswitch-retries");
    expect(result.explicitAcks).toHaveLength(10);
    expect(await sink.received()).toHaveLength(19);
    const told = await deliveries();
    expect(told.filter(({ state }) => state === "delivered")).toHaveLength(9);
    expect(told.filter(({ state }) => state === "dead")).toMatchObject([
      { receipt: poisoned, reason: "event_unreadable", attempt: 1 },
    ]);
    expect(await ledger()).toMatchObject({
      balanced: true,
      deliveries: { due: 10, delivered: 9, dead: 1, waiting: 0 },
    });
    const { status, body: json } = await call("GET", `events/${poisoned}`);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      event: { source: "/sources/ucontact", type: "agent.logged_in" },
      receipt: poisoned,
      warnings: ["event_unreadable"],
      deliveries: [{ destination: "crm", state: "dead", reason: "event_unreadable" }],
    });
    const listed = await call("GET", "events?state=dead");
    expect(listed.body).toMatchObject({ items: [{ receipt: poisoned }] });
  });

  it.each(["not json", "[]", '{"crm": 7}'])(
    "whose first attempts nobody can read is told without them: %s",
    async (text) => {
      const { poisoned } = await tenWait();
      await env.LOG.prepare("UPDATE event SET results = ?2 WHERE receipt = ?1").bind(poisoned, text).run();
      await env.LOG.prepare("UPDATE delivery SET attempts = 'not json' WHERE receipt = ?1").bind(poisoned).run();
      expect(await call("GET", `events/${poisoned}`)).toMatchObject({
        status: 200,
        body: { deliveries: [{ destination: "crm", state: "waiting", attempts: [] }] },
      });
      expect(await call("GET", "events")).toMatchObject({ status: 200 });
      expect(await call("GET", "ledger?recount=1")).toMatchObject({ status: 200 });
    },
  );

  it("of an event that no version knows any more goes on as it was frozen", async () => {
    const { sink, poisoned, calls } = await tenWait();
    const odd =
      '{"specversion":"9","id":"evt_of-another-time","type":"call.invented","dataschema":"no url","data":{"a":1}}';
    await env.LOG.prepare(`UPDATE event SET body = x'${await blob(odd)}' WHERE receipt = ?1`)
      .bind(poisoned)
      .run();
    await consumeAll(calls, { RETRIES }, "hookswitch-retries");
    expect((await sink.received()).map(({ body }) => body)).toContain(odd);
    expect((await ledger()).deliveries).toMatchObject({ delivered: 10, dead: 0 });
  });

  it("of a delivery is given up alone", async () => {
    const { sink, poisoned, calls } = await tenWait();
    await env.LOG.prepare("UPDATE delivery SET since = 'then' WHERE receipt = ?1").bind(poisoned).run();
    await consumeAll(calls, { RETRIES }, "hookswitch-retries");
    expect(await sink.received()).toHaveLength(19);
    expect((await deliveries()).filter(({ state }) => state !== "delivered")).toMatchObject([
      { receipt: poisoned, state: "dead", reason: "row_unreadable" },
    ]);
    expect(await ledger()).toMatchObject({ balanced: true, deliveries: { delivered: 9, dead: 1 } });
  });

  it("that is held is given up alone when the others are let go", async () => {
    const { poisoned } = await tenWait();
    await env.LOG.prepare("UPDATE delivery SET next = NULL").run();
    await env.LOG.prepare("UPDATE delivery SET type = x'00' WHERE receipt = ?1").bind(poisoned).run();
    const { queue, caught } = catchMessages();
    expect(await release({ ...env, RETRIES: queue }, "crm")).toBe(9);
    expect(caught).toHaveLength(9);
    expect((await deliveries()).filter(({ state }) => state === "dead")).toMatchObject([{ receipt: poisoned }]);
  });

  it.each([
    ["what is told of its attempts", (text: string) => text.includes('"made":{')],
    ["what came of it", (text: string) => text.includes("UPDATE delivery SET state = value")],
  ])("that does not take %s is settled alone, and its receiver gets it once", async (what, isRefused) => {
    const { sink, poisoned, calls } = await tenWait();
    const LOG = faultyLog(({ text }) => {
      if (text.includes(poisoned) && isRefused(text)) throw new Error("D1_ERROR: internal error");
    });
    for (let times = 0; times < 3; times += 1) {
      const result = await consumeAll(calls, { RETRIES, LOG }, "hookswitch-retries");
      expect(result.explicitAcks).toHaveLength(10);
    }
    expect(await sink.received()).toHaveLength(20);
    const [told] = (await deliveries()).filter(({ receipt }) => receipt === poisoned);
    expect(told).toMatchObject(
      what.startsWith("what is told") ? { state: "delivered", attempt: 2 } : { state: "dead", reason: "log_refused" },
    );
    expect((await ledger()).balanced).toBe(true);
  });

  it("of a pause pauses all the same, and keeps no other destination from its events", async () => {
    const [well, paused] = [openSink(), openSink()];
    await configure({ well: { url: well.url }, paused: { url: paused.url } });
    await env.LOG.prepare("INSERT INTO pause (destination, since, reason) VALUES ('paused', 'then', x'00')").run();
    await consumeAll([aWebhook()], { RETRIES });
    expect(await well.received()).toHaveLength(1);
    expect(await paused.received()).toHaveLength(0);
  });
});

it("a queue that takes no wake-up keeps nothing from being settled", async () => {
  const sink = openSink();
  await configure({ crm: { url: sink.url, retry: { delays: [3600] } } });
  await sink.behave({ status: 404 });
  vi.spyOn(console, "warn");
  const refuse = () => Promise.reject(new Error("Queue sendBatch failed: invalid delay (10202)"));
  const refusing: Queue = Object.assign(Object.create(env.RETRIES), { send: refuse, sendBatch: refuse });
  const result = await consumeAll([aWebhook(), aWebhook()], { RETRIES: refusing });
  expect(result.explicitAcks).toHaveLength(2);
  expect(await ledger()).toMatchObject({ balanced: true, deliveries: { due: 2, waiting: 2 } });
});
