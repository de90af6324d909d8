import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { inSlices } from "../../src/delivery/batch/slices.ts";
import type { WebhookMessage } from "../../src/intake/message.ts";
import { putSpool } from "../../src/log/spool.ts";
import { deflate } from "../../src/platform/deflate.ts";
import { openSink } from "../sink/sink.ts";
import { catchMessages, consumeAll } from "./consume-all.ts";
import { faultyLog } from "./faulty-log.ts";
import { aWebhook, configure, ledger } from "./scene.ts";

const { queue: RETRIES } = catchMessages();
const LENGTH = 1_000_000;
const TEN = Array.from({ length: 10 });
const PLAN = { REQUESTS_PER_BATCH: "1000" };

/** Text of a million characters that does not deflate to much less. */
function noise(): string {
  const bytes = (count: number) => String.fromCharCode(...crypto.getRandomValues(new Uint8Array(count)));
  return Array.from({ length: 20 }, () => btoa(bytes(37_500))).join("");
}

/** A webhook by reference, whose body has a megabyte. */
async function aLargeWebhook(): Promise<WebhookMessage> {
  const { body = "", ...message } = aWebhook();
  const large = JSON.stringify({ ...JSON.parse(body), note: noise() });
  await putSpool(env.LOG, { receipt: message.receipt, due: 0, message: "{}", body: await deflate(large) });
  return { ...message, ref: true };
}

/**
 * Watches how many large bodies are in somebody's hands: from when the log gives them out until what came of them is
 * written, or all of the batch is over.
 */
function watchHands(given: string, written: string) {
  const hands = { now: 0, most: 0, given: 0 };
  const count = (result: D1Result<Record<string, unknown>>) => {
    const large = result.results.filter(({ body, raw = body }) => Array.isArray(raw) && raw.length > LENGTH / 2).length;
    hands.now += large;
    hands.given += large;
    hands.most = Math.max(hands.most, hands.now);
    return result;
  };
  const log = faultyLog(({ text }) => {
    if (text.includes(written)) hands.now = 0;
  });
  const LOG: D1Database = Object.assign(Object.create(log), {
    batch: (statements: D1PreparedStatement[]) => log.batch(statements),
    prepare: (sql: string) => {
      const statement = log.prepare(sql);
      if (!sql.startsWith(given)) return statement;
      return Object.assign(statement, {
        bind: (...values: unknown[]) => {
          const bound = env.LOG.prepare(sql).bind(...values);
          const all = async () => count(await bound.all());
          return { all, first: async () => (await all()).results[0] ?? null };
        },
      });
    },
  });
  return { LOG, hands };
}

async function tenLarge() {
  const sink = openSink();
  await configure({ crm: { url: sink.url, retry: { delays: [3600, 3600] } } });
  const webhooks: WebhookMessage[] = [];
  for (const _ of TEN) webhooks.push(await aLargeWebhook());
  return { sink, webhooks };
}

describe("ten events of a megabyte at once", () => {
  it("are read, attempted and settled one by one", { timeout: 120_000 }, async () => {
    const { sink, webhooks } = await tenLarge();
    const { LOG, hands } = watchHands("SELECT body FROM spool", "INTO event");
    const result = await consumeAll([...webhooks, aWebhook()], { LOG, RETRIES, ...PLAN });
    expect(hands).toMatchObject({ given: 10, most: 1 });
    expect(result.explicitAcks).toHaveLength(11);
    expect(await sink.received()).toHaveLength(11);
    expect(await ledger()).toMatchObject({ balanced: true, webhooks: { events: 11 }, deliveries: { delivered: 11 } });
  });

  it("are retried one by one", { timeout: 120_000 }, async () => {
    const { sink, webhooks } = await tenLarge();
    await sink.behave({ status: 404 });
    await consumeAll(webhooks, { RETRIES, ...PLAN });
    await sink.behave({});
    const { results } = await env.LOG.prepare("SELECT 1 AS v, receipt, destination, run, attempt FROM delivery").all();
    const { LOG, hands } = watchHands("SELECT receipt, body, raw FROM event", "UPDATE delivery SET state");
    const result = await consumeAll(results, { LOG, RETRIES, ...PLAN }, "hookswitch-retries");
    expect(hands).toMatchObject({ given: 10, most: 1 });
    expect(result.explicitAcks).toHaveLength(10);
    expect(await sink.received()).toHaveLength(20);
    expect(await ledger()).toMatchObject({ balanced: true, deliveries: { due: 10, delivered: 10 } });
  });

  it("come in a few batches where the plan allows no more requests, and nothing is held against them", {
    timeout: 120_000,
  }, async () => {
    const { sink, webhooks } = await tenLarge();
    let batch: readonly unknown[] = webhooks;
    let times = 0;
    for (; batch.length > 0; times += 1) {
      const { queue: DEAD, caught } = catchMessages();
      const { explicitAcks } = await consumeAll(batch, { DEAD, RETRIES });
      expect(explicitAcks).toHaveLength(batch.length);
      for (const message of caught) expect(message).toMatchObject({ carried: 0 });
      batch = caught;
    }
    expect(times).toBeGreaterThan(1);
    expect(times).toBeLessThanOrEqual(3);
    expect(await sink.received()).toHaveLength(10);
  });
});

describe("inSlices", () => {
  it("keeps what is small together, and what is large or of no known size alone", () => {
    const slices = inSlices([300_000, 300_000, 500_000, 1_200_000, 10, 0, 10, 999_990], (size) => size);
    expect(slices).toEqual([[300_000, 300_000], [500_000], [1_200_000], [10], [0], [10, 999_990]]);
  });
});
