import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { expect, it } from "vitest";
import { tend } from "../../src/janitor/every-minute.ts";
import { readFate } from "../../src/log/events/fate.ts";
import { DATED_WINDOW_MS } from "../../src/vendors/windows.ts";
import { consumeAll } from "../delivery/consume-all.ts";
import { aWebhook, configure } from "../delivery/scene.ts";
import { aWork } from "../work.ts";

const MINUTE = 60_000;

it("keeps an event as long as a repeat of it is no event, and not for ever", async () => {
  await configure({});
  const now = Date.now();
  const body = JSON.stringify({ payment: { transactionid: "t" }, timestamp: "2026-11-20T09:00:00Z" });
  const paid = (receivedAt: number) =>
    aWebhook({
      receipt: `rcpt_${ulid(receivedAt)}`,
      source: "vcc",
      vendor: "vcc-live",
      kind: "payment-transaction",
      receivedAt,
      body,
    });
  const [first, again] = [paid(now - DATED_WINDOW_MS + MINUTE), paid(now)];
  await consumeAll([first]);
  await tend(aWork({ now: now }));
  await consumeAll([again]);
  expect(await readFate(env.LOG, again.receipt)).toMatchObject({ state: "duplicate", first: first.receipt });
  // One minute of several is for other things than what is old.
  for (const later of [now, now + MINUTE]) await tend(aWork({ now: later + DATED_WINDOW_MS }));
  expect(await readFate(env.LOG, first.receipt)).toBeUndefined();
});
