import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { WebhookMessage } from "../../src/intake/message.ts";
import { recountDay } from "../../src/log/ledger/recount.ts";
import { putSpool } from "../../src/log/spool.ts";
import { deflate } from "../../src/platform/deflate.ts";
import { dayOf } from "../../src/platform/time/instant.ts";
import { openSink } from "../sink/sink.ts";
import { catchMessages, consumeAll } from "./consume-all.ts";
import { failingLog, faultyLog } from "./faulty-log.ts";
import { aWebhook, configure, ledger } from "./scene.ts";

const { queue: RETRIES } = catchMessages();
const claims = "SELECT value ->> 'id', value ->> 'receipt' FROM json_each(?1) AS wanted";

/** A moment that others wait for. */
function aMoment() {
  let come: () => void = () => undefined;
  const here = new Promise<void>((resolve) => {
    come = resolve;
  });
  return { here, come: () => come() };
}

/** A consumer that claims and sends, and is held up before it settles. */
async function begin(message: WebhookMessage) {
  const [reached, go] = [aMoment(), aMoment()];
  const LOG = faultyLog(({ text }) => {
    if (!text.includes("INTO event")) return undefined;
    reached.come();
    return go.here;
  });
  const consuming = consumeAll([message], { RETRIES, LOG });
  await reached.here;
  return async () => {
    go.come();
    await consuming;
  };
}

async function expectBalance() {
  const told = await ledger();
  expect(told.balanced).toBe(true);
  expect(await recountDay(env.LOG, dayOf(Date.now()))).toEqual([]);
  return told;
}

/** Wakes whatever waits for its time. */
async function wakeAll() {
  const { results } = await env.LOG.prepare(
    "SELECT 1 AS v, receipt, destination, run, attempt FROM delivery WHERE state = 'waiting'",
  ).all();
  await consumeAll(results, { RETRIES }, "hookswitch-retries");
}

/** A destination of its own: what one test does to a gate is none of the next one's business. */
async function aDestination(retry: object = { delays: [3600] }) {
  const sink = openSink();
  await configure({ [`twice-${crypto.randomUUID()}`]: { url: sink.url, retry } });
  return sink;
}

describe("one message in the hands of two consumers at once", () => {
  const ends = [
    [200, 500],
    [500, 200],
    [500, 404],
    [200, 200],
    [410, 200],
  ] as const;
  const orders = ["the first settles first", "the second settles first"] as const;
  const cases = ends.flatMap(([one, other]) => orders.map((order) => [one, other, order] as const));

  it.each(cases)("counts once: it gets %i, then %i, and %s", async (one, other, order) => {
    const sink = await aDestination();
    const webhook = aWebhook();
    await sink.behave({ status: one });
    const settleFirst = await begin(webhook);
    await sink.behave({ status: other });
    const settleSecond = await begin(webhook);
    const inOrder = order === orders[0] ? [settleFirst, settleSecond] : [settleSecond, settleFirst];
    for (const settle of inOrder) await settle();
    expect(await expectBalance()).toMatchObject({ webhooks: { accepted: 1, events: 1 }, deliveries: { due: 1 } });
    await sink.behave({ status: 200 });
    await wakeAll();
    expect((await expectBalance()).deliveries.due).toBe(1);
  });

  it("counts once also when its body lies in the spool, and is announced a second time", async () => {
    const sink = await aDestination();
    const { body = "", ...webhook } = aWebhook();
    const { receipt } = webhook;
    await putSpool(env.LOG, { receipt, due: Date.now(), message: "{}", body: await deflate(body) });
    const settleFirst = await begin({ ...webhook, ref: true });
    await sink.behave({ status: 500 });
    const settleSecond = await begin({ ...webhook, ref: true });
    await settleSecond();
    await settleFirst();
    await consumeAll([{ ...webhook, ref: true }], { RETRIES });
    expect(await expectBalance()).toMatchObject({ webhooks: { accepted: 1, events: 1 }, deliveries: { due: 1 } });
  });
});

describe("a webhook that is settled", () => {
  it("stays so when its results, which travelled on, say something else", async () => {
    const sink = await aDestination();
    const webhook = aWebhook();
    const { queue: DEAD, caught } = catchMessages();
    await consumeAll([webhook], { DEAD, RETRIES, LOG: failingLog("INTO event") });
    await sink.behave({ status: 500 });
    await consumeAll([webhook], { RETRIES });
    const before = await expectBalance();
    await consumeAll(caught, { RETRIES }, "hookswitch-dead");
    expect(await expectBalance()).toEqual(before);
    await consumeAll(caught, { RETRIES, LOG: failingLog(claims) }, "hookswitch-dead");
    expect(await expectBalance()).toEqual(before);
  });

  it("stays so when it comes again and cannot be claimed", async () => {
    const sink = await aDestination();
    const webhook = aWebhook();
    await consumeAll([webhook], { RETRIES });
    const before = await expectBalance();
    await sink.behave({ status: 500 });
    await consumeAll([webhook], { RETRIES, LOG: failingLog(claims) });
    expect(await expectBalance()).toEqual(before);
  });

  it("as a duplicate stays one when it comes again and cannot be claimed", async () => {
    await aDestination();
    const first = aWebhook();
    const again = aWebhook({ body: first.body });
    await consumeAll([first], { RETRIES });
    await consumeAll([again], { RETRIES });
    const before = await expectBalance();
    expect(before.webhooks).toMatchObject({ accepted: 2, events: 1, duplicates: 1 });
    await consumeAll([again], { RETRIES, LOG: failingLog(claims) });
    expect(await expectBalance()).toEqual(before);
  });

  it("counts once when what the log was asked for lands after it was not waited for any longer", async () => {
    const sink = await aDestination();
    const webhook = aWebhook();
    const { queue: DEAD, caught } = catchMessages();
    const landing = aMoment();
    const landed: Promise<unknown>[] = [];
    const real = env.LOG;
    const LOG: D1Database = Object.assign(Object.create(real), {
      prepare: (sql: string) => real.prepare(sql),
      batch: (statements: D1PreparedStatement[]) => {
        const asking = landed.length === 1 ? landing.here.then(() => real.batch(statements)) : real.batch(statements);
        landed.push(asking);
        return asking;
      },
    });
    await consumeAll([webhook], { DEAD, RETRIES, LOG });
    expect(caught).toMatchObject([{ results: expect.anything() }]);
    await sink.behave({ status: 500 });
    await consumeAll([webhook], { RETRIES });
    landing.come();
    await Promise.all(landed);
    await consumeAll(caught, { RETRIES }, "hookswitch-dead");
    expect(await expectBalance()).toMatchObject({ webhooks: { accepted: 1, events: 1 }, deliveries: { due: 1 } });
  });
});
