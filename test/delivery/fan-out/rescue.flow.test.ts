import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { dueSpool } from "../../../src/log/spool.ts";
import { openSink } from "../../sink/sink.ts";
import { consumeAll } from "../consume-all.ts";
import { failingLog } from "../faulty-log.ts";
import { aWebhook, configure, ledger } from "../scene.ts";

const HOUR = 60 * 60_000;
/** How often a message may come until its queue is about to give it up. */
const OFTEN = 18;
const spooled = async () => (await dueSpool(env.LOG, Date.now() + HOUR, 10)).map(({ message }) => JSON.parse(message));
const bury = (messages: readonly unknown[], faulty: Partial<Env> = {}) =>
  consumeAll(messages, faulty, "hookswitch-events", OFTEN);

describe("a webhook that its queue is about to give up", () => {
  it("goes into the spool, from where cron sends it again, and counts as unread there", async () => {
    await configure({ crm: { url: openSink().url } });
    const webhook = aWebhook();
    expect((await bury([webhook])).explicitAcks).toEqual(["0"]);
    expect(await spooled()).toEqual([{ ...webhook, rescued: 1 }]);
    expect((await ledger()).webhooks).toMatchObject({ unread: 1, events: 0 });
  });

  it("keeps the body that lies there, and the results that it brings", async () => {
    const { body: _, ...webhook } = aWebhook();
    const results = { crm: { state: "delivered" as const, attempt: 1, at: 1, ms: 1 } };
    await env.LOG.prepare("INSERT INTO spool (receipt, due, tries, message, body) VALUES (?1, 0, 1, '{}', x'01')")
      .bind(webhook.receipt)
      .run();
    await bury([{ ...webhook, ref: true, results }]);
    expect(await spooled()).toMatchObject([{ rescued: 1, ref: true, results }]);
    expect(await env.LOG.prepare("SELECT hex(body) AS body FROM spool").first()).toEqual({ body: "01" });
  });

  it("is a failure in sight when it came back from there three times", async () => {
    const webhook = { ...aWebhook(), rescued: 3 };
    expect((await bury([webhook])).explicitAcks).toEqual(["0"]);
    expect(await spooled()).toEqual([]);
    const failure = await env.LOG.prepare("SELECT receipt, reason, message FROM failure").first<{ message: string }>();
    expect(failure).toMatchObject({ receipt: webhook.receipt, reason: "never_handled" });
    expect(JSON.parse(failure?.message ?? "")).toMatchObject({ body: webhook.body });
    expect((await ledger()).webhooks).toMatchObject({ accepted: 1, failed: 1, unread: 0 });
  });

  it("comes again while the log cannot be written, and keeps no other from being handled", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url } });
    const [lost, usual] = [aWebhook(), aWebhook()];
    const faulty = { LOG: failingLog("INTO spool") };
    const result = await consumeAll([lost, usual], faulty, "hookswitch-events", [OFTEN, 1]);
    expect(result.explicitAcks).toEqual(["1"]);
    expect(result.retryMessages.map(({ msgId }) => msgId)).toEqual(["0"]);
    expect(await sink.received()).toHaveLength(1);
  });
});

describe("any message may come by any queue", () => {
  const queues = ["hookswitch-events", "hookswitch-retries-staging", "hookswitch-dead", "acme-eu-retries", "x"];

  it.each(queues)("a webhook by %s becomes an event", async (queue) => {
    const sink = openSink();
    await configure({ crm: { url: sink.url } });
    expect((await consumeAll([aWebhook()], {}, queue)).explicitAcks).toEqual(["0"]);
    expect(await sink.received()).toHaveLength(1);
    expect((await ledger()).webhooks).toMatchObject({ events: 1, failed: 0 });
  });

  it.each(queues)("a wake-up by %s wakes its delivery, also in one batch with a webhook", async (queue) => {
    const sink = openSink();
    await configure({ crm: { url: sink.url, retry: { delays: [3600] } } });
    await sink.behave({ status: 404 });
    const webhook = aWebhook();
    await consumeAll([webhook]);
    await sink.behave({});
    const wakeUp = { v: 1, receipt: webhook.receipt, destination: "crm", run: 0, attempt: 1 };
    const result = await consumeAll([aWebhook(), wakeUp, { v: 1, probe: "crm" }, { v: 1, ping: true }], {}, queue);
    expect(result.explicitAcks.toSorted()).toEqual(["0", "1", "2", "3"]);
    expect(await ledger()).toMatchObject({
      balanced: true,
      webhooks: { events: 2, failed: 0 },
      deliveries: { due: 2, delivered: 2, waiting: 0 },
    });
  });
});
