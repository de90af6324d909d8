import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { forgetPauses } from "../../src/delivery/gate/known-pauses.ts";
import { putSpool } from "../../src/log/spool.ts";
import { LOG_LIMIT_MS, LogHangsError, logInTime } from "../../src/platform/d1/in-time.ts";
import { tryThrice } from "../../src/platform/d1/try-thrice.ts";
import { deflate } from "../../src/platform/deflate.ts";
import { openSink } from "../sink/sink.ts";
import { catchMessages, consumeAll } from "./consume-all.ts";
import { faultyLog, hangingLog } from "./faulty-log.ts";
import { aWebhook, configure, ledger } from "./scene.ts";

const { queue: RETRIES } = catchMessages();
/** The limit, as it is in these tests: nothing that is waited for so long will come. */
const SHORT_MS = 700;
/** Two steps that hang for their whole limit, and what is really done, on a machine that has other work. */
const PATIENCE_MS = 4 * SHORT_MS;

beforeEach(() => {
  const real = globalThis.setTimeout;
  vi.spyOn(globalThis, "setTimeout").mockImplementation((callback, delay, ...rest) =>
    real(callback, delay === LOG_LIMIT_MS ? SHORT_MS : delay, ...rest),
  );
});

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const began = performance.now();
  const value = await work();
  return { ms: performance.now() - began, value };
}

it("nobody waits for the log longer than two seconds", () => expect(LOG_LIMIT_MS).toBe(2000));

describe("a log that hangs", () => {
  it.each([
    ["whatever it is asked", ""],
    ["when events are claimed", "AS wanted"],
    ["when they are settled", "INTO event"],
    ["when pauses are read", "FROM pause"],
  ])("%s, does not keep first attempts from going out, and their results travel on", async (_, words) => {
    const sink = openSink();
    await configure({ crm: { url: sink.url } });
    await consumeAll([aWebhook()]);
    forgetPauses();
    const { queue: DEAD, caught } = catchMessages();
    const webhooks = Array.from({ length: 10 }, () => aWebhook());
    const { ms, value } = await timed(() => consumeAll(webhooks, { DEAD, RETRIES, LOG: hangingLog(words) }));
    expect(ms).toBeLessThan(PATIENCE_MS);
    expect(value.explicitAcks).toHaveLength(10);
    expect(await sink.received()).toHaveLength(11);
    await consumeAll(caught, { RETRIES }, "hookswitch-dead");
    expect(await sink.received()).toHaveLength(11);
    expect(await ledger()).toMatchObject({
      balanced: true,
      webhooks: { events: 11 },
      deliveries: { due: 11, delivered: 11 },
    });
  });

  it("is asked once for a batch, and not again in it", async () => {
    await configure({ crm: { url: openSink().url } });
    await consumeAll([aWebhook()]);
    const asked: string[] = [];
    const LOG = faultyLog(({ text }) => {
      asked.push(text);
      return new Promise(() => undefined);
    });
    const { queue: DEAD } = catchMessages();
    await consumeAll(
      Array.from({ length: 10 }, () => aWebhook()),
      { DEAD, RETRIES, LOG },
    );
    expect(asked).toHaveLength(1);
  });

  it("keeps a large webhook waiting, but not the others of its batch", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url } });
    const { body = "", ...message } = aWebhook();
    await putSpool(env.LOG, { receipt: message.receipt, due: 0, message: "{}", body: await deflate(body) });
    const { queue: DEAD, caught } = catchMessages();
    const batch = [aWebhook(), { ...message, ref: true }, aWebhook()];
    const { ms } = await timed(() => consumeAll(batch, { DEAD, RETRIES, LOG: hangingLog("FROM spool") }));
    expect(ms).toBeLessThan(PATIENCE_MS);
    expect(await sink.received()).toHaveLength(2);
    expect(caught).toMatchObject([{ receipt: message.receipt, ref: true, carried: 1 }]);
    await consumeAll(caught, { RETRIES }, "hookswitch-dead");
    expect((await ledger()).webhooks).toMatchObject({ events: 3, failed: 0 });
  });

  const key = z.object({ receipt: z.string(), destination: z.string(), run: z.number(), attempt: z.number() });
  async function aWakeUp() {
    const sink = openSink();
    await configure({ crm: { url: sink.url, retry: { delays: [3600, 3600] } } });
    await sink.behave({ status: 404 });
    await consumeAll([aWebhook()], { RETRIES });
    const wakeUp = { v: 1, ...key.parse(await env.LOG.prepare("SELECT * FROM delivery").first()) };
    return { sink, wakeUp };
  }

  it.each([
    ["when rows are read", "FROM json_each(?1) JOIN delivery", 1],
    ["when events are read", "SELECT receipt, body, raw FROM event", 1],
    ["when attempts are recorded", "UPDATE delivery SET state", 2],
  ])("%s, makes wake-ups come again, three times at most", async (_, words, sent) => {
    const { sink, wakeUp } = await aWakeUp();
    const LOG = hangingLog(words);
    const { ms, value } = await timed(() => consumeAll([wakeUp], { RETRIES, LOG }, "hookswitch-retries"));
    expect(ms).toBeLessThan(PATIENCE_MS);
    expect(value.retryMessages).toHaveLength(1);
    expect(await sink.received()).toHaveLength(sent);
    const last = await consumeAll([wakeUp], { RETRIES, LOG }, "hookswitch-retries", 3);
    expect(last.explicitAcks).toEqual(["0"]);
    expect(await ledger()).toMatchObject({ balanced: true, deliveries: { due: 1, waiting: 1 } });
  });

  it("for what goes on behind a batch does not prolong it", async () => {
    await configure({ crm: { url: openSink().url } });
    const strange = aWebhook();
    const body = JSON.stringify({ ...JSON.parse(strange.body ?? ""), odd: crypto.randomUUID() });
    const LOG = hangingLog("INTO drift", "INTO document");
    const { ms } = await timed(() => consumeAll([{ ...strange, body }], { RETRIES, LOG }));
    expect(ms).toBeLessThan(PATIENCE_MS);
  });
});

describe("tryAgain", () => {
  const fails = () => Promise.reject(new Error("D1_ERROR: Network connection lost."));
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  it("asks three times, and tells why it was in vain", async () => {
    let asked = 0;
    const answered = await tryThrice(() => {
      asked += 1;
      return fails();
    });
    expect(answered).toMatchObject({ ok: false, error: expect.any(Error) });
    expect(asked).toBe(3);
  });

  it("waits no longer for three answers than for one", async () => {
    let asked = 0;
    const { ms, value } = await timed(() =>
      tryThrice(async () => {
        asked += 1;
        await wait(SHORT_MS * 0.7);
        return fails();
      }),
    );
    expect(value).toMatchObject({ ok: false, error: expect.any(LogHangsError) });
    expect(ms).toBeLessThan(SHORT_MS * 1.8);
    await wait(SHORT_MS * 2);
    expect(asked).toBeLessThanOrEqual(2);
  });

  it("asks once where the log refuses what it is given", async () => {
    let asked = 0;
    await tryThrice(() => {
      asked += 1;
      return Promise.reject(new Error("D1_ERROR: string or blob too big: SQLITE_TOOBIG"));
    });
    expect(asked).toBe(1);
  });
});

describe("logInTime", () => {
  it("is the log itself for all that is answered in time", async () => {
    const counted: number[] = [];
    const log = logInTime(env.LOG, (statements) => counted.push(statements));
    await log.prepare("INSERT INTO pause (destination, since, reason) VALUES (?1, ?2, ?3)").bind("crm", 1, "x").run();
    expect(await log.prepare("SELECT since FROM pause").first()).toEqual({ since: 1 });
    const both = ["DELETE FROM pause WHERE destination = ?1", "SELECT count(*) AS n FROM pause WHERE destination = ?1"];
    const [, rest] = await log.batch(both.map((sql) => log.prepare(sql).bind("crm")));
    expect(rest?.results).toEqual([{ n: 0 }]);
    expect(counted).toEqual([1, 1, 2]);
    await expect(log.prepare("SELECT 1 FROM nowhere").all()).rejects.toThrow("no such table");
  });

  it("is not asked any more once it has hung", async () => {
    const log = logInTime(hangingLog("FROM pause"));
    await expect(log.prepare("SELECT * FROM pause").all()).rejects.toThrow(LogHangsError);
    const { ms } = await timed(() => expect(log.prepare("SELECT 1").all()).rejects.toThrow(LogHangsError));
    expect(ms).toBeLessThan(SHORT_MS);
  });
});
