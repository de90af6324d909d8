import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { pauseDestination } from "../../../src/delivery/gate/pause.ts";
import { REQUESTS_PER_PAGE } from "../../../src/delivery/replay/take-replays.ts";
import { tend } from "../../../src/janitor/every-minute.ts";
import { call } from "../../api/call.ts";
import { type Kept, keepEvents, type Wanted } from "../../api/keep-events.ts";
import { openSink } from "../../sink/sink.ts";
import { aWork } from "../../work.ts";
import { catchMessages, consumeAll, refusingQueue } from "../consume-all.ts";
import { failingLog, faultyLog } from "../faulty-log.ts";
import { configure, ledger } from "../scene.ts";

const MINUTE_MS = 60_000;
const deadToCrm: Wanted = { deliveries: { crm: "dead" } };
const dead = (count: number) => keepEvents(...Array.from({ length: count }, () => deadToCrm));

const state = async (id: unknown) => (await call("GET", `replays/${id}`)).body;
const row = z.object({ id: z.string(), step: z.number(), state: z.string(), due: z.number().nullable() });
const rowOf = async (id: unknown) =>
  row.parse(await env.LOG.prepare("SELECT id, step, state, due FROM replay WHERE id = ?1").bind(id).first());
const deliveries = z.object({
  receipt: z.string(),
  destination: z.string(),
  run: z.number(),
  replay: z.string().nullable(),
});
const begun = async () => {
  const sql = "SELECT receipt, destination, run, replay FROM delivery WHERE run > 0 ORDER BY receipt, destination, run";
  return z.array(deliveries).parse((await env.LOG.prepare(sql).all()).results);
};
/** Asks for a replay as the API does, but what it calls for comes to nobody. */
const ask = async (order: object) => (await call("POST", "replays", { perSecond: 1, ...order })).body.id;
const turn = async (id: unknown, faulty: Partial<Env> = {}, attempts = 1) => {
  const { step } = await rowOf(id);
  const { queue: RETRIES, caught, delays } = catchMessages();
  const result = await consumeAll([{ v: 1, replay: id, step }], { RETRIES, ...faulty }, "hookswitch-retries", attempts);
  return { result, caught, delays };
};
const turnAll = async (id: unknown) => {
  for (let pages = 0; (await rowOf(id)).due !== null; pages += 1) {
    expect(pages).toBeLessThan(50);
    await turn(id);
  }
};

beforeEach(() => configure({ crm: { url: openSink().url, paused: true }, bi: { url: openSink().url, paused: true } }));

describe("a page", () => {
  it("begins each delivery once, although it is called for twice, in one batch and in the next", async () => {
    const kept = await dead(35);
    const id = await ask({ filter: { state: "dead" } });
    const { step } = await rowOf(id);
    const page = { v: 1, replay: id, step };
    const { queue: RETRIES } = catchMessages();
    const together = await consumeAll([page, page], { RETRIES }, "hookswitch-retries");
    expect(together).toMatchObject({ explicitAcks: ["0"], retryMessages: [{ msgId: "1" }] });
    expect(await begun()).toHaveLength(20);
    await consumeAll([page], { RETRIES }, "hookswitch-retries");
    expect(await begun()).toHaveLength(20);
    await turnAll(id);
    expect((await begun()).map(({ receipt }) => receipt)).toEqual(kept.map(({ receipt }) => receipt).sort());
    expect(await state(id)).toMatchObject({
      state: "done",
      progress: { found: 35, begun: 35, skipped: 0, waiting: 35 },
    });
    expect(await ledger()).toMatchObject({ balanced: true, replays: { due: 35, waiting: 35 } });
  });

  it("begins each delivery once when another consumer turns it before it is written", async () => {
    await keepEvents(...Array.from({ length: 35 }, (): Wanted => ({ deliveries: { crm: "delivered" } })));
    const id = await ask({ filter: { destination: "crm" } });
    let isFirst = true;
    const overtaken = faultyLog(async ({ text }) => {
      if (!isFirst || !text.includes("INSERT INTO delivery")) return;
      isFirst = false;
      await turn(id);
    });
    const { result, caught } = await turn(id, { LOG: overtaken });
    expect(result.explicitAcks).toEqual(["0"]);
    expect(caught.filter((message) => JSON.stringify(message).includes('"attempt"'))).toEqual([]);
    expect(await begun()).toHaveLength(20);
    await turnAll(id);
    expect(await begun()).toHaveLength(35);
    expect(await ledger()).toMatchObject({ balanced: true, replays: { due: 35 } });
  });

  it("is taken up by cron when its call was lost, and what it had begun goes out", async () => {
    await dead(35);
    const id = await ask({ filter: { state: "dead" } });
    await turn(id, { RETRIES: refusingQueue() });
    expect(await begun()).toHaveLength(20);
    const { queue: RETRIES, caught } = catchMessages();
    const { step, due } = await rowOf(id);
    const later = (due ?? 0) + 2 * MINUTE_MS;
    await configure({ crm: { url: openSink().url } });
    await tend(aWork({ env: { ...env, RETRIES }, now: later }));
    expect(caught).toContainEqual({ v: 1, replay: id, step });
    expect(caught.filter((message) => JSON.stringify(message).includes('"attempt"'))).toHaveLength(20);
    await turnAll(id);
    expect(await begun()).toHaveLength(35);
  });

  it("is called for by cron once in five minutes, and ends the replay when it never comes in two hours", async () => {
    await dead(35);
    const id = await ask({ filter: { state: "dead" } });
    let now = ((await rowOf(id)).due ?? 0) + 2 * MINUTE_MS;
    const { queue: RETRIES, caught } = catchMessages();
    const calls = () => caught.filter((message) => JSON.stringify(message).includes('"step"')).length;
    for (let minute = 0; minute < 6; minute += 1)
      await tend(aWork({ env: { ...env, RETRIES }, now: now + minute * MINUTE_MS }));
    expect(calls()).toBe(1);
    for (let time = 0; time < 25; time += 1) {
      now += 7 * MINUTE_MS;
      await tend(aWork({ env: { ...env, RETRIES }, now }));
    }
    expect(await state(id)).toMatchObject({ state: "cancelled", ended: { because: "stuck" }, progress: { begun: 10 } });
    expect(calls()).toBe(25);
  });

  it.each(["SELECT * FROM replay", "FROM replay_part", "INSERT INTO delivery", "UPDATE replay"])(
    "comes again when the log fails at %s, and loses nothing",
    async (words) => {
      await dead(25);
      const id = await ask({ filter: { state: "dead" } });
      const { result } = await turn(id, { LOG: failingLog(words) });
      expect(result).toMatchObject({ explicitAcks: [], retryMessages: [{ msgId: "0" }] });
      expect(await begun()).toHaveLength(10);
      expect((await turn(id, { LOG: failingLog(words) }, 3)).result.explicitAcks).toEqual(["0"]);
      await turnAll(id);
      expect(await begun()).toHaveLength(25);
      expect(await ledger()).toMatchObject({ balanced: true, replays: { due: 25 } });
    },
  );

  it("that was written although its consumer ended is not written again", async () => {
    await dead(25);
    const id = await ask({ filter: { state: "dead" } });
    const before = await rowOf(id);
    const silent = faultyLog(async ({ text }) => {
      if (text.includes("SELECT * FROM replay") && (await rowOf(id)).step > before.step) throw new Error("ended");
    });
    expect((await turn(id, { LOG: silent })).result.retryMessages).toHaveLength(1);
    expect(await begun()).toHaveLength(20);
    const { queue: RETRIES } = catchMessages();
    const again = await consumeAll([{ v: 1, replay: id, step: before.step }], { RETRIES }, "hookswitch-retries", 2);
    expect(again.explicitAcks).toEqual(["0"]);
    expect(await begun()).toHaveLength(20);
  });

  it("calls for the next one at the rate that was asked for", async () => {
    await dead(40);
    const id = await ask({ filter: { state: "dead" } });
    const { caught, delays } = await turn(id);
    const { step } = await rowOf(id);
    expect(caught.at(-1)).toEqual({ v: 1, replay: id, step });
    expect(delays.at(-1)).toBeGreaterThan(10);
    expect(delays.at(-1)).toBeLessThanOrEqual(17);
  });
});

describe("a page of five hundred", () => {
  it("asks the log and the queue no more than may be set aside for it", async () => {
    await dead(1100);
    const id = await ask({ filter: { state: "dead" }, perSecond: 1000 });
    await turn(id);
    await turn(id);
    expect(await state(id)).toMatchObject({ state: "running", progress: { found: 1100, begun: 100 } });
    let requests = 0;
    const LOG = faultyLog(({ statements }) => {
      requests += statements;
    });
    const { queue } = catchMessages();
    const RETRIES: Queue = Object.assign(Object.create(queue), {
      sendBatch: (messages: Iterable<MessageSendRequest>) => {
        requests += 1;
        return queue.sendBatch(messages);
      },
    });
    await turn(id, { LOG, RETRIES });
    expect(await begun()).toHaveLength(600);
    expect(requests).toBeLessThanOrEqual(REQUESTS_PER_PAGE);
  });

  it("leaves nothing for the request that asks when there is nothing to find", async () => {
    const { body } = await call("POST", "replays", { filter: { state: "dead" } });
    expect(body).toMatchObject({ state: "done", events: 0, deliveries: 0, destinations: {}, waits: [], skipped: [] });
    expect(await rowOf(body.id)).toMatchObject({ due: null });
  });
});

describe("counting", () => {
  it("goes on page by page, and finds each delivery once", async () => {
    const kept = await dead(1200);
    const id = await ask({ filter: { state: "dead" }, perSecond: 1000, dryRun: true });
    expect(await state(id)).toMatchObject({ state: "counting", deliveries: 1000 });
    const { step } = await rowOf(id);
    const { queue: RETRIES } = catchMessages();
    const page = () => consumeAll([{ v: 1, replay: id, step }], { RETRIES }, "hookswitch-retries");
    await Promise.all([page(), page()]);
    await page();
    expect(await state(id)).toMatchObject({
      state: "counted",
      events: 1200,
      deliveries: 1200,
      destinations: { crm: 1200 },
    });
    expect(await begun()).toEqual([]);
    await call("POST", `replays/${id}/start`);
    await turnAll(id);
    expect((await begun()).map(({ receipt }) => receipt)).toEqual(kept.map(({ receipt }) => receipt).sort());
  });

  it("ends and sends nothing when it finds too many", async () => {
    await dead(35);
    const id = await ask({ filter: { state: "dead" }, dryRun: true });
    await env.LOG.prepare("UPDATE replay SET state = 'counting', due = 0, deliveries = 99990 WHERE id = ?1")
      .bind(id)
      .run();
    await turn(id);
    const { body } = await call("GET", `replays/${id}`);
    expect(body).toMatchObject({ state: "cancelled", ended: { because: "too_many" }, progress: { begun: 0 } });
    expect(body.sentence).toContain("more than 100000");
    expect((await env.LOG.prepare("SELECT 1 FROM replay_part").all()).results).toEqual([]);
  });
});

describe("a dry run", () => {
  const filter = { state: "dead" };
  const start = async (id: unknown) => (await call("POST", `replays/${id}/start`)).body;
  const now = async ({ receipt }: Kept, words: string) =>
    env.LOG.prepare(`UPDATE delivery SET ${words} WHERE receipt = ?1`).bind(receipt).run();

  it("sends exactly what it has found, and not what has died since", async () => {
    const kept = await dead(3);
    const id = await ask({ filter, dryRun: true });
    expect(await state(id)).toMatchObject({
      state: "counted",
      sentence: expect.stringContaining("3 deliveries of 3 events"),
    });
    await dead(2);
    expect(await start(id)).toMatchObject({
      state: "done",
      started: { by: "admin" },
      progress: { begun: 3, skipped: 0 },
    });
    expect(await begun()).toEqual(
      kept
        .map(({ receipt }) => ({ receipt, destination: "crm", run: 1, replay: id }))
        .sort((one, other) => (one.receipt < other.receipt ? -1 : 1)),
    );
  });

  it("skips what has gone or changed since, and says why", async () => {
    const both: Wanted = { deliveries: { crm: "dead", bi: "dead" } };
    const [delivered, again, removed, kept] = await keepEvents(deadToCrm, deadToCrm, deadToCrm, both);
    if (delivered === undefined || again === undefined || removed === undefined || kept === undefined)
      throw new Error();
    const id = await ask({ filter, dryRun: true });
    await now(delivered, "state = 'delivered'");
    await call("POST", `events/${again.receipt}/replay`);
    await env.LOG.batch([
      env.LOG.prepare("DELETE FROM event WHERE receipt = ?1").bind(removed.receipt),
      env.LOG.prepare("DELETE FROM delivery WHERE receipt = ?1").bind(removed.receipt),
    ]);
    await configure({ crm: { url: openSink().url, paused: true } });
    const body = await start(id);
    expect(body).toMatchObject({ state: "done", progress: { found: 5, begun: 1, skipped: 4, waiting: 1 } });
    expect(body.reasons).toEqual({ now_delivered: 1, now_waiting: 1, event_removed: 1, destination_removed: 1 });
    expect(body.skipped).toContainEqual({ receipt: delivered.receipt, destination: "crm", reason: "now_delivered" });
    expect(body.skipped).toContainEqual({ receipt: kept.receipt, destination: "bi", reason: "destination_removed" });
    expect((await begun()).filter(({ replay }) => replay === id)).toMatchObject([{ receipt: kept.receipt }]);
  });

  it("does not begin what another replay begins at the same moment", async () => {
    const [kept] = await dead(1);
    const ids = [await ask({ filter, dryRun: true }), await ask({ filter, dryRun: true })];
    // The other one comes between the look and the write.
    const between = faultyLog(async ({ text }) => {
      if (text.includes("INSERT INTO delivery") && (await rowOf(ids[1])).state === "counted") await start(ids[1]);
    });
    await env.LOG.prepare("UPDATE replay SET state = 'running', due = 0 WHERE id = ?1").bind(ids[0]).run();
    await turn(ids[0], { LOG: between });
    expect(await begun()).toEqual([{ receipt: kept?.receipt, destination: "crm", run: 1, replay: ids[1] }]);
    expect(await state(ids[0])).toMatchObject({ state: "done", progress: { begun: 0, skipped: 1 } });
    expect(await ledger()).toMatchObject({ balanced: true, replays: { due: 1 } });
  });

  it("is started once, and tells how it goes when it is started again", async () => {
    await dead(2);
    const id = await ask({ filter, dryRun: true });
    await Promise.all([start(id), start(id)]);
    expect(await start(id)).toMatchObject({ state: "done" });
    expect(await begun()).toHaveLength(2);
  });

  it("sends what nobody wanted, but not what somebody was sent since", async () => {
    const [first, second] = await keepEvents({}, {});
    const id = await ask({ filter: { state: "unrouted" }, destination: "crm", dryRun: true });
    await call("POST", `events/${first?.receipt}/replay`, { destination: "bi" });
    expect(await start(id)).toMatchObject({
      state: "done",
      progress: { begun: 1, skipped: 1 },
      reasons: { changed: 1 },
    });
    expect((await begun()).filter(({ replay }) => replay === id)).toMatchObject([
      { receipt: second?.receipt, destination: "crm" },
    ]);
  });
});

describe("cancelling", () => {
  it("ends a replay within a page: what was begun goes on", async () => {
    await dead(45);
    const id = await ask({ filter: { state: "dead" } });
    const { step } = await rowOf(id);
    const { status, body } = await call("POST", `replays/${id}/cancel`);
    expect([status, body]).toMatchObject([
      200,
      { state: "cancelled", ended: { by: "admin" }, progress: { begun: 10, waiting: 10 } },
    ]);
    const { queue: RETRIES } = catchMessages();
    await consumeAll([{ v: 1, replay: id, step }], { RETRIES }, "hookswitch-retries");
    await tend(aWork({ env: { ...env, RETRIES }, now: Date.now() + 3_600_000 }));
    expect(await begun()).toHaveLength(10);
    expect((await call("POST", `replays/${id}/start`)).status).toBe(422);
    expect((await call("POST", `replays/${id}/cancel`)).body).toMatchObject({ state: "cancelled" });
  });

  it("wins over the page that is being written", async () => {
    await dead(45);
    const id = await ask({ filter: { state: "dead" } });
    const cancelling = faultyLog(async ({ text }) => {
      if (text.includes("INSERT INTO delivery")) await call("POST", `replays/${id}/cancel`);
    });
    expect((await turn(id, { LOG: cancelling })).result.explicitAcks).toEqual(["0"]);
    expect(await begun()).toHaveLength(10);
    expect(await ledger()).toMatchObject({ balanced: true, replays: { due: 10 } });
  });

  it("is refused once a replay is done, and for one that there is not", async () => {
    await dead(1);
    const id = await ask({ filter: { state: "dead" } });
    expect((await call("POST", `replays/${id}/cancel`)).status).toBe(422);
    for (const path of ["cancel", "start"]) expect((await call("POST", `replays/rpl_0/${path}`)).status).toBe(404);
  });
});

describe("what waits", () => {
  it("says for what: a pause, the configuration, a breaker and its next probe", async () => {
    await configure({
      crm: { url: openSink().url },
      bi: { url: openSink().url, paused: true },
      hr: { url: openSink().url },
    });
    await keepEvents(
      { deliveries: { crm: "dead", bi: "dead", hr: "dead" } },
      { deliveries: { crm: "dead", hr: "dead" } },
    );
    await pauseDestination(env, "hr", "operator");
    const gate = env.GATE.getByName("crm");
    const signs = ["bad", "bad", "bad", "bad", "bad"] as const;
    await gate.report({ batch: "test", probe: false, signs });
    const { body } = await call("POST", "replays", { filter: { state: "dead" } });
    const until = z
      .array(z.looseObject({ until: z.string().nullable() }))
      .parse(body.waits)
      .find(({ until }) => until !== null)?.until;
    const clock = until?.slice(11, 19);
    expect(body.waits).toEqual(
      expect.arrayContaining([
        {
          destination: "crm",
          deliveries: 2,
          for: "breaker",
          until,
          sentence: `2 wait for the breaker of crm, next probe ${clock} UTC.`,
        },
        {
          destination: "hr",
          deliveries: 2,
          for: "paused",
          until: null,
          sentence: "2 wait until hr is resumed (npx hookswitch destinations resume hr).",
        },
        {
          destination: "bi",
          deliveries: 1,
          for: "paused",
          until: null,
          sentence: "1 waits until bi is resumed in the configuration.",
        },
      ]),
    );
  });
});

describe("GET /api/replays", () => {
  it("lists who asked for what, and why, the newest first, page by page", async () => {
    await dead(1);
    const first = await ask({
      filter: { state: "dead", since: "2026-11-01T00:00:00Z" },
      reason: "first",
      dryRun: true,
    });
    const second = await ask({ filter: { destination: "crm" }, reason: "second", dryRun: true });
    const items = z.array(z.looseObject({ id: z.string() }));
    const page = await call("GET", "replays?limit=1");
    expect(items.parse(page.body.items)).toMatchObject([
      { id: second, who: "admin", reason: "second", filter: { destination: "crm" } },
    ]);
    const rest = await call("GET", `replays?limit=1&cursor=${page.body.next}`);
    expect(rest.body).toMatchObject({
      items: [
        {
          id: first,
          reason: "first",
          filter: { state: "dead", since: "2026-11-01T00:00:00Z" },
          progress: { found: 1, begun: 0 },
        },
      ],
      next: null,
    });
  });

  it("forgets a replay after 30 days, but not one that goes on", async () => {
    await dead(35);
    const counted = await ask({ filter: { state: "dead" }, dryRun: true });
    const running = await ask({ filter: { state: "dead" } });
    await tend(aWork({ now: Date.now() + 31 * 24 * 3_600_000 }));
    expect((await call("GET", `replays/${counted}`)).status).toBe(404);
    expect((await call("GET", `replays/${running}`)).status).toBe(200);
  });
});
