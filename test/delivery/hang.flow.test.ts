import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { openSink } from "../sink/sink.ts";
import { catchMessages, consumeAll } from "./consume-all.ts";
import { aWebhook, configure, ledger } from "./scene.ts";

const TIMEOUT = 300;
const count = (number: number) => Array.from({ length: number }, () => aWebhook());
const key = z.object({ receipt: z.string(), destination: z.string(), run: z.number(), attempt: z.number() });

async function wakeUps() {
  const { results } = await env.LOG.prepare(
    "SELECT receipt, destination, run, attempt FROM delivery WHERE state = 'waiting'",
  ).all();
  return z
    .array(key)
    .parse(results)
    .map((row) => ({ v: 1, ...row }));
}

describe("a destination that hangs", () => {
  it("costs a batch of webhooks one timeout, whatever it holds, and others get theirs", async () => {
    const [well, hanging] = [openSink(), openSink()];
    await configure({
      well: { url: well.url },
      "hanging-first": { url: hanging.url, timeoutMs: TIMEOUT },
    });
    await hanging.behave({ fault: "hang" });
    const { queue: RETRIES } = catchMessages();
    for (const batch of [count(10), count(10), count(10)]) await consumeAll(batch, { RETRIES });
    expect(await well.received()).toHaveLength(30);
    expect((await hanging.received()).length).toBeLessThanOrEqual(2);
    expect(await ledger()).toMatchObject({ balanced: true, deliveries: { due: 60, delivered: 30, waiting: 30 } });
  });

  it("costs a batch of wake-ups one timeout, too; the others wait a little, without an attempt", async () => {
    const [well, hanging] = [openSink(), openSink()];
    const retry = { delays: [3600, 3600] };
    await configure({
      well: { url: well.url, retry },
      "hanging-later": { url: hanging.url, timeoutMs: TIMEOUT, retry },
    });
    await well.behave({ status: 404 });
    await hanging.behave({ status: 404 });
    const { queue: RETRIES } = catchMessages();
    await consumeAll(count(10), { RETRIES });
    await well.behave({ status: 200 });
    await hanging.behave({ fault: "hang" });
    const began = performance.now();
    await consumeAll(await wakeUps(), { RETRIES }, "hookswitch-retries");
    expect(performance.now() - began).toBeLessThan(TIMEOUT * 5);
    expect(await well.received()).toHaveLength(20);
    expect((await hanging.received()).length).toBeLessThanOrEqual(12);
    const { results } = await env.LOG.prepare(
      "SELECT attempt, reason, count(*) AS n FROM delivery WHERE state = 'waiting' GROUP BY 1, 2 ORDER BY 1",
    ).all();
    expect(results).toEqual([
      { attempt: 1, reason: "handed_over", n: 8 },
      { attempt: 2, reason: "timeout", n: 2 },
    ]);
  });

  it("does not keep others from getting what is in the queues", { timeout: 120_000 }, async () => {
    const [well, hanging] = [openSink(), openSink()];
    await configure({ well: { url: well.url }, "hanging-all": { url: hanging.url, timeoutMs: 1000 } });
    await hanging.behave({ fault: "hang" });
    for (let sent = 0; sent < 60; sent += 20) await env.EVENTS.sendBatch(count(20).map((body) => ({ body })));
    await vi.waitUntil(async () => (await well.received()).length === 60, { timeout: 60_000, interval: 100 });
    expect((await hanging.received()).length).toBeLessThanOrEqual(15);
  });
});
