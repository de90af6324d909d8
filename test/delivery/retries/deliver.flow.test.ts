import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { tend } from "../../../src/janitor/every-minute.ts";
import { openSink } from "../../sink/sink.ts";
import { aWork } from "../../work.ts";
import { aWebhook, configure, ledger } from "../scene.ts";

const settled = (what: "delivered" | "dead" | "expired" | "waiting", count = 1) =>
  vi.waitUntil(async () => (await ledger()).deliveries[what] === count, { timeout: 60_000, interval: 50 });
const delivery = () => env.LOG.prepare("SELECT state, attempt, reason FROM delivery").first();

describe("a delivery that did not succeed at once", () => {
  it("is tried again with the same bytes and id, until it is delivered", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url, retry: { delays: [0, 0, 0] } } });
    await sink.behave({ status: 500 });
    await env.EVENTS.send(aWebhook());
    await sink.waitFor(2);
    await sink.behave({ status: 204 });
    await settled("delivered");
    const got = await sink.received();
    expect(new Set(got.map(({ body }) => body)).size).toBe(1);
    expect(new Set(got.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(got.map(({ headers }) => headers["webhook-attempt"])).toEqual(
      got.map((_, position) => String(position + 1)),
    );
    expect(await ledger()).toMatchObject({ balanced: true, deliveries: { due: 1, delivered: 1, waiting: 0 } });
  });

  it("is a dead letter after the last attempt", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url, retry: { delays: [0] } } });
    await sink.behave({ status: 503 });
    await env.EVENTS.send(aWebhook());
    await settled("dead");
    expect(await delivery()).toEqual({ state: "dead", attempt: 2, reason: "status_503" });
    expect(await sink.received()).toHaveLength(2);
  });

  it("is dead at once when the receiver is gone", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url } });
    await sink.behave({ status: 410 });
    await env.EVENTS.send(aWebhook());
    await settled("dead");
    expect(await delivery()).toEqual({ state: "dead", attempt: 1, reason: "status_410" });
  });

  it("does not follow a redirect", async () => {
    const [sink, elsewhere] = [openSink(), openSink()];
    await configure({ crm: { url: sink.url, retry: { delays: [] } } });
    await sink.behave({ status: 302, headers: { location: elsewhere.url } });
    await env.EVENTS.send(aWebhook());
    await settled("dead");
    expect(await delivery()).toMatchObject({ reason: "status_302" });
    expect(await elsewhere.received()).toEqual([]);
  });

  it("survives a connection that breaks", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url, retry: { delays: [0, 0, 0] } } });
    await sink.behave({ fault: "reset" });
    await env.EVENTS.send(aWebhook());
    await sink.waitFor(1);
    await sink.behave({ status: 200 });
    await settled("delivered");
    expect(await delivery()).toMatchObject({ state: "delivered" });
  });

  it("is not sent once it is past its use", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url, expireAfter: { "agent.logged_in": 60 } } });
    await env.EVENTS.send(aWebhook({ receivedAt: Date.now() - 61_000 }));
    await settled("expired");
    expect(await sink.received()).toEqual([]);
    expect(await delivery()).toEqual({ state: "expired", attempt: 0, reason: "expired" });
  });

  it("is dead when its destination is no more", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url, retry: { delays: [1] } } });
    await sink.behave({ status: 500 });
    await env.EVENTS.send(aWebhook());
    await settled("waiting");
    await configure({});
    await settled("dead");
    expect(await delivery()).toMatchObject({ reason: "destination_removed" });
  });

  it("waits as a row while its destination is paused, and goes on when it is not", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url, paused: true } });
    await env.EVENTS.send(aWebhook());
    await settled("waiting");
    const later = Date.now() + 10 * 60_000;
    await tend(aWork({ now: later }));
    expect(await sink.received()).toEqual([]);
    await configure({ crm: { url: sink.url } });
    await tend(aWork({ now: later }));
    await settled("delivered");
    expect(await delivery()).toMatchObject({ state: "delivered", attempt: 1 });
  });

  it("is woken by cron when its wake-up was lost", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url, retry: { delays: [3600] } } });
    await sink.behave({ status: 500 });
    await env.EVENTS.send(aWebhook());
    await settled("waiting");
    await sink.behave({ status: 200 });
    await tend(aWork({ now: Date.now() + 2 * 3600_000 }));
    await settled("delivered");
    expect(await sink.received()).toHaveLength(2);
  });
});
