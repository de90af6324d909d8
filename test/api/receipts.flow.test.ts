import { env } from "cloudflare:workers";
import { encodeTime, ulid } from "ulid";
import { expect, it, vi } from "vitest";
import { putSpool } from "../../src/log/spool.ts";
import { consumeAll } from "../delivery/consume-all.ts";
import { aWebhook, configure } from "../delivery/scene.ts";
import { call } from "./call.ts";

const HOUR = 3_600_000;
const fate = async (receipt: string) => (await call("GET", `receipts/${receipt}`)).body;

it("tells of a receipt that it became an event, repeated one, or could not be read", async () => {
  await configure({});
  const first = aWebhook();
  const again = aWebhook({ body: first.body });
  const broken = { receipt: `rcpt_${ulid()}`, source: "ucontact", nonsense: true };
  await consumeAll([first, again, broken]);
  const became = await fate(first.receipt);
  expect(became).toEqual({
    receipt: first.receipt,
    state: "event",
    event: expect.stringMatching(/^evt_/),
    sentence: `It became the event ${became.event}.`,
    next: `\`npx hookswitch show ${became.event}\` tells where that was delivered.`,
  });
  expect(await fate(again.receipt)).toMatchObject({
    receipt: again.receipt,
    state: "duplicate",
    event: became.event,
    first: first.receipt,
    sentence: expect.stringContaining(`repeated the webhook ${first.receipt}`),
  });
  expect(await fate(broken.receipt)).toMatchObject({
    receipt: broken.receipt,
    state: "failed",
    reason: "not_a_webhook",
    sentence: expect.stringMatching(/^It was a message/),
    next: expect.stringMatching(/\.$/),
  });
});

it("knows what waits in the spool, and what may still be in the queue", async () => {
  const [spooled, fresh] = [`rcpt_${ulid(Date.now() - HOUR)}`, `rcpt_${ulid()}`];
  await putSpool(env.LOG, { receipt: spooled, due: Date.now() + HOUR, message: "{}" });
  expect(await fate(spooled)).toMatchObject({ receipt: spooled, state: "waiting" });
  expect(await fate(fresh)).toMatchObject({ receipt: fresh, state: "unread" });
});

it("does not deny an older one while the queue has a backlog, and says only what it knows when there is none", async () => {
  await configure({});
  const older = `rcpt_${ulid(Date.now() - HOUR)}`;
  const messages = Array.from({ length: 100 }, () => ({ body: { receipt: `rcpt_${ulid()}`, nonsense: true } }));
  await env.EVENTS.sendBatch(messages);
  expect(await fate(older)).toMatchObject({ receipt: older, state: "unread" });
  const failures = () => env.LOG.prepare("SELECT count(*) AS n FROM failure").first("n");
  await vi.waitUntil(async () => (await failures()) === messages.length, { timeout: 60_000, interval: 50 });
  expect(await fate(older)).toMatchObject({
    code: "not_found",
    detail: expect.stringMatching(/^Nothing is known of this receipt: it was never given out, or is older than/),
  });
});

it.each([
  ["one that was never given out", `rcpt_${encodeTime(Date.now() - 30 * 24 * HOUR)}0000000000000000`],
  ["one from the future", `rcpt_${encodeTime(Date.now() + HOUR)}0000000000000000`],
  ["no receipt at all", "evt_00000000000000000000000000000000"],
])("does not know %s", async (_what, receipt) => {
  const { status, body } = await call("GET", `receipts/${receipt}`);
  expect([status, body.code]).toEqual([404, "not_found"]);
});
