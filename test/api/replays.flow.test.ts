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
    expect([status, body]).toEqual([200, { event: id, deliveries: [{ destination: "crm", run: 1 }] }]);
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
    expect(planned.body).toEqual({ dryRun: true, events: 2, deliveries: 2, destinations: { crm: 2 }, next: null });
    expect((await ledger()).replays.due).toBe(0);
    expect((await call("POST", "replays", { filter })).body).toMatchObject({ dryRun: false, deliveries: 2 });
    await replays(2);
    expect([await crm.received(), await bi.received()].map(({ length }) => length)).toEqual([2, 0]);
    expect((await call("POST", "replays", { filter })).body).toMatchObject({ events: 0, deliveries: 0 });
    expect(await ledger()).toMatchObject({
      balanced: true,
      deliveries: { dead: 4 },
      replays: { due: 2, delivered: 2 },
    });
  });

  it("replays at most 1,000 deliveries a call, spread over time, and goes on where it stopped", async () => {
    await configure({ a: { url: openSink().url, paused: true }, b: { url: openSink().url, paused: true } });
    await keepEvents(...Array.from({ length: 700 }, () => ({ deliveries: { a: "dead", b: "dead" } as const })));
    const order = { filter: { state: "dead" }, perSecond: 100 };
    const first = (await call("POST", "replays", order)).body;
    expect(first).toMatchObject({ events: 500, deliveries: 1000, destinations: { a: 500, b: 500 } });
    const since = await env.LOG.prepare("SELECT max(next) - min(next) AS span FROM delivery WHERE run = 1").first();
    expect(since).toEqual({ span: 9990 });
    const second = (await call("POST", "replays", { ...order, cursor: first.next })).body;
    expect(second).toMatchObject({ events: 200, deliveries: 400, next: null });
    expect((await ledger()).replays).toMatchObject({ due: 1400, waiting: 1400 });
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

  it("changes nothing where today's normalizer says the same", async () => {
    await configure({ crm: { url: openSink().url } });
    await consumeAll([aWebhook(), aWebhook({ body: "[]" })]);
    const { body } = await call("POST", "replays", { filter: {}, renormalize: true });
    expect(body).toMatchObject({ events: 0, deliveries: 0, corrections: [], differences: [], next: null });
  });
});
