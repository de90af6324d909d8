import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { forgetPatience, noteInTime } from "../../src/delivery/fan-out/patience.ts";
import { tend } from "../../src/janitor/every-minute.ts";
import { openSink } from "../sink/sink.ts";
import { aWork } from "../work.ts";
import { catchMessages, consumeAll } from "./consume-all.ts";
import { aWebhook, configure, ledger } from "./scene.ts";

const row = z.object({
  receipt: z.string(),
  state: z.string(),
  attempt: z.number(),
  next: z.number().nullable(),
  reason: z.string().nullable(),
});
const rows = async (destination: string) => {
  const found = await env.LOG.prepare(
    "SELECT receipt, state, attempt, next, reason FROM delivery WHERE destination = ?1 ORDER BY receipt",
  )
    .bind(destination)
    .all();
  return z.array(row).parse(found.results);
};
const count = (number: number) => Array.from({ length: number }, () => aWebhook());
const settled = (what: "delivered" | "dead" | "expired" | "waiting", number: number) =>
  vi.waitUntil(async () => (await ledger()).deliveries[what] === number, { timeout: 60_000, interval: 50 });
const open = async (id: string) => (await env.GATE.getByName(id).status()).breaker !== "closed";
const callProbe = (id: string) => consumeAll([{ v: 1, probe: id }], {}, "hookswitch-retries");
const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);

/** A destination whose breaker was opened by the first batch of webhooks. */
async function breakDown(id: string, settings: object = {}) {
  const sink = openSink();
  await configure({ [id]: { url: sink.url, retry: { delays: [3600, 3600] }, ...settings } });
  await sink.behave({ status: 503 });
  await consumeAll(count(5));
  expect(await open(id)).toBe(true);
  return sink;
}

describe("a destination that keeps failing", () => {
  it("gets nothing more: its deliveries are held as rows, without an attempt and without a time", async () => {
    const sink = await breakDown("failing");
    await consumeAll(count(7));
    expect(await sink.received()).toHaveLength(5);
    const held = (await rows("failing")).filter(({ reason }) => reason === "breaker");
    expect(held).toHaveLength(7);
    expect(held.every(({ attempt, next, state }) => attempt === 0 && next === null && state === "waiting")).toBe(true);
    expect(await ledger()).toMatchObject({ balanced: true, deliveries: { due: 12, waiting: 12 } });
  });

  it("holds also what comes due meanwhile, and uses up no attempt for it", async () => {
    const sink = await breakDown("due-meanwhile");
    const [first] = await rows("due-meanwhile");
    await consumeAll([{ v: 1, run: 0, destination: "due-meanwhile", ...first }], {}, "hookswitch-retries");
    expect(await sink.received()).toHaveLength(5);
    expect((await rows("due-meanwhile"))[0]).toMatchObject({ attempt: 1, next: null, reason: "breaker" });
  });

  it("is probed when the alarm of its gate goes off, and then gets all that was held", async () => {
    const sink = await breakDown("recovering");
    await consumeAll(count(20));
    await sink.behave({ status: 200 });
    pass(5000);
    await runDurableObjectAlarm(env.GATE.getByName("recovering"));
    await settled("delivered", 20);
    expect(await open("recovering")).toBe(false);
    expect(await sink.received()).toHaveLength(25);
    expect(await ledger()).toMatchObject({ balanced: true, deliveries: { due: 25, delivered: 20, waiting: 5 } });
  });

  it("gets all that was held also when that is more than can be let go at once", { timeout: 120_000 }, async () => {
    const sink = await breakDown("many");
    for (const batch of [count(200), count(200), count(130)]) await consumeAll(batch);
    await sink.behave({ status: 200 });
    pass(5000);
    await runDurableObjectAlarm(env.GATE.getByName("many"));
    await vi.waitUntil(async () => (await ledger()).deliveries.delivered === 530, { timeout: 60_000, interval: 200 });
    expect(await sink.received()).toHaveLength(535);
  });

  it("gets one probe at a time, each an event that was not probed before, the oldest first", async () => {
    const sink = await breakDown("probed");
    const held = [1, 2, 3].map((later) => aWebhook({ receipt: `rcpt_${ulid(Date.now() + later)}` }));
    await consumeAll(held.toReversed());
    await Promise.all([callProbe("probed"), callProbe("probed")]);
    expect(await sink.received()).toHaveLength(5);
    for (const [probes, webhook] of held.entries()) {
      pass(15 * 60_000);
      await Promise.all([callProbe("probed"), callProbe("probed"), callProbe("probed")]);
      expect(await sink.received()).toHaveLength(6 + probes);
      const probed = (await rows("probed")).find(({ receipt }) => receipt === webhook.receipt);
      expect(probed).toMatchObject({ attempt: 1, reason: "status_503" });
      await consumeAll([{ v: 1, destination: "probed", run: 0, ...probed }], {}, "hookswitch-retries");
      expect((await rows("probed")).filter(({ next }) => next === null)).toHaveLength(3);
    }
  });

  it("is not held shut by an event that it always refuses", async () => {
    const sink = await breakDown("refusing");
    await consumeAll(count(3));
    await sink.behave({ status: 422 });
    pass(5000);
    const { queue: RETRIES } = catchMessages();
    await consumeAll([{ v: 1, probe: "refusing" }], { RETRIES }, "hookswitch-retries");
    expect(await open("refusing")).toBe(false);
    expect(await sink.received()).toHaveLength(6);
    const reasons = (await rows("refusing")).map(({ reason }) => reason);
    expect(reasons.filter((reason) => reason === "status_422")).toHaveLength(1);
  });

  it("does not keep others from getting theirs", async () => {
    const well = openSink();
    const sink = openSink();
    await configure({ sick: { url: sink.url }, well: { url: well.url } });
    await sink.behave({ fault: "reset" });
    await consumeAll(count(10));
    await consumeAll(count(10));
    expect(await well.received()).toHaveLength(20);
    expect((await sink.received()).length).toBeLessThanOrEqual(10);
  });

  it("is probed by a new event when nothing is held", async () => {
    const sink = await breakDown("nothing-held", { retry: { delays: [] } });
    await settled("dead", 5);
    await sink.behave({ status: 200 });
    pass(15_000);
    await consumeAll(count(1));
    expect(await sink.received()).toHaveLength(6);
    expect(await open("nothing-held")).toBe(false);
  });

  it("is probed by what is still of use: what is not expires on the way", async () => {
    const sink = await breakDown("late", { expireAfter: 60 });
    await consumeAll(count(4));
    await sink.behave({ status: 200 });
    pass(120_000);
    await consumeAll(count(1));
    expect(await sink.received()).toHaveLength(6);
    await settled("expired", 4);
  });
});

describe("cron", () => {
  it("wakes what is held for a destination that is no more, so that it can be given up", async () => {
    await breakDown("removed");
    await consumeAll(count(12));
    await configure({});
    await tend(aWork());
    await settled("dead", 12);
  });
});

describe("a limit", () => {
  it("lets so many pass in a second, and gives the others a turn each", async () => {
    const sink = openSink();
    await configure({ slowly: { url: sink.url, limit: { perSecond: 4 } } });
    const { queue: RETRIES } = catchMessages();
    await consumeAll(count(10), { RETRIES });
    expect(await sink.received()).toHaveLength(4);
    const waiting = await rows("slowly");
    expect(waiting.map(({ reason, attempt }) => [reason, attempt])).toEqual(
      Array.from({ length: 6 }, () => ["rate", 0]),
    );
    const turns = waiting.map(({ next }) => next ?? 0).sort((a, b) => a - b);
    expect(turns.slice(1).every((turn, place) => turn - (turns[place] ?? 0) >= 249)).toBe(true);
  });

  it("of a rate delivers all in the end", async () => {
    const sink = openSink();
    await configure({ "slowly-all": { url: sink.url, limit: { perSecond: 5 } } });
    await consumeAll(count(10));
    await settled("delivered", 10);
  });

  it("of concurrency holds for all batches together", async () => {
    const sink = openSink();
    await configure({ "one-lane": { url: sink.url, limit: { concurrency: 1 } } });
    await sink.behave({ delay: 250 });
    // It is known to take its time, so that nothing goes on behind its batch.
    const usual = { kind: "answered", status: 200 } as const;
    const knowIt = () => {
      forgetPatience();
      noteInTime("one-lane", { kind: "attempted", outcome: usual, at: 0, ms: 390, probe: false }, Date.now());
    };
    const { queue: RETRIES } = catchMessages();
    knowIt();
    await Promise.all([consumeAll(count(1), { RETRIES }), consumeAll(count(1), { RETRIES })]);
    expect(await sink.received()).toHaveLength(1);
    expect(await rows("one-lane")).toMatchObject([{ attempt: 0, reason: "concurrency" }]);
    knowIt();
    const began = performance.now();
    await consumeAll(count(3), { RETRIES });
    expect(performance.now() - began).toBeGreaterThanOrEqual(3 * 240);
    expect(await sink.received()).toHaveLength(4);
  });
});
