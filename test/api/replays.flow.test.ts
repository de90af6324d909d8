import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { forgetRelay } from "../../src/config/load-relay.ts";
import { consumeAll } from "../delivery/consume-all.ts";
import { aWebhook, configure, ledger, SECRET } from "../delivery/scene.ts";
import { openSink, type Received } from "../sink/sink.ts";
import { call } from "./call.ts";
import { keepEvents } from "./keep-events.ts";

/** The event that a delivery brought. */
const eventIn = (delivery: Received | undefined) =>
  z.record(z.string(), z.unknown()).parse(JSON.parse(delivery?.body ?? ""));

const untilDone = (id: unknown) =>
  vi.waitUntil(async () => (await call("GET", `replays/${id}`)).body.state === "done", {
    timeout: 60_000,
    interval: 200,
  });

const replays = (count: number) =>
  vi.waitUntil(async () => (await ledger()).replays.delivered === count, { timeout: 60_000, interval: 50 });

describe("POST /api/events/:id/replay", () => {
  it("delivers the same bytes under the same id again, marked as a replay and in a line of its own", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url } });
    await consumeAll([aWebhook()]);
    const [first] = await sink.waitFor(1);
    const id = first?.headers["webhook-id"];
    const { status, body } = await call("POST", `events/${id}/replay`);
    const replay = expect.stringMatching(/^rpl_/);
    expect([status, body]).toEqual([200, { replay, event: id, deliveries: [{ destination: "crm", run: 1 }] }]);
    const [, again] = await sink.waitFor(2);
    expect(again?.body).toBe(first?.body);
    expect(new Webhook(SECRET).verify(again?.body ?? "", again?.headers ?? {})).toMatchObject({ id });
    expect(again?.headers).toMatchObject({ "webhook-id": id, "webhook-replay": "1", "webhook-attempt": "1" });
    expect(first?.headers).not.toHaveProperty("webhook-replay");
    await replays(1);
    expect(await ledger()).toMatchObject({
      balanced: true,
      webhooks: { accepted: 1, events: 1 },
      deliveries: { due: 1, delivered: 1 },
      replays: { due: 1, delivered: 1, waiting: 0 },
    });
  });

  it("numbers each run, and goes to another destination if it is told to", async () => {
    const [crm, bi] = [openSink(), openSink()];
    await configure({ crm: { url: crm.url }, bi: { url: bi.url, events: ["call.*"] } });
    await consumeAll([aWebhook()]);
    const id = (await crm.waitFor(1))[0]?.headers["webhook-id"];
    const runs = [];
    for (const destination of ["crm", "crm", "bi"]) {
      runs.push((await call("POST", `events/${id}/replay`, { destination })).body.deliveries);
    }
    expect(runs).toEqual([
      [{ destination: "crm", run: 1 }],
      [{ destination: "crm", run: 2 }],
      [{ destination: "bi", run: 1 }],
    ]);
    expect(await bi.waitFor(1)).toHaveLength(1);
    await replays(3);
  });

  it("sends what nobody wanted to those that want it today", async () => {
    await configure({});
    const webhook = aWebhook();
    await consumeAll([webhook]);
    const sink = openSink();
    await configure({ crm: { url: sink.url }, other: { url: sink.url, events: ["call.*"] } });
    const { body } = await call("POST", `events/${webhook.receipt}/replay`);
    expect(body.deliveries).toEqual([{ destination: "crm", run: 1 }]);
    await replays(1);
  });

  it("counts the time after which an event is of no use from the replay", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url, expireAfter: 60 } });
    const webhook = aWebhook({ receivedAt: Date.now() - 3_600_000 });
    await consumeAll([webhook]);
    expect((await ledger()).deliveries.expired).toBe(1);
    await call("POST", `events/${webhook.receipt}/replay`);
    await replays(1);
  });

  it("keeps who asked for it, and why", async () => {
    await configure({ crm: { url: openSink().url }, bi: { url: openSink().url } });
    const [kept] = await keepEvents({ deliveries: { crm: "dead", bi: "dead" } });
    const reason = "the CRM was down";
    const { body } = await call("POST", `events/${kept?.receipt}/replay`, { reason });
    await replays(2);
    expect((await call("GET", `replays/${body.replay}`)).body).toMatchObject({
      id: body.replay,
      state: "done",
      who: "admin",
      reason,
      event: kept?.event.id,
      events: 1,
      deliveries: 2,
      destinations: { crm: 1, bi: 1 },
      progress: { found: 2, begun: 2, skipped: 0, delivered: 2, waiting: 0 },
    });
    const { body: told } = await call("GET", `events/${kept?.receipt}`);
    const runs = z.array(z.looseObject({ run: z.int() })).parse(told.deliveries);
    expect(runs.filter(({ run }) => run > 0)).toMatchObject(Array(2).fill({ replay: body.replay, who: "admin" }));
    for (const first of runs.filter(({ run }) => run === 0)) expect(first).not.toHaveProperty("replay");
  });

  it("says what it waits for, in the words of the event", async () => {
    await configure({ crm: { url: openSink().url, paused: true }, bi: { url: openSink().url } });
    const [kept] = await keepEvents({ deliveries: { crm: "dead", bi: "dead" } });
    const { body } = await call("POST", `events/${kept?.receipt}/replay`);
    expect(body.waits).toMatchObject([{ destination: "crm", for: "paused", until: null }]);
    const { body: told } = await call("GET", `events/${kept?.receipt}`);
    const waits = { for: "paused", until: null };
    expect(told.deliveries).toEqual(
      expect.arrayContaining([expect.objectContaining({ destination: "crm", waits: expect.objectContaining(waits) })]),
    );
  });

  it("refuses an event or a destination that does not exist", async () => {
    await configure({ crm: { url: openSink().url } });
    const [kept] = await keepEvents({ deliveries: { crm: "dead" } });
    expect((await call("POST", "events/evt_00000000000000000000000000000000/replay")).status).toBe(404);
    const unknown = await call("POST", `events/${kept?.receipt}/replay`, { destination: "nobody" });
    expect([unknown.status, unknown.body.detail]).toEqual([422, expect.stringContaining("nobody")]);
    expect((await call("POST", `events/${kept?.receipt}/replay`, { to: "crm" })).body.detail).toContain("to");
    expect((await call("POST", `events/${kept?.receipt}/replay`, "{")).status).toBe(400);
    expect((await ledger()).replays.due).toBe(0);
  });
});

describe("POST /api/replays", () => {
  it("replays dead letters of one destination, and not again once they are delivered", async () => {
    const [crm, bi] = [openSink(), openSink()];
    await configure({ crm: { url: crm.url }, bi: { url: bi.url } });
    await keepEvents(
      { deliveries: { crm: "dead", bi: "dead" } },
      { deliveries: { crm: "delivered", bi: "dead" } },
      { deliveries: { crm: "dead" }, source: "vcc" },
    );
    const filter = { state: "dead", destination: "crm" };
    const planned = await call("POST", "replays", { filter, dryRun: true });
    expect(planned.body).toMatchObject({ state: "counted", events: 2, deliveries: 2, destinations: { crm: 2 } });
    expect((await ledger()).replays.due).toBe(0);
    expect((await call("POST", "replays", { filter })).body).toMatchObject({ state: "done", deliveries: 2 });
    await replays(2);
    expect([await crm.received(), await bi.received()].map(({ length }) => length)).toEqual([2, 0]);
    expect((await call("POST", "replays", { filter })).body).toMatchObject({ events: 0, deliveries: 0 });
    expect(await ledger()).toMatchObject({
      balanced: true,
      deliveries: { dead: 4 },
      replays: { due: 2, delivered: 2 },
    });
  });

  it("begins page by page, spread over time, the oldest event first, and goes on by itself", async () => {
    await configure({ a: { url: openSink().url, paused: true }, b: { url: openSink().url, paused: true } });
    const both = { deliveries: { a: "dead", b: "dead" } } as const;
    const kept = await keepEvents(...Array.from({ length: 120 }, () => both));
    const { body } = await call("POST", "replays", { filter: { state: "dead" }, perSecond: 20 });
    expect(body).toMatchObject({
      state: "running",
      events: 120,
      deliveries: 240,
      progress: { found: 240, begun: 200 },
    });
    const begun = await env.LOG.prepare("SELECT receipt FROM delivery WHERE run = 1").all();
    const receipts = z.array(z.object({ receipt: z.string() })).parse(begun.results);
    const oldest = kept.map(({ receipt }) => receipt).sort();
    expect(new Set(receipts.map(({ receipt }) => receipt))).toEqual(new Set(oldest.slice(0, 100)));
    const { paced } = z.object({ paced: z.number() }).parse(await env.LOG.prepare("SELECT paced FROM replay").first());
    expect(paced).toBeGreaterThan(Date.now());
    await untilDone(body.id);
    expect(Date.now()).toBeGreaterThan(paced - 4000);
    expect((await ledger()).replays).toMatchObject({ due: 240, waiting: 240 });
  });

  it("sends events that nobody wanted where it is told to, and asks when it is not", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url } });
    await keepEvents({}, {});
    expect((await call("POST", "replays", { filter: { state: "unrouted" } })).status).toBe(422);
    const { body } = await call("POST", "replays", { filter: { state: "unrouted" }, destination: "crm" });
    expect(body).toMatchObject({ deliveries: 2 });
    await replays(2);
  });

  it.each([
    [{}, "filter"],
    [{ filter: { colour: "blue" } }, "colour"],
    [{ filter: {}, perSecond: 0 }, "perSecond"],
    [{ filter: {}, destination: "nobody" }, "nobody"],
  ])("refuses %j", async (order, name) => {
    await configure({ crm: { url: openSink().url } });
    const { status, body } = await call("POST", "replays", order);
    expect([status, body.detail]).toEqual([422, expect.stringContaining(name)]);
  });
});

describe("POST /api/replays with renormalize", () => {
  /** The same sources as before, but the clocks of one are found to run in another zone. */
  async function moveClocks(url: string) {
    const sources = { ucontact: { vendor: "ucontact", keys: ["env:NONE"], timezone: "Africa/Lagos" } };
    await env.CONFIG.put("relay", JSON.stringify({ sources, destinations: { crm: { url, secrets: [SECRET] } } }));
    forgetRelay();
  }

  it("shows the differences first, then delivers an event that corrects the one before, once", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url } });
    const webhook = aWebhook();
    await consumeAll([webhook]);
    const old = eventIn((await sink.waitFor(1))[0]);
    await moveClocks(sink.url);
    const order = { filter: { type: "agent.logged_in" }, renormalize: true };
    const planned = (await call("POST", "replays", { ...order, dryRun: true })).body;
    expect(planned).toMatchObject({
      events: 1,
      deliveries: 1,
      destinations: { crm: 1 },
      differences: [{ id: old.id, receipt: webhook.receipt, fields: [{ path: "time", before: old.time }] }],
    });
    expect((await ledger()).replays.due).toBe(0);

    expect((await call("POST", "replays", order)).body).toMatchObject({ events: 1, deliveries: 1 });
    const [, delivery] = await sink.waitFor(2);
    const corrected = eventIn(delivery);
    expect(corrected).toMatchObject({ corrects: old.id, type: old.type, subject: old.subject, data: old.data });
    expect(corrected.receivedtime).toBe(old.receivedtime);
    expect(corrected.id).not.toBe(old.id);
    expect(corrected.sequence).not.toBe(old.sequence);
    expect(Date.parse(String(old.time)) - Date.parse(String(corrected.time))).toBe(3_600_000);
    expect(delivery?.headers).toMatchObject({ "webhook-id": corrected.id, "webhook-replay": "1" });
    expect((await call("GET", `events/${old.id}`)).body).toMatchObject({ corrections: [corrected.id] });

    expect((await call("POST", "replays", order)).body).toMatchObject({ events: 0, deliveries: 0 });
    await replays(1);
    const { body } = await call("GET", "ledger?recount=1");
    expect(body).toMatchObject({ balanced: true, webhooks: { accepted: 1, events: 1 }, mismatches: [] });
  });

  it("sends what the dry run has found once it is started, but not what reads otherwise by then", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url } });
    await consumeAll(Array.from({ length: 23 }, () => aWebhook()));
    await sink.waitFor(23);
    await moveClocks(sink.url);
    const order = { filter: { type: "agent.logged_in" }, renormalize: true, dryRun: true, perSecond: 100 };
    const [first, second] = [(await call("POST", "replays", order)).body, (await call("POST", "replays", order)).body];
    expect(first).toMatchObject({ state: "counted", events: 23, deliveries: 23, destinations: { crm: 23 } });
    expect([first.corrections, first.differences]).toMatchObject([{ length: 23 }, { length: 20 }]);
    await configure({ crm: { url: sink.url } });
    const third = (await call("POST", "replays", order)).body;
    expect(third).toMatchObject({ state: "counted", events: 0 });
    await call("POST", `replays/${second.id}/start`);
    await untilDone(second.id);
    expect((await call("GET", `replays/${second.id}`)).body).toMatchObject({
      progress: { begun: 0, skipped: 23 },
      reasons: { read_otherwise: 23 },
    });
    await moveClocks(sink.url);
    await call("POST", `replays/${first.id}/start`);
    await untilDone(first.id);
    await replays(23);
    const bodies = (await sink.received()).slice(23).map(eventIn);
    const made = z.array(z.object({ id: z.string(), corrects: z.string() })).parse(first.corrections);
    expect(new Map(bodies.map(({ id, corrects }) => [id, corrects]))).toEqual(
      new Map(made.map(({ id, corrects }) => [id, corrects])),
    );
    expect((await call("GET", "ledger?recount=1")).body).toMatchObject({ balanced: true, mismatches: [] });
  });

  it("changes nothing where today's normalizer says the same", async () => {
    await configure({ crm: { url: openSink().url } });
    await consumeAll([aWebhook(), aWebhook({ body: "[]" })]);
    const { body } = await call("POST", "replays", { filter: {}, renormalize: true });
    expect(body).toMatchObject({ events: 0, deliveries: 0, corrections: [], differences: [] });
  });
});
