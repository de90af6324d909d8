import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { inTurns, isGuilty } from "../../../src/delivery/batch/turns.ts";
import { forgetDrift } from "../../../src/delivery/fan-out/note-drift.ts";
import { openSink } from "../../sink/sink.ts";
import { catchMessages, consumeAll } from "../consume-all.ts";
import { failingLog, faultyLog } from "../faulty-log.ts";
import { aWebhook, configure, ledger } from "../scene.ts";

const { queue: RETRIES } = catchMessages();
const one = (id: string, attempts: number, large = false) => ({ queued: { id, attempts }, large });
const turnsOf = (...batch: ReturnType<typeof one>[]) => {
  const { together, alone } = inTurns(batch, ({ large }) => large);
  return [together.map(({ queued }) => queued.id).join(""), ...alone.map(({ queued }) => queued.id)];
};

describe("the turns of a batch", () => {
  it("have all usual messages together, then each large one alone", () => {
    expect(turnsOf(one("a", 1), one("b", 1, true), one("c", 3), one("d", 2, true))).toEqual(["ac", "b", "d"]);
  });

  it("have what came back more than three times alone and last, the others of the batch first", () => {
    expect(turnsOf(one("a", 4), one("b", 1), one("c", 3), one("d", 1, true))).toEqual(["bc", "d", "a"]);
  });

  it("begin with another one of these from one delivery to the next, so that each is the first once", () => {
    const batch = (attempts: number) => turnsOf(...["c", "a", "b"].map((id) => one(id, attempts)));
    expect(batch(4)).toEqual(["", "a", "b", "c"]);
    expect(batch(5)).toEqual(["", "b", "c", "a"]);
    expect(batch(6)).toEqual(["", "c", "a", "b"]);
    expect(batch(7)).toEqual(["", "a", "b", "c"]);
  });
});

describe("several messages that end their consumer", () => {
  /**
   * Delivers a batch until all that is left of it is found guilty. What is handled before the consumer ends is settled;
   * that it was acknowledged is lost with the consumer.
   */
  function guiltyOf(ids: readonly string[], killers: ReadonlySet<string>): string[] {
    const settled = new Set<string>();
    for (let attempts = 1; ; attempts += 1) {
      const batch = ids.map((id) => one(id, attempts));
      if (batch.every(isGuilty)) return ids.filter((id) => !settled.has(id));
      const { together, alone } = inTurns(batch, () => false);
      for (const turn of [together, ...alone.map((single) => [single])]) {
        if (turn.some(({ queued }) => killers.has(queued.id))) break;
        for (const { queued } of turn) settled.add(queued.id);
      }
    }
  }

  it("take none of those between them along, however many of each a batch has", () => {
    const batch = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(batch, fc.infiniteStream(fc.boolean()), (ids, isKiller) => {
        const killers = new Set(ids.filter(() => isKiller.next().value));
        expect(guiltyOf(ids, killers)).toEqual(ids.filter((id) => killers.has(id)));
      }),
      { numRuns: 500 },
    );
  });
});

/** The receipts of the events in the order in which they were settled, those of one transaction together. */
function watchSettling() {
  const settled: string[][] = [];
  const LOG = faultyLog(({ text }) => {
    if (text.includes("INTO event")) settled.push([...new Set(text.match(/rcpt_[0-9A-Z]{26}/g))].toSorted());
  });
  return { LOG, settled };
}

describe("a webhook that came back more than three times", () => {
  it("is handled alone, when the others of its batch are settled, and as usual", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url } });
    const { LOG, settled } = watchSettling();
    const batch = Array.from({ length: 5 }, () => aWebhook());
    const result = await consumeAll(batch, { LOG, RETRIES }, "hookswitch-events", [4, 1, 1, 4, 2]);
    const [first, second, third, fourth, fifth] = batch.map(({ receipt }) => receipt);
    expect(settled).toEqual([[second, third, fifth].toSorted(), ...[[first], [fourth]].toSorted()]);
    expect(result.explicitAcks).toHaveLength(5);
    const types = (await sink.received()).map(({ body }) => JSON.parse(body).type);
    expect(types).toEqual(Array.from({ length: 5 }, () => "agent.logged_in"));
  });

  const delivered = z.object({
    type: z.string(),
    data: z.object({ warnings: z.array(z.string()).optional() }).loose(),
  });

  it.each([14, 15, 17])("although it was alone is read without its normalizer: delivery %i", async (attempts) => {
    const sink = openSink();
    await configure({ crm: { url: sink.url } });
    const webhook = aWebhook();
    await consumeAll([webhook, aWebhook()], { RETRIES }, "hookswitch-events", [attempts, 1]);
    const [usual, plain] = (await sink.received()).map(({ body }) => delivered.parse(JSON.parse(body)));
    expect(usual?.type).toBe("agent.logged_in");
    expect(plain).toMatchObject({
      type: "vendor.unknown",
      data: { warnings: ["normalizer_skipped"], raw: JSON.parse(webhook.body ?? "") },
    });
    expect((await ledger()).webhooks).toMatchObject({ events: 2, failed: 0 });
  });

  it("is not looked through for what is strange", async () => {
    await configure({ crm: { url: openSink().url } });
    const strange = () => aWebhook({ body: JSON.stringify({ event: "AgentLog", agent: crypto.randomUUID(), odd: 1 }) });
    const drift = async () => (await env.LOG.prepare("SELECT count(*) AS n FROM drift").first<{ n: number }>())?.n;
    forgetDrift();
    await consumeAll([strange()], { RETRIES }, "hookswitch-events", 4);
    expect(await drift()).toBe(0);
    await consumeAll([strange()], { RETRIES }, "hookswitch-events", 3);
    expect(await drift()).toBe(1);
    const again = strange();
    await consumeAll([again], { RETRIES });
    forgetDrift();
    const times = async () => env.LOG.prepare("SELECT times FROM drift").first();
    const before = await times();
    await consumeAll([again], { RETRIES });
    expect(await times()).toEqual(before);
  });

  it("and is settled already is acknowledged, and nothing more", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url } });
    const webhook = aWebhook();
    await consumeAll([webhook], { RETRIES });
    const result = await consumeAll([webhook], { RETRIES }, "hookswitch-events", 9);
    expect(result.explicitAcks).toEqual(["0"]);
    expect(await sink.received()).toHaveLength(1);
  });

  it("is not sent again for want of a log, but waits for it", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url } });
    const LOG = faultyLog(({ text }) => {
      if (text.includes("INTO")) throw new Error("D1_ERROR: Network connection lost.");
    });
    const { queue: DEAD, caught } = catchMessages();
    const [usual, suspect] = [aWebhook(), aWebhook()];
    await consumeAll([usual, suspect], { LOG, DEAD, RETRIES }, "hookswitch-events", [1, 4]);
    expect(await sink.received()).toHaveLength(1);
    expect(caught).toHaveLength(2);
    expect(caught).toContainEqual({ ...suspect, carried: 1, returned: 3 });
  });

  it("is under the same suspicion as a new message, neither more nor less", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url } });
    const { LOG, settled } = watchSettling();
    const batch = [aWebhook({ returned: 3 }), aWebhook(), aWebhook({ returned: 13 }), aWebhook({ returned: 2 })];
    await consumeAll(batch, { LOG, RETRIES });
    expect(settled.map(({ length }) => length)).toEqual([2, 1, 1]);
    const plain = (await sink.received()).filter(({ body }) => body.includes("normalizer_skipped"));
    expect(plain.map(({ body }) => JSON.parse(body).sequence)).toEqual([batch[2]?.receipt.slice(5)]);
  });

  it("waits longer each time that it waits for its turn, until it had it", async () => {
    await configure({ crm: { url: openSink().url } });
    const tired = aWebhook({ returned: 3, waited: 5 });
    const { queue: DEAD, caught, delays } = catchMessages();
    const batch = [...Array.from({ length: 9 }, () => aWebhook({ returned: 3 })), tired];
    await consumeAll(batch, { DEAD, RETRIES }, "hookswitch-dead");
    const waiting = z.array(z.object({ waited: z.number().optional() })).parse(caught);
    expect(waiting.length).toBeGreaterThan(0);
    for (const [position, { waited = 0 }] of waiting.entries()) {
      expect(delays[position]).toBeGreaterThanOrEqual(Math.min(10 * 2 ** (waited - 1), 675));
    }
    const { queue, caught: carried } = catchMessages();
    await consumeAll([tired], { DEAD: queue, RETRIES, LOG: failingLog("INTO") }, "hookswitch-dead");
    expect(carried).toMatchObject([{ receipt: tired.receipt, carried: 1 }]);
    expect(carried[0]).not.toHaveProperty("waited");
  });

  it("waits for its turn where no request is left for it, and that is not held against it", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url } });
    let batch: readonly unknown[] = Array.from({ length: 10 }, () => aWebhook());
    let attempts = 4;
    for (let times = 0; batch.length > 0 && times < 9; times += 1) {
      const { queue: DEAD, caught } = catchMessages();
      await consumeAll(batch, { DEAD, RETRIES }, "hookswitch-events", attempts);
      for (const message of caught) expect(message).toMatchObject({ returned: 3, carried: 0 });
      batch = caught;
      attempts = 1;
    }
    const types = (await sink.received()).map(({ body }) => JSON.parse(body).type);
    expect(types).toEqual(Array.from({ length: 10 }, () => "agent.logged_in"));
  });
});

describe("a wake-up that came back more than three times", () => {
  async function twoWait() {
    const sink = openSink();
    await configure({ crm: { url: sink.url, retry: { delays: [3600, 3600] } } });
    await sink.behave({ status: 404 });
    await consumeAll([aWebhook(), aWebhook()], { RETRIES });
    await sink.behave({});
    const { results } = await env.LOG.prepare("SELECT 1 AS v, receipt, destination, run, attempt FROM delivery").all();
    return { sink, results };
  }

  it("is handled alone, when the others of its batch are recorded", async () => {
    const { sink, results } = await twoWait();
    const recorded: number[] = [];
    const LOG = faultyLog(({ text }) => {
      const receipts = new Set(text.match(/rcpt_[0-9A-Z]{26}/g));
      if (text.includes("UPDATE delivery SET state")) recorded.push(receipts.size);
    });
    await consumeAll(results, { LOG, RETRIES }, "hookswitch-retries", [4, 1]);
    expect(recorded).toEqual([1, 1]);
    expect(await sink.received()).toHaveLength(4);
  });

  it("although it was alone is a dead letter: whoever attempts it ends", async () => {
    const { sink, results } = await twoWait();
    const result = await consumeAll(results, { RETRIES }, "hookswitch-retries", [14, 1]);
    expect(result.explicitAcks).toHaveLength(2);
    expect(await sink.received()).toHaveLength(3);
    const { results: rows } = await env.LOG.prepare("SELECT state, reason FROM delivery ORDER BY state").all();
    expect(rows).toEqual([
      { state: "dead", reason: "consumer_ended" },
      { state: "delivered", reason: null },
    ]);
    expect(await ledger()).toMatchObject({ balanced: true, deliveries: { due: 2, delivered: 1, dead: 1 } });
  });
});
