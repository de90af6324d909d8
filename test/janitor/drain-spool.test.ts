import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { drainSpool } from "../../src/janitor/drain-spool.ts";
import { deflate } from "../../src/log/deflate.ts";
import { dueSpool, putSpool } from "../../src/log/spool.ts";

const NOW = Date.parse("2026-11-20T09:00:00Z");
const MINUTE = 60_000;

/** A queue that takes what it can, as the real one does, and keeps a list of it. */
function takingQueue() {
  const taken: unknown[] = [];
  const send = async (message: unknown) => {
    if (JSON.stringify(message).length > 128_000) throw new Error("message too large (10204)");
    taken.push(message);
  };
  const queue: Queue = Object.assign(Object.create(env.EVENTS), { send });
  return { queue, taken };
}

it("hands what waits to the queue, in order, and a message that it refuses holds up none", async () => {
  const { queue, taken } = takingQueue();
  const messages = ["rcpt_1", "rcpt_2", "rcpt_3"].map((receipt) => ({ receipt, body: "x" }));
  const [first, , last] = messages;
  await putSpool(env.LOG, { receipt: "rcpt_1", due: NOW, message: JSON.stringify(first) });
  await putSpool(env.LOG, { receipt: "rcpt_2", due: NOW, message: JSON.stringify({ body: "x".repeat(200_000) }) });
  await putSpool(env.LOG, { receipt: "rcpt_3", due: NOW, message: JSON.stringify(last) });
  await drainSpool(env.LOG, queue, NOW);
  expect(taken).toEqual([first, last]);
  expect(await dueSpool(env.LOG, NOW, 10)).toEqual([]);
  expect(await dueSpool(env.LOG, NOW + MINUTE, 10)).toMatchObject([{ receipt: "rcpt_2" }]);
});

it("announces a large body again and again until somebody came for it", async () => {
  const { queue, taken } = takingQueue();
  const message = { receipt: "rcpt_1", ref: true };
  await putSpool(env.LOG, { receipt: "rcpt_1", due: NOW, message: JSON.stringify(message), body: await deflate("{}") });
  await drainSpool(env.LOG, queue, NOW);
  await drainSpool(env.LOG, queue, NOW + MINUTE);
  expect(taken).toEqual([message]);
  await drainSpool(env.LOG, queue, NOW + 10 * MINUTE);
  expect(taken).toEqual([message, message]);
});
