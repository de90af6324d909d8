import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { drainSpool } from "../../src/janitor/drain-spool.ts";
import { Requests } from "../../src/janitor/requests.ts";
import { dueSpool, putSpool } from "../../src/log/spool.ts";
import { logInTime } from "../../src/platform/d1/in-time.ts";
import { deflate } from "../../src/platform/deflate.ts";
import { refuseMessages } from "../chaos/limits.ts";
import { ledger } from "../delivery/scene.ts";

const NOW = Date.parse("2026-11-20T09:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const named = z.looseObject({ receipt: z.string() });

/** A queue that takes what it can, as the real one does, and keeps a list of it. `isBad`: what it never takes. */
function takingQueue(isBad: (receipt: string) => boolean = () => false) {
  const taken: string[] = [];
  const calls = { send: 0, sendBatch: 0 };
  const take = (bodies: readonly unknown[]) => {
    refuseMessages(bodies);
    const receipts = bodies.flatMap((body) => named.safeParse(body).data?.receipt ?? []);
    if (receipts.some(isBad)) throw new Error("Queue send failed: unknown error (15000)");
    taken.push(...receipts);
  };
  const queue: Queue = Object.assign(Object.create(env.EVENTS), {
    send: async (body: unknown) => {
      calls.send += 1;
      take([body]);
    },
    sendBatch: async (messages: Iterable<MessageSendRequest>) => {
      calls.sendBatch += 1;
      take([...messages].map(({ body }) => body));
    },
  });
  return { queue, taken, calls };
}

/** Drains it as cron does; returns how often the log was asked. */
async function drain(queue: Queue, now: number): Promise<number> {
  const requests = new Requests();
  let asked = 0;
  const log = logInTime(env.LOG, (statements) => {
    asked += statements;
    requests.count(statements);
  });
  await drainSpool(log, queue, now, requests);
  return asked;
}

const receiptOf = (number: number) => `rcpt_${String(number).padStart(26, "0")}`;
const put = (receipt: string, rest: object = { body: "x" }) =>
  putSpool(env.LOG, { receipt, due: NOW, message: JSON.stringify({ receipt, source: "s", ...rest }) });

/** Many rows at once. */
async function putMany(count: number, body = "x") {
  const rows = Array.from({ length: count }, (_, number) => receiptOf(number)).map((receipt) => {
    return { receipt, message: JSON.stringify({ receipt, source: "s", body }) };
  });
  await env.LOG.prepare(
    `INSERT INTO spool (receipt, due, tries, message)
     SELECT value ->> 'receipt', ?2, 0, value ->> 'message' FROM json_each(?1)`,
  )
    .bind(JSON.stringify(rows), NOW)
    .run();
  return rows.map(({ receipt }) => receipt);
}
const left = async () => {
  const { results } = await env.LOG.prepare("SELECT receipt, due, tries, refused FROM spool ORDER BY receipt").all();
  return results;
};

describe("what waits in the spool", () => {
  it("is handed to the queue in order, in bulks, and leaves the spool", async () => {
    const { queue, taken, calls } = takingQueue();
    const receipts = await putMany(250);
    await drain(queue, NOW);
    expect(taken).toEqual(receipts);
    expect(calls).toEqual({ send: 0, sendBatch: 3 });
    expect(await left()).toEqual([]);
  });

  it("is drained by thousands in one minute, with no more requests than the Free plan allows", async () => {
    const { queue, taken, calls } = takingQueue();
    await putMany(4000);
    const asked = await drain(queue, NOW);
    expect(taken.length).toBeGreaterThanOrEqual(2000);
    expect(asked + calls.sendBatch).toBeLessThanOrEqual(50);
    await drain(queue, NOW);
    expect(new Set(taken).size).toBe(4000);
    expect(taken).toHaveLength(4000);
  });

  it("goes in bulks that the queue takes, however large the messages are", async () => {
    const { queue, taken } = takingQueue();
    const receipts = await putMany(30, "é".repeat(40_000));
    await drain(queue, NOW);
    expect(taken).toEqual(receipts);
  });

  it("announces a large body again and again until somebody came for it, each time later", async () => {
    const { queue, taken } = takingQueue();
    const [message, receipt] = [{ receipt: receiptOf(1), ref: true }, receiptOf(1)];
    await putSpool(env.LOG, { receipt, due: NOW, message: JSON.stringify(message), body: await deflate("{}") });
    const times = [0, 1, 9, 10, 29, 30, 69, 70];
    const announced = [];
    for (const minutes of times) {
      await drain(queue, NOW + minutes * MINUTE);
      announced.push(taken.length);
    }
    expect(announced).toEqual([1, 1, 1, 2, 2, 3, 3, 4]);
  });

  it("is a failure with its body when nobody came for it for four days", async () => {
    const { queue } = takingQueue();
    const [message, receipt] = [{ receipt: receiptOf(1), source: "s", ref: true }, receiptOf(1)];
    await putSpool(env.LOG, { receipt, due: NOW, message: JSON.stringify(message), body: await deflate("{}") });
    await env.LOG.prepare("UPDATE spool SET tries = 29").run();
    await drain(queue, NOW);
    expect(await left()).toEqual([]);
    const failure = await env.LOG.prepare("SELECT source, reason, length(body) > 0 AS body FROM failure").first();
    expect(failure).toEqual({ source: "s", reason: "never_read", body: 1 });
  });
});

describe("a webhook that the queue refuses", () => {
  it("holds up none, waits longer each time, and is a failure in sight after ten times", async () => {
    const bad = receiptOf(7);
    const { queue, taken } = takingQueue((receipt) => receipt === bad);
    const receipts = await putMany(120);
    const tried: number[] = [];
    for (let now = NOW; (await left()).length > 0; now = Number((await left())[0]?.due ?? 0)) {
      const before = await left();
      await drain(queue, now - 1);
      expect(await left()).toEqual(before);
      await drain(queue, now);
      tried.push((now - NOW) / MINUTE);
    }
    expect(taken.toSorted()).toEqual(receipts.filter((receipt) => receipt !== bad));
    expect(tried).toEqual([0, 1, 2, 4, 8, 16, 32, 64, 124, 184]);
    const failure = await env.LOG.prepare("SELECT receipt, source, reason, message FROM failure").first();
    expect(failure).toMatchObject({ receipt: bad, source: "s", reason: "queue_refused" });
    expect((await ledger()).webhooks).toMatchObject({ accepted: 1, failed: 1, unread: 0 });
  });

  it.each([1, 3, 20])("is told from the others, which go in a few minutes, also when they are %i", async (many) => {
    const { queue, taken } = takingQueue((receipt) => Number(receipt.slice(5)) % Math.floor(400 / many) === 0);
    const receipts = await putMany(400);
    for (let minute = 0; minute < 8; minute += 1) await drain(queue, NOW + minute * MINUTE);
    const bad = receipts.filter((receipt) => Number(receipt.slice(5)) % Math.floor(400 / many) === 0);
    expect(taken.toSorted()).toEqual(receipts.filter((receipt) => !bad.includes(receipt)));
  });

  it("never stands before others, however many of its kind there are", async () => {
    const { queue, taken } = takingQueue((receipt) => receipt < receiptOf(150));
    await putMany(300);
    for (let minute = 0; minute < 5; minute += 1) await drain(queue, NOW + minute * MINUTE);
    expect(taken).toHaveLength(150);
    await put(receiptOf(900));
    await drain(queue, NOW + 5 * MINUTE);
    expect(taken).toContain(receiptOf(900));
  });

  it("is told from others also when it is alone in the spool", async () => {
    const { queue } = takingQueue((receipt) => receipt === receiptOf(1));
    await put(receiptOf(1));
    for (let hour = 0; hour < 12; hour += 1) await drain(queue, NOW + hour * HOUR);
    expect(await env.LOG.prepare("SELECT reason FROM failure").all()).toMatchObject({
      results: [{ reason: "queue_refused" }],
    });
  });

  it("is kept whole when it is a failure", async () => {
    const bad = receiptOf(7);
    const { queue } = takingQueue((receipt) => receipt === bad);
    const message = { receipt: bad, source: "s", body: "é".repeat(120_000) };
    await putSpool(env.LOG, { receipt: bad, due: NOW, message: JSON.stringify(message) });
    await env.LOG.prepare("UPDATE spool SET refused = 9").run();
    await drain(queue, NOW);
    const failure = await env.LOG.prepare("SELECT reason, message FROM failure").first();
    expect(failure).toEqual({ reason: "queue_refused", message: JSON.stringify(message) });
  });

  it.each([1, 2, 3])("is not at fault when the queue begins to refuse all after bulk %i", async (bulks) => {
    const { queue, taken, calls } = takingQueue();
    const { sendBatch, send } = queue;
    const refuse = () => Promise.reject(new Error("Queue send failed: daily limit reached (10253)"));
    const isOver = () => calls.sendBatch >= bulks;
    Object.assign(queue, {
      sendBatch: (...given: Parameters<Queue["sendBatch"]>) => (isOver() ? refuse() : sendBatch(...given)),
      send: (...given: Parameters<Queue["send"]>) => (isOver() ? refuse() : send(...given)),
    });
    await putMany(400);
    await drain(queue, NOW);
    expect(taken).toHaveLength(bulks * 100);
    expect(await left()).toHaveLength(400 - bulks * 100);
    expect((await left()).filter(({ refused, due }) => refused !== 0 || due !== NOW)).toEqual([]);
  });

  it("is not even sent when it is larger than any message may be", async () => {
    const { queue, taken } = takingQueue();
    await put(receiptOf(1));
    await put(receiptOf(2), { body: "x".repeat(200_000) });
    await put(receiptOf(3));
    await drain(queue, NOW);
    expect(taken).toEqual([receiptOf(1), receiptOf(3)]);
    expect(await dueSpool(env.LOG, NOW, 10)).toEqual([]);
    expect(await dueSpool(env.LOG, NOW + MINUTE, 10)).toMatchObject([{ receipt: receiptOf(2), refused: 1 }]);
  });

  it.each(["no JSON", "[1]", '"text"', "null", ""])(
    "is a failure at once when its row is no message: %j",
    async (text) => {
      const { queue, taken } = takingQueue();
      await putSpool(env.LOG, { receipt: receiptOf(1), due: NOW, message: text });
      await put(receiptOf(2));
      await drain(queue, NOW);
      expect(taken).toEqual([receiptOf(2)]);
      expect(await left()).toEqual([]);
      const failure = await env.LOG.prepare("SELECT receipt, reason FROM failure").first();
      expect(failure).toEqual({ receipt: receiptOf(1), reason: "spool_unreadable" });
    },
  );
});

describe("a queue that takes nothing", () => {
  it("is asked twice a minute, and no row is written for it, all day long", async () => {
    const { queue, calls } = takingQueue();
    const refuse = (call: "send" | "sendBatch") => async () => {
      calls[call] += 1;
      throw new Error("Queue send failed: daily limit reached (10253)");
    };
    Object.assign(queue, { send: refuse("send"), sendBatch: refuse("sendBatch") });
    await putMany(300);
    const before = await left();
    for (let hour = 0; hour < 24; hour += 1) await drain(queue, NOW + hour * HOUR);
    expect(await left()).toEqual(before);
    expect(calls).toEqual({ send: 24, sendBatch: 24 });
  });

  it("is not waited for a second time when it hangs", async () => {
    const hang = () => new Promise<never>(() => undefined);
    const queue: Queue = Object.assign(Object.create(env.EVENTS), { send: hang, sendBatch: hang });
    await putMany(300);
    const began = performance.now();
    await expect(drain(queue, NOW)).rejects.toThrow();
    expect(performance.now() - began).toBeLessThan(4000);
    expect(await left()).toHaveLength(300);
  });
});
