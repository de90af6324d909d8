import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { tend } from "../../src/janitor/every-minute.ts";
import { call } from "../api/call.ts";
import { openSink } from "../sink/sink.ts";
import { aWork } from "../work.ts";
import { consumeAll, silentGates } from "./consume-all.ts";
import { aWebhook, configure, ledger } from "./scene.ts";

const row = z.object({ destination: z.string(), attempt: z.number(), next: z.number().nullable(), reason: z.string() });
const rows = async () => {
  const { results } = await env.LOG.prepare(
    "SELECT destination, attempt, next, reason FROM delivery WHERE state = 'waiting' ORDER BY destination, receipt",
  ).all();
  return z.array(row).parse(results);
};
const webhooks = (number: number) => Array.from({ length: number }, () => aWebhook());

/** What somebody may put into KV by hand: of the schema, and wrong all the same. */
const faulty = [
  ["faulty_mask", { mask: { phones: "last4" } }],
  ["faulty_mask", { mask: { "data.customer.phonee": "remove" } }],
  ["faulty_mask", { mask: { phone: "last4" }, format: "raw" }],
  ["faulty_mask", { mask: { phones: "last4" }, headers: { "ce-id": "x" } }],
  ["faulty_mask", { mask: { phones: "last4" }, url: "https://10.0.0.1/" }],
  ["faulty_url", { url: "https://user:password@crm.example.com/" }],
  ["faulty_url", { url: "http://localhost:8787/in/ucontact" }],
  ["faulty_secrets", { secrets: ["whsec_!!!"] }],
  ["faulty_secrets", { secrets: ["env:ADMIN_TOKEN"] }],
  ["faulty_secrets", { secrets: ["env:NONE"] }],
  ["faulty_headers", { headers: { "x-token": "env:ADMIN_TOKEN" } }],
  ["faulty_headers", { headers: { "x-token": "one\r\ntwo" } }],
  ["faulty_headers", { headers: { "Webhook-Id": "evt_1" } }],
] as const;

describe("a destination whose configuration is faulty", () => {
  it.each(faulty)("is held as %s, and no other with it: %j", async (reason, settings) => {
    const [sink, well] = [openSink(), openSink()];
    await configure({ bad: { url: sink.url, ...settings }, well: { url: well.url } });
    await consumeAll(webhooks(3));
    expect(await well.received()).toHaveLength(3);
    expect(await sink.received()).toEqual([]);
    expect(await rows()).toEqual(Array(3).fill({ destination: "bad", attempt: 0, next: null, reason }));
    expect((await call("GET", "destinations/bad")).body).toMatchObject({
      paused: { reason },
      waiting: { deliveries: 3 },
    });
    expect(await ledger()).toMatchObject({ balanced: true, deliveries: { due: 6, delivered: 3, waiting: 3 } });
  });

  it("gets all that waited once it is mended, and has used up no attempt", { timeout: 60_000 }, async () => {
    const sink = openSink();
    await configure({ mended: { url: sink.url, mask: { nmae: "remove" } } });
    await consumeAll(webhooks(12));
    await tend(aWork({ now: Date.now() + 60_000 }));
    expect(await rows()).toHaveLength(12);
    await configure({ mended: { url: sink.url, mask: { name: "remove" } } });
    await tend(aWork({ now: Date.now() + 120_000 }));
    await vi.waitUntil(async () => (await ledger()).deliveries.delivered === 12, { timeout: 60_000, interval: 100 });
    const headers = (await sink.received()).map((one) => one.headers["webhook-attempt"]);
    expect(headers).toEqual(Array(12).fill("1"));
  });

  it("holds what came due meanwhile, also while its gate is silent", async () => {
    const sink = openSink();
    await configure({ later: { url: sink.url, retry: { delays: [3600, 3600] } } });
    await sink.behave({ status: 500 });
    const webhook = aWebhook();
    await consumeAll([webhook]);
    await configure({ later: { url: sink.url, retry: { delays: [3600, 3600] }, mask: { nobody: "remove" } } });
    const wakeUp = { v: 1, receipt: webhook.receipt, destination: "later", run: 0, attempt: 1 };
    await consumeAll([wakeUp], { GATE: silentGates() }, "hookswitch-retries");
    expect(await sink.received()).toHaveLength(1);
    expect(await rows()).toEqual([{ destination: "later", attempt: 1, next: null, reason: "faulty_mask" }]);
  });

  it("is not tested with a sample, and not resumed, but said to be faulty", async () => {
    const sink = openSink();
    await configure({ bad: { url: sink.url, mask: { phones: "last4" } } });
    expect((await call("POST", "destinations/bad/test")).body).toEqual({
      delivered: false,
      reason: "faulty_mask",
      ms: 0,
    });
    expect(await call("POST", "destinations/bad/resume")).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining("faulty_mask") },
    });
    expect(await sink.received()).toEqual([]);
  });

  it("goes on with what it still wants where only a type or a source is unknown", async () => {
    const sink = openSink();
    await configure({ narrow: { url: sink.url, events: ["call.nothing", "agent.*"], sources: ["gone", "ucontact"] } });
    await consumeAll(webhooks(2));
    expect(await sink.received()).toHaveLength(2);
  });
});
