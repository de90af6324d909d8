import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { consume } from "../../src/delivery/consume.ts";
import { dueSpool } from "../../src/log/spool.ts";
import { aWebhook } from "./scene.ts";

const LATER = 10 * 60_000;

/** Hands messages to the consumer of the dead letter queue. */
async function bury(messages: readonly unknown[], faulty: Partial<Env> = {}) {
  const batch = createMessageBatch(
    "hookswitch-dead",
    messages.map((body, position) => ({ id: String(position), timestamp: new Date(), attempts: 1, body })),
  );
  const ctx = createExecutionContext();
  await consume(batch, { ...env, ...faulty }, (work) => ctx.waitUntil(work));
  return getQueueResult(batch, ctx);
}
const spooled = async () => (await dueSpool(env.LOG, Date.now() + LATER, 10)).map(({ message }) => JSON.parse(message));

describe("what the queue gave up", () => {
  it("goes into the spool, from where cron sends it again", async () => {
    const webhook = aWebhook();
    expect((await bury([webhook])).explicitAcks).toEqual(["0"]);
    expect(await spooled()).toEqual([webhook]);
  });

  it("goes there as it is when another version of the Worker wrote it", async () => {
    const newer = { ...aWebhook(), v: 2, more: { of: "it" } };
    await bury([newer]);
    expect(await spooled()).toEqual([newer]);
  });

  it("is not needed when it is a wake-up, or refers to what lies in the spool already", async () => {
    const { body: _, ...webhook } = aWebhook();
    const wakeUp = { v: 1, receipt: webhook.receipt, destination: "crm", run: 0, attempt: 1 };
    expect((await bury([wakeUp, { ...webhook, ref: true }])).explicitAcks).toEqual(["0", "1"]);
    expect(await spooled()).toEqual([]);
  });

  it("comes again while the log cannot be written", async () => {
    const prepare = () => {
      throw new Error("D1_ERROR: Network connection lost.");
    };
    const LOG: D1Database = Object.assign(Object.create(env.LOG), { prepare });
    const result = await bury([aWebhook()], { LOG });
    expect(result.explicitAcks).toEqual([]);
    expect(result.retryMessages).toHaveLength(1);
  });
});
