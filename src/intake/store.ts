import { putSpool } from "../log/spool.ts";
import { deflate } from "../platform/deflate.ts";
import { logLine } from "../platform/log-line.ts";
import { fitsIn } from "../platform/text/fits-in.ts";
import { withTimeLimit } from "../platform/time-limit.ts";
import type { Work } from "../platform/work.ts";
import { MAX_QUEUED_BYTES, ROOM_FOR_RESULTS_BYTES, type WebhookMessage, type WholeMessage } from "./message.ts";

/** Together they stay below the 2.5 s in which a webhook is stored or refused. */
const QUEUE_LIMIT_MS = 1200;
const SPOOL_LIMIT_MS = 1000;
/** A larger message travels by reference. */
const MAX_SENT_BYTES = MAX_QUEUED_BYTES - ROOM_FOR_RESULTS_BYTES;
/** When a message by reference is taken to be lost, milliseconds. */
const LOST_AFTER_MS = 60_000;

/** Stores a webhook durably: in the queue, else in the spool. False when neither took it in time. Never rejects. */
export async function store(message: WholeMessage, work: Work): Promise<boolean> {
  const text = JSON.stringify(message);
  if (!fitsIn(text, MAX_SENT_BYTES)) return storeByReference(message, work);
  const sent = await withTimeLimit(send(work.env, text), QUEUE_LIMIT_MS);
  if (sent.ok) return true;
  const { receipt, source, receivedAt: due } = message;
  const row = { receipt, due, message: text };
  const spooled = await withTimeLimit(putSpool(work.env.LOG, row), SPOOL_LIMIT_MS);
  logLine("error", "webhook.spooled", { receipt, source, queue: sent.reason, stored: spooled.ok });
  return spooled.ok;
}

/** The body lies in the spool; once it does, a message that gets lost is sent again from there. */
async function storeByReference({ body, ...message }: WholeMessage, work: Work): Promise<boolean> {
  const { receipt, receivedAt } = message;
  const reference = JSON.stringify({ ...message, ref: true } satisfies WebhookMessage);
  // Only the answer to a question about thousands of projects is as large as that by itself; it was given already.
  if (!fitsIn(reference, MAX_SENT_BYTES)) return false;
  const spooled = await withTimeLimit(
    deflate(body).then((deflated) =>
      putSpool(work.env.LOG, {
        receipt,
        due: receivedAt + LOST_AFTER_MS,
        message: reference,
        body: deflated,
      }),
    ),
    QUEUE_LIMIT_MS + SPOOL_LIMIT_MS,
  );
  if (spooled.ok) work.defer(withTimeLimit(send(work.env, reference), LOST_AFTER_MS));
  return spooled.ok;
}

/** A message travels as the text that was measured. A binding that throws at once rejects like any other. */
async function send(env: Env, text: string): Promise<void> {
  await env.EVENTS.send(text, { contentType: "text" });
}
