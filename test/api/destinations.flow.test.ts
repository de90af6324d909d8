import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { describe, expect, it, vi } from "vitest";
import { consumeAll } from "../delivery/consume-all.ts";
import { aWebhook, configure, ledger, SECRET } from "../delivery/scene.ts";
import { openSink } from "../sink/sink.ts";
import { call } from "./call.ts";
import { keepEvents } from "./keep-events.ts";

const crm = () => call("GET", "destinations/crm");

describe("GET /api/destinations/:id", () => {
  it("tells where it is without its secrets, what waits for it and what went wrong", async () => {
    await configure({
      crm: { url: "https://crm.example.com/hooks?token=canary", events: ["call.*"] },
      bi: { url: "https://bi.example.com/" },
    });
    const at = Date.parse("2026-11-20T09:00:00Z");
    const [oldest, dead] = await keepEvents(
      { at, deliveries: { crm: "waiting", bi: "waiting" } },
      { at: at + 1000, deliveries: { crm: "dead" } },
      { at: at + 2000, deliveries: { crm: "waiting" } },
    );
    const { text, body } = await crm();
    expect(body).toEqual({
      id: "crm",
      url: "https://crm.example.com/hooks?token=***",
      format: "cloudevents",
      events: ["call.*"],
      sources: ["*"],
      secrets: 1,
      paused: null,
      breaker: { state: "closed", failures: 0 },
      waiting: { deliveries: 2, more: false, oldest: "2026-11-20T09:00:00Z" },
      dead: { deliveries: 1, more: false, oldest: "2026-11-20T09:00:01Z" },
      failures: [
        expect.objectContaining({ state: "waiting", reason: "status_500" }),
        expect.objectContaining({ receipt: dead?.receipt, state: "dead", attempt: 1, next: null }),
        expect.objectContaining({ receipt: oldest?.receipt, run: 0 }),
      ],
    });
    for (const secret of ["canary", SECRET]) expect(text).not.toContain(secret);
    const { items } = (await call("GET", "destinations")).body;
    expect(items).toMatchObject([
      { id: "crm" },
      { id: "bi", waiting: { deliveries: 1 }, dead: { deliveries: 0, oldest: null } },
    ]);
  });

  it.each(["GET", "POST"])("is not found when it is not configured: %s", async (method) => {
    await configure({});
    const path = method === "GET" ? "destinations/crm" : "destinations/crm/pause";
    expect((await call(method, path)).status).toBe(404);
  });
});

describe("POST /api/destinations/:id", () => {
  it("pauses: deliveries wait; and resumes: they go on", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url } });
    const { body } = await call("POST", "destinations/crm/pause");
    expect(body).toMatchObject({ paused: { reason: "operator", since: expect.any(String) } });
    await consumeAll([aWebhook()]);
    expect((await crm()).body).toMatchObject({ waiting: { deliveries: 1 }, failures: [] });
    expect(await sink.received()).toEqual([]);
    expect((await call("POST", "destinations/crm/resume")).body).toMatchObject({ paused: null });
    await sink.waitFor(1);
    await vi.waitUntil(async () => (await ledger()).deliveries.delivered === 1, { timeout: 60_000, interval: 50 });
    expect((await crm()).body).toMatchObject({ waiting: { deliveries: 0, oldest: null } });
  });

  it("does not resume what the configuration pauses", async () => {
    await configure({ crm: { url: openSink().url, paused: true } });
    expect((await crm()).body).toMatchObject({ paused: { reason: "configuration" } });
    const { status, body } = await call("POST", "destinations/crm/resume");
    expect([status, body.detail]).toEqual([422, expect.stringContaining("configuration")]);
  });

  it("tests: one signed sample, and what came back; nothing of it is logged or tried again", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url, headers: { "x-team": "blue" } } });
    expect((await call("POST", "destinations/crm/test")).body).toEqual({
      event: expect.stringMatching(/^evt_[0-9a-z]{32}$/),
      delivered: true,
      status: 200,
      ms: expect.any(Number),
    });
    await sink.behave({ status: 503 });
    expect((await call("POST", "destinations/crm/test")).body).toMatchObject({
      delivered: false,
      status: 503,
      answer: "thanks",
    });
    const got = await sink.received();
    expect(got).toHaveLength(2);
    expect(new Set(got.map(({ headers }) => headers["webhook-id"])).size).toBe(2);
    const [first] = got;
    expect(first?.headers).toMatchObject({ "webhook-test": "1", "webhook-attempt": "1", "x-team": "blue" });
    expect(new Webhook(SECRET).verify(first?.body ?? "", first?.headers ?? {})).toMatchObject({
      type: "vendor.unknown",
      vendorevent: "test",
      data: { raw: { test: true } },
    });
    expect((await ledger()).deliveries.due).toBe(0);
    expect(await env.LOG.prepare("SELECT count(*) AS n FROM event").first()).toEqual({ n: 0 });
  });

  it("tests a destination that cannot be reached", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url } });
    await sink.behave({ fault: "reset" });
    expect((await call("POST", "destinations/crm/test")).body).toMatchObject({
      delivered: false,
      reason: "connection",
    });
  });
});
