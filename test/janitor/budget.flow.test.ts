import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { forgetRelay } from "../../src/config/load-relay.ts";
import { forgetPauses } from "../../src/delivery/gate/known-pauses.ts";
import { tend } from "../../src/janitor/every-minute.ts";
import { forgetPermissions } from "../../src/login/store/permissions.ts";
import { catchMessages, refusingQueue } from "../delivery/consume-all.ts";
import { faultyLog } from "../delivery/faulty-log.ts";
import { SECRET } from "../delivery/scene.ts";
import { aWork } from "../work.ts";

const MINUTE = 60_000;
/** What the Free plan allows one invocation, whatever it asks. */
const MAX_REQUESTS = 50;
const SOURCES = 9;
const start = Date.parse("2026-11-20T09:00:00Z");

/** Bindings that count what they are asked, and refuse what is over the limit. */
function meter(faulty: Partial<Env> = {}) {
  const counted = { all: 0, log: [] as string[], maps: new Set<string>() };
  const take = (requests: number) => {
    counted.all += requests;
    if (counted.all > MAX_REQUESTS) throw new Error("Too many API requests by single worker invocation.");
  };
  const LOG = faultyLog(({ text, statements }) => {
    counted.log.push(text);
    take(statements);
  });
  const store = (real: KVNamespace): KVNamespace =>
    Object.assign(Object.create(real), {
      get: async (key: string) => {
        take(1);
        counted.maps.add(key);
        return real.get(key);
      },
    });
  const queue = (real: Queue): Queue =>
    Object.assign(Object.create(real), {
      send: async (body: unknown) => {
        take(1);
        return real.send(body);
      },
      sendBatch: async (messages: Iterable<MessageSendRequest>) => {
        take(1);
        return real.sendBatch(messages);
      },
    });
  // What is asked there is asked in an invocation of its own.
  const INCIDENTS: Env["INCIDENTS"] = Object.assign(Object.create(env.INCIDENTS), {
    getByName: (name: string) => {
      take(1);
      return env.INCIDENTS.getByName(name);
    },
  });
  const { EVENTS = env.EVENTS, RETRIES = env.RETRIES } = faulty;
  const bindings = {
    ...env,
    LOG,
    CONFIG: store(env.CONFIG),
    PERMISSIONS: store(env.PERMISSIONS),
    EVENTS: queue(EVENTS),
    RETRIES: queue(RETRIES),
    INCIDENTS,
  };
  return { bindings, counted };
}

/** A tick of cron in a new isolate; what it asked, and what failed. */
async function tick(now: number, faulty: Partial<Env> = {}) {
  forgetRelay();
  forgetPauses();
  forgetPermissions();
  const { bindings, counted } = meter(faulty);
  const deferred: Promise<unknown>[] = [];
  await tend(aWork({ env: bindings, now, defer: (work) => void deferred.push(work) }));
  await Promise.all(deferred);
  return counted;
}

/** More of everything than a minute can do. */
async function pileUp() {
  const id = (number: number) =>
    `'rcpt_${ulid(start - 40 * 24 * 60 * MINUTE).slice(0, 10)}' || printf('%016d', ${number})`;
  const numbers = "WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < 2999)";
  const delivery = (destination: string, next: string, from: string) =>
    `${numbers} INSERT INTO delivery
       (receipt, destination, run, source, type, state, attempt, next, since, reason, attempts)
     SELECT '${from}' || printf('%016d', n), ${destination}, 0, 'vcc', 'call.started', 'waiting', 1, ${next}, 0, 'timeout', '[]'
     FROM number`;
  const recent = `rcpt_${ulid(start).slice(0, 10)}`;
  await env.LOG.batch(
    [
      `${numbers} INSERT INTO spool (receipt, due, tries, message)
       SELECT '${recent}' || printf('%016d', n), 0, 0, json_object('receipt', n, 'body', 'x') FROM number`,
      delivery("'crm'", "1", recent),
      delivery("'held-' || (n % 20)", "NULL", recent.replace(/.$/, "0")),
      `${numbers} INSERT INTO failure (receipt, source, reason, message)
       SELECT ${id(0).replace("printf('%016d', 0)", "printf('%016d', n)")}, 'vcc', '', '' FROM number`,
      `${numbers} INSERT INTO tally (hour, source, events) SELECT '2026-11-19T' || printf('%02d', n % 24), n, 1 FROM number`,
    ].map((sql) => env.LOG.prepare(sql)),
  );
}

const count = async (sql: string) =>
  (await env.LOG.prepare(`SELECT count(*) AS n FROM ${sql}`).first<{ n: number }>())?.n;

beforeEach(async () => {
  const sources = Array.from({ length: SOURCES }, (_, number) => [
    `vcc-${number}`,
    { vendor: "vcc-live", keys: ["k-budget"] },
  ]);
  const held = Array.from({ length: 20 }, (_, number) => `held-${number}`);
  const destinations = ["crm", ...held].map((id) => [id, { url: "http://127.0.0.1:1/", secrets: [SECRET] }]);
  await env.CONFIG.put(
    "relay",
    JSON.stringify({ sources: Object.fromEntries(sources), destinations: Object.fromEntries(destinations) }),
  );
  await Promise.all(
    sources.map(([id]) => env.PERMISSIONS.put(String(id), JSON.stringify({ default: { allow: [Number(SOURCES)] } }))),
  );
  await pileUp();
});

describe("cron", () => {
  it("does some of each duty in every minute, with as many requests as the Free plan allows", async () => {
    const errors = vi.spyOn(console, "error");
    const { queue: EVENTS, caught: spooled } = catchMessages();
    const { queue: RETRIES, caught: woken } = catchMessages();
    for (let minute = 0; minute < 6; minute += 1) {
      const before = { spool: spooled.length, woken: woken.length, old: (await count("failure")) ?? 0 };
      const tallies = (await count("tally")) ?? 0;
      const { all } = await tick(start + minute * MINUTE, { EVENTS, RETRIES });
      expect(all).toBeLessThanOrEqual(MAX_REQUESTS);
      expect(spooled.length > before.spool || spooled.length === 3000, "spool").toBe(true);
      expect(woken.length > before.woken, "overdue and held").toBe(true);
      const tidied = ((await count("failure")) ?? 0) < before.old;
      const folded = ((await count("tally")) ?? 0) < tallies;
      expect([tidied, folded], "retention, or the counters").toEqual(minute === 3 ? [false, true] : [true, false]);
    }
    expect(errors.mock.calls.flat().filter((line) => String(line).includes("janitor.failed"))).toEqual([]);
    expect(new Set(woken.map((message) => JSON.stringify(message))).size).toBeGreaterThan(3000);
  });

  it("does all its other duties while the queues refuse all day, and writes no row for what they refuse", async () => {
    const errors = vi.spyOn(console, "error");
    const refusing = refusingQueue();
    const changed = () =>
      env.LOG.prepare(
        "SELECT (SELECT sum(due + tries + refused) FROM spool) AS spool, (SELECT sum(next) FROM delivery) AS delivery",
      ).first();
    const before = await changed();
    const maps = new Set<string>();
    for (let minute = 0; minute < 5; minute += 1) {
      const counted = await tick(start + minute * MINUTE, { EVENTS: refusing, RETRIES: refusing });
      expect(counted.all).toBeLessThanOrEqual(MAX_REQUESTS);
      expect(counted.log.filter((text) => text.includes("FROM delivery") && text.includes("next <"))).toHaveLength(1);
      for (const map of counted.maps) maps.add(map);
    }
    expect(await changed()).toEqual(before);
    // One minute of five is for the counters.
    expect(await count("failure")).toBe(1000);
    expect(maps.size - 1).toBe(SOURCES);
    expect(errors.mock.calls.flat().filter((line) => String(line).includes("janitor.failed"))).toEqual([]);
  });

  it("goes on with those that a queue did not take when it takes them", async () => {
    const { queue: EVENTS } = catchMessages();
    const { queue: RETRIES, caught } = catchMessages();
    let bulks = 0;
    const { sendBatch } = RETRIES;
    Object.assign(RETRIES, {
      sendBatch: (messages: Iterable<MessageSendRequest>) => {
        bulks += 1;
        return bulks === 3 ? Promise.reject(new Error("Queue is overloaded (10250)")) : sendBatch(messages);
      },
    });
    await tick(start, { EVENTS, RETRIES });
    expect(await count("delivery WHERE next > 1")).toBe(200);
    await tick(start + MINUTE, { EVENTS, RETRIES });
    const woken = caught.filter((message) => JSON.stringify(message).includes('"attempt"'));
    expect(new Set(woken.map((message) => JSON.stringify(message))).size).toBe(woken.length);
    expect(await count("delivery WHERE next > 1")).toBe(700);
  });

  it("makes up for a day of refusal when the queues take messages again", async () => {
    const refusing = refusingQueue();
    await tick(start, { EVENTS: refusing, RETRIES: refusing });
    const { queue: EVENTS, caught } = catchMessages();
    for (let minute = 1; minute < 9; minute += 1) await tick(start + minute * MINUTE, { EVENTS, RETRIES: EVENTS });
    expect(await count("spool")).toBe(0);
    expect(caught.length).toBeGreaterThan(6000);
  });

  it.each<[string, string, number?]>([
    ["overdue", "next <"],
    ["held", "RECURSIVE holding"],
    ["retention", "FROM rejection"],
    ["tally", "FROM tally WHERE", 3],
    ["spool", "FROM spool"],
  ])("does its other duties when the log hangs for %s", async (duty, words, minute = 0) => {
    const lines = vi.spyOn(console, "error");
    const { queue, caught } = catchMessages();
    const LOG = faultyLog(({ text }) => (text.includes(words) ? new Promise(() => undefined) : undefined));
    await tend(aWork({ env: { ...env, LOG, EVENTS: queue, RETRIES: queue }, now: start + minute * MINUTE }));
    const failed = lines.mock.calls.flat().filter((line) => String(line).includes("janitor.failed"));
    expect(failed.map((line) => JSON.parse(String(line)))).toContainEqual(expect.objectContaining({ duty }));
    expect(caught.length).toBeGreaterThan(20);
  });
});
