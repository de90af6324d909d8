import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { consume } from "../../src/delivery/consume.ts";
import { readEventRecord } from "../../src/log/events/record.ts";
import { openSink } from "../sink/sink.ts";
import { aWork } from "../work.ts";
import { catchMessages, consumeAll } from "./consume-all.ts";
import { failingLog, faultyLog } from "./faulty-log.ts";
import { aWebhook, configure, ledger } from "./scene.ts";

const count = (number: number) => Array.from({ length: number }, () => aWebhook());
const row = z.object({
  receipt: z.string(),
  destination: z.string(),
  state: z.string(),
  attempt: z.number(),
  next: z.number().nullable(),
  reason: z.string().nullable(),
});
const rows = async () => {
  const { results } = await env.LOG.prepare(
    "SELECT receipt, destination, state, attempt, next, reason FROM delivery ORDER BY receipt",
  ).all();
  return z.array(row).parse(results);
};
const { queue: RETRIES, caught } = catchMessages();
beforeEach(() => void caught.splice(0));

/** Hands a batch to the consumer, and does not wait for what goes on behind it. */
async function consumeAlone(messages: readonly unknown[], faulty: Partial<Env> = {}) {
  const batch = createMessageBatch(
    "hookswitch-events",
    messages.map((body, position) => ({ id: String(position), timestamp: new Date(), attempts: 1, body })),
  );
  const behind: Promise<unknown>[] = [];
  await consume(batch, aWork({ env: { ...env, RETRIES, ...faulty }, defer: (work) => void behind.push(work) }));
  return { acked: (await getQueueResult(batch, createExecutionContext())).explicitAcks, behind: Promise.all(behind) };
}

describe("a first attempt that takes its time", () => {
  it("does not hold up its batch, is told as under way, and is recorded when it is answered: sent once", async () => {
    const [well, late] = [openSink(), openSink()];
    await configure({ well: { url: well.url }, late: { url: late.url, limit: { concurrency: 1 } } });
    await late.behave({ delay: 3000 });
    const [webhook] = count(1);
    const { acked, behind } = await consumeAlone([webhook]);
    expect(acked).toEqual(["0"]);
    expect(await well.received()).toHaveLength(1);
    expect(await rows()).toMatchObject([{ destination: "late", state: "waiting", attempt: 0, reason: "under_way" }]);
    const [{ next } = { next: null }] = await rows();
    expect(next).toBeGreaterThan(Date.now() + 30_000);
    expect(await ledger()).toMatchObject({ balanced: true, deliveries: { due: 2, delivered: 1, waiting: 1 } });
    await behind;
    expect(await rows()).toMatchObject([{ state: "delivered", attempt: 1, next: null, reason: null }]);
    expect(await late.received()).toHaveLength(1);
    expect(caught).toEqual([]);
    expect(await ledger()).toMatchObject({ balanced: true, deliveries: { due: 2, delivered: 2, waiting: 0 } });
    const record = await readEventRecord(env.LOG, webhook?.receipt ?? "");
    expect(record?.deliveries.find(({ destination }) => destination === "late")?.attempts).toMatchObject([
      { n: 1, status: 200 },
    ]);
    // Its gate has its lane back.
    const asked = { batch: "other", wanted: 1, lanes: 1, timeoutMs: 1000, as: "again", concurrency: 1 } as const;
    expect(await env.GATE.getByName("late").admit(asked)).toMatchObject({ admitted: 1 });
  });

  it("that hangs is a timeout in the end: it is tried again after its delay, and counts for its breaker", async () => {
    const hanging = openSink();
    await configure({ "hangs-first": { url: hanging.url, timeoutMs: 1500, retry: { delays: [3600] } } });
    await hanging.behave({ fault: "hang" });
    const { behind } = await consumeAlone(count(4));
    const waiting = await rows();
    expect(waiting.filter(({ reason }) => reason === "under_way")).toHaveLength(2);
    expect(waiting.filter(({ reason }) => reason === "handed_over")).toHaveLength(2);
    expect(caught).toHaveLength(2);
    await behind;
    expect((await rows()).filter(({ reason }) => reason === "timeout")).toMatchObject([{ attempt: 1 }, { attempt: 1 }]);
    expect(caught).toHaveLength(4);
    expect(await hanging.received()).toHaveLength(2);
    expect(await env.GATE.getByName("hangs-first").status()).toMatchObject({ failures: 2 });
    // While it hangs, nothing more is tried at once.
    await consumeAlone(count(3));
    expect(await hanging.received()).toHaveLength(2);
  });

  it("that is told late that its destination is gone pauses it as one in time does", async () => {
    const gone = openSink();
    await configure({ "gone-late": { url: gone.url } });
    await gone.behave({ status: 410, delay: 1500 });
    const { behind } = await consumeAlone(count(1));
    expect(await rows()).toMatchObject([{ state: "waiting", reason: "under_way" }]);
    await behind;
    expect(await rows()).toMatchObject([{ state: "dead", attempt: 1, reason: "status_410" }]);
    expect(await env.GATE.getByName("gone-late").status()).toMatchObject({ paused: { reason: "status_410" } });
  });

  it("to one that is slow but sound costs rows at the beginning only", async () => {
    const slow = openSink();
    await configure({ slow: { url: slow.url } });
    await slow.behave({ delay: 1000 });
    const { now } = Date;
    let ahead = 0;
    vi.spyOn(Date, "now").mockImplementation(() => now() + ahead);
    await (await consumeAlone(count(2))).behind;
    expect(await rows()).toHaveLength(2);
    for (let batch = 0; batch < 2; batch += 1) {
      ahead += 20_000;
      await (await consumeAlone(count(2))).behind;
    }
    expect(await rows()).toHaveLength(2);
    expect(await slow.received()).toHaveLength(6);
    expect(await ledger()).toMatchObject({ balanced: true, deliveries: { due: 6, delivered: 6 } });
    // Where it was waited for just now, or there is more for it than can be sent at once, nobody waits for it.
    await consumeAlone(count(1));
    ahead += 20_000;
    await consumeAlone(count(3));
    expect((await rows()).filter(({ reason }) => reason === "handed_over")).toHaveLength(4);
    expect(await slow.received()).toHaveLength(6);
  });

  it("whose invocation dies is made again when its lease has ended, and an end that is told later changes nothing", async () => {
    const late = openSink();
    await configure({ late: { url: late.url } });
    await late.behave({ delay: 3000 });
    const { behind } = await consumeAlone(count(1));
    const [lease] = await rows();
    if (lease === undefined) throw new Error("there is no row");
    // As cron would when the lease has ended.
    await late.behave({ status: 404 });
    const wakeUp = { v: 1, receipt: lease.receipt, destination: lease.destination, run: 0, attempt: 0 };
    await consumeAll([wakeUp], { RETRIES }, "hookswitch-retries");
    const retried = await rows();
    expect(retried).toMatchObject([{ state: "waiting", attempt: 1, reason: "status_404" }]);
    const told = vi.spyOn(console, "warn");
    await behind;
    expect(await rows()).toEqual(retried);
    expect(told.mock.calls.flat().join("\n")).toContain("delivery.overtaken");
    expect(await ledger()).toMatchObject({ balanced: true, deliveries: { due: 1, waiting: 1 } });
  });

  it("travels on with its end where the log takes nothing: it is not sent again", async () => {
    const late = openSink();
    await configure({ late: { url: late.url } });
    await late.behave({ delay: 1500 });
    const LOG = failingLog("INTO event");
    const { queue: DEAD, caught: carried } = catchMessages();
    await consumeAlone(count(1), { LOG, DEAD });
    expect(carried).toMatchObject([{ results: { late: { state: "delivered", attempt: 1 } } }]);
    await consumeAll(carried, { RETRIES }, "hookswitch-dead");
    expect(await late.received()).toHaveLength(1);
    expect(await ledger()).toMatchObject({ balanced: true, deliveries: { due: 1, delivered: 1 } });
  });

  it("is recorded as well where the log wrote it down and its answer was lost: it is not sent again", async () => {
    const late = openSink();
    await configure({ late: { url: late.url } });
    await late.behave({ delay: 1500 });
    const lose = ({ text }: { text: string }) => {
      if (text.includes("INTO event ")) throw new Error("D1_ERROR: Network connection lost.");
    };
    const LOG = faultyLog(() => undefined, lose);
    const { queue: DEAD, caught: carried } = catchMessages();
    const { behind } = await consumeAlone(count(1), { LOG, DEAD });
    await behind;
    expect(carried).toHaveLength(1);
    expect(await rows()).toMatchObject([{ state: "delivered", attempt: 1, next: null }]);
    await consumeAll(carried, { RETRIES }, "hookswitch-dead");
    expect(await late.received()).toHaveLength(1);
    expect(await ledger()).toMatchObject({ balanced: true, deliveries: { due: 1, delivered: 1, waiting: 0 } });
  });

  it("leaves room for others: what hangs takes five connections at most, and the rest goes by the retries", async () => {
    const hanging = [openSink(), openSink(), openSink()];
    const well = openSink();
    for (const sink of hanging) await sink.behave({ fault: "hang" });
    const ids = hanging.map(({ url }, place) => [`hangs-${place}`, { url, timeoutMs: 1500 }]);
    await configure({ ...Object.fromEntries(ids), well: { url: well.url } });
    const { behind } = await consumeAlone(count(4));
    const reached = await Promise.all(hanging.map((sink) => sink.received()));
    expect(reached.flat().length).toBeLessThanOrEqual(5);
    await behind;
    await consumeAll(
      caught.filter((one) => z.object({ destination: z.literal("well") }).safeParse(one).success),
      { RETRIES },
      "hookswitch-retries",
    );
    expect(await well.received()).toHaveLength(4);
    expect(await ledger()).toMatchObject({ balanced: true });
  });
});
