import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { describe, expect, it, vi } from "vitest";
import { dueSpool, putSpool } from "../../../src/log/spool.ts";
import { deflate } from "../../../src/platform/deflate.ts";
import { openSink } from "../../sink/sink.ts";
import { catchMessages, consumeAll, refusingQueue } from "../consume-all.ts";
import { failingLog } from "../faulty-log.ts";
import { aWebhook, configure, ledger, SECRET } from "../scene.ts";

const downLog = () => failingLog("INTO claim", "INTO event", "FROM pause");
const acks = async (...given: Parameters<typeof consumeAll>) => (await consumeAll(...given)).explicitAcks.length;

describe("a webhook in the queue", () => {
  it("is told in one line with those of its batch", async () => {
    await configure({});
    const info = vi.spyOn(console, "info").mockImplementation(() => undefined);
    const first = aWebhook();
    await consumeAll([first, aWebhook({ body: first.body }), aWebhook()]);
    const lines = info.mock.calls.map(([line]) => JSON.parse(String(line)));
    expect(lines.filter(({ event }) => event === "fan_out.settled")).toEqual([
      { event: "fan_out.settled", messages: 3, events: 2, duplicates: 1, open: 0 },
    ]);
  });

  it("reaches every destination that wants it, signed, and the ledger balances", async () => {
    const [crm, bi, other] = [openSink(), openSink(), openSink()];
    await configure({
      crm: { url: crm.url },
      bi: { url: bi.url, events: ["agent.*"], format: "standard" },
      other: { url: other.url, events: ["call.*"] },
    });
    await env.EVENTS.send(aWebhook());
    const [delivery] = await crm.waitFor(1);
    const [standard] = await bi.waitFor(1);
    expect(new Webhook(SECRET).verify(delivery?.body ?? "", delivery?.headers ?? {})).toMatchObject({
      specversion: "1.0",
      type: "agent.logged_in",
    });
    expect(JSON.parse(standard?.body ?? "")).toMatchObject({
      type: "agent.logged_in",
      id: delivery?.headers["webhook-id"],
    });
    expect(delivery?.headers).toMatchObject({
      "webhook-attempt": "1",
      "user-agent": expect.stringMatching(/^hookswitch\//),
    });
    await vi.waitUntil(async () => (await ledger()).deliveries.due === 2, { timeout: 60_000, interval: 50 });
    expect(await ledger()).toMatchObject({
      balanced: true,
      webhooks: { accepted: 1, events: 1, duplicates: 0, failed: 0, unrouted: 0 },
      deliveries: { due: 2, delivered: 2, dead: 0, expired: 0, waiting: 0 },
    });
    expect(await other.received()).toEqual([]);
  });

  it("is a duplicate when its event came before", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url } });
    const first = aWebhook();
    const again = aWebhook({ body: first.body });
    await consumeAll([first]);
    await consumeAll([again]);
    expect(await sink.received()).toHaveLength(1);
    expect((await ledger()).webhooks).toMatchObject({ accepted: 2, events: 1, duplicates: 1 });
  });

  it("is done once, however often its message comes", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url } });
    const webhook = aWebhook();
    await consumeAll([webhook]);
    expect(await acks([webhook])).toBe(1);
    expect(await sink.received()).toHaveLength(1);
    expect((await ledger()).webhooks).toMatchObject({ accepted: 1, events: 1, duplicates: 0 });
  });

  it("is unrouted when nobody wants it", async () => {
    await configure({ crm: { url: openSink().url, events: ["call.*"] } });
    await consumeAll([aWebhook()]);
    expect((await ledger()).webhooks).toMatchObject({ events: 1, unrouted: 1 });
  });

  it("is read from the spool when it is large, and leaves it then", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url, raw: true } });
    const { body, ...webhook } = aWebhook();
    const large = JSON.stringify({ ...JSON.parse(body ?? ""), note: "x".repeat(900_000) });
    await putSpool(env.LOG, { receipt: webhook.receipt, due: Date.now(), message: "{}", body: await deflate(large) });
    await consumeAll([{ ...webhook, ref: true }]);
    const [delivery] = await sink.received();
    expect(JSON.parse(delivery?.body ?? "").data.raw.note).toHaveLength(900_000);
    expect(await env.LOG.prepare("SELECT count(*) AS n FROM spool").first()).toEqual({ n: 0 });
    expect(await acks([{ ...webhook, ref: true }])).toBe(1);
    expect((await ledger()).webhooks).toMatchObject({ accepted: 1, events: 1, failed: 0 });
    expect(await env.LOG.prepare("SELECT count(*) AS n FROM failure").first()).toEqual({ n: 0 });
  });

  it("is a failure when it is no webhook at all, and travels on when another version wrote it", async () => {
    await configure({});
    const { queue: DEAD, caught } = catchMessages();
    const newer = { ...aWebhook(), v: 2, more: { of: "it" } };
    const result = await consumeAll([{ nonsense: true }, newer], { DEAD });
    expect(result.explicitAcks).toEqual(["0", "1"]);
    expect(caught).toEqual([{ ...newer, carried: 1 }]);
    expect((await ledger()).webhooks).toMatchObject({ accepted: 1, failed: 1 });
  });

  it("is one failure when it is no webhook, however often it comes", async () => {
    await configure({});
    await consumeAll([{ nonsense: true }]);
    await consumeAll([{ nonsense: true }]);
    const { receipt } = aWebhook();
    await consumeAll([{ receipt }, { receipt, source: "ucontact" }]);
    expect((await ledger()).webhooks).toMatchObject({ accepted: 3, failed: 3 });
    expect(await env.LOG.prepare("SELECT count(*) AS n FROM failure").first()).toEqual({ n: 3 });
  });

  it("of another version is a failure in sight when that is never deployed again", async () => {
    await configure({});
    const newer = { ...aWebhook(), v: 2, carried: 400 };
    expect(await acks([newer])).toBe(1);
    const failure = await env.LOG.prepare("SELECT reason, message FROM failure").first<{ message: string }>();
    expect(failure).toMatchObject({ reason: "other_version" });
    expect(JSON.parse(failure?.message ?? "")).toEqual(newer);
  });
});

describe("when the log is down", () => {
  it("delivers unclaimed, and the results travel on so that nobody gets it twice", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url } });
    const { queue: DEAD, caught } = catchMessages();
    const { queue: EVENTS, caught: atIntake } = catchMessages();
    expect(await acks([aWebhook()], { EVENTS, DEAD, LOG: downLog() })).toBe(1);
    expect(await sink.received()).toHaveLength(1);
    expect(atIntake).toEqual([]);
    expect(caught).toMatchObject([{ carried: 1, results: { crm: { state: "delivered", attempt: 1 } } }]);
    expect(await acks(caught)).toBe(1);
    expect(await sink.received()).toHaveLength(1);
    expect(await ledger()).toMatchObject({
      balanced: true,
      webhooks: { events: 1 },
      deliveries: { due: 1, delivered: 1 },
    });
    expect(await env.LOG.prepare("SELECT count(*) AS n FROM claim").first()).toEqual({ n: 1 });
  });

  it("counts how often they do, and waits longer each time", async () => {
    await configure({ crm: { url: openSink().url } });
    let messages: unknown[] = [aWebhook()];
    for (const [generation, least] of [10, 20, 40].entries()) {
      const { queue: DEAD, caught, delays } = catchMessages();
      await consumeAll(messages, { DEAD, LOG: downLog() }, "hookswitch-dead");
      expect(caught).toMatchObject([{ carried: generation + 1 }]);
      expect(delays[0]).toBeGreaterThanOrEqual(least);
      expect(delays[0]).toBeLessThanOrEqual(1.25 * least);
      messages = caught;
    }
  });

  it("goes by the other queue where the first refuses, and lies in the spool where both do", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url } });
    const { queue: RETRIES, caught } = catchMessages();
    expect(await acks([aWebhook()], { DEAD: refusingQueue(), RETRIES, LOG: downLog() })).toBe(1);
    expect(caught).toMatchObject([{ carried: 1, results: { crm: { state: "delivered" } } }]);
    expect(await acks([aWebhook()], { DEAD: refusingQueue(), RETRIES: refusingQueue(), LOG: downLog() })).toBe(1);
    const [row] = await dueSpool(env.LOG, Date.now() + 60_000, 10);
    expect(JSON.parse(row?.message ?? "")).toMatchObject({ carried: 1, results: { crm: { state: "delivered" } } });
  });

  it("comes again when not even the results can travel on", async () => {
    await configure({ crm: { url: openSink().url } });
    const deaf = { DEAD: refusingQueue(), RETRIES: refusingQueue(), LOG: failingLog("INTO") };
    const result = await consumeAll([aWebhook()], deaf);
    expect(result.explicitAcks).toEqual([]);
    expect(result.retryMessages).toHaveLength(1);
  });
});
