import { publicUrlOf } from "../../config/public-url.ts";
import type { HookEvent } from "../../events/envelope.ts";
import type { WebhookMessage, WholeMessage } from "../../intake/message.ts";
import type { UnreadReason } from "../../log/reasons.ts";
import { readSpooled } from "../../log/spool.ts";
import { tryThrice } from "../../platform/d1/try-thrice.ts";
import { inflate } from "../../platform/deflate.ts";
import { describeError } from "../../platform/describe-error.ts";
import { logLine } from "../../platform/log-line.ts";
import { lookupIn } from "../../platform/lookup.ts";
import type { Received } from "../batch/receive-messages.ts";
import type { Trip } from "../batch/trip.ts";
import { isGuilty } from "../batch/turns.ts";
import type { UnreadWebhook } from "../batch/unread-webhook.ts";
import { failureOf } from "../batch/unread-webhook.ts";
import { isRefusedTooOften, refusedOnceMore } from "../requeue/refused-once-more.ts";
import { freeze, type ReadWebhook, readMessage } from "./read-message.ts";

/** A webhook that was read, and the event that it is unless it came before. */
export interface ReadOne extends Received {
  readonly webhook: ReadWebhook;
  readonly event: HookEvent;
}

/** What came of reading webhooks. */
export interface ReadAll {
  readonly read: ReadOne[];
  /** What lost its body, or cannot be read at all. */
  readonly lost: (Received & { readonly failure: UnreadWebhook })[];
  /** What cannot be read now. */
  readonly later: Received[];
}

/** Reads webhooks, each for itself. What came back although it was alone is read without its normalizer. */
export async function readWebhooks(webhooks: readonly Received[], trip: Trip): Promise<ReadAll> {
  const all: ReadAll = { read: [], lost: [], later: [] };
  for (const received of webhooks) {
    const { message } = received;
    try {
      const one = await readOne(received, trip);
      if (one === "later") all.later.push(received);
      else if (one === undefined) all.lost.push({ ...received, failure: unread(message, "body_missing") });
      else all.read.push({ ...received, ...one });
    } catch (error) {
      const isLost = isOfData(error) || isRefusedTooOften(message);
      const { receipt, source } = message;
      logLine("error", "webhook.unreadable", { receipt, source, isLost, error: describeError(error) });
      if (isLost) all.lost.push({ ...received, failure: unread(message, "unreadable") });
      else all.later.push({ ...received, message: refusedOnceMore(message) });
    }
  }
  return all;
}

async function readOne(received: Received, { env, relay }: Trip) {
  const whole = await withBody(received.message, env.LOG);
  if (whole === "later" || whole === undefined) return whole;
  const webhook = await readMessage(whole, relay, env, isGuilty(received) ? "plain" : "normal");
  return { webhook, event: freeze(webhook, webhook.id, publicUrlOf(lookupIn(env), whole)) };
}

/** A message with its body, which may lie in the spool; undefined when it lies there no more. */
async function withBody(message: WebhookMessage, log: D1Database): Promise<WholeMessage | "later" | undefined> {
  const { ref, body } = message;
  if (ref === undefined) return body === undefined ? undefined : { ...message, body };
  const found = await tryThrice(() => readSpooled(log, message.receipt));
  if (!found.ok) return "later";
  if (found.value === undefined) return undefined;
  return { ...message, ref: undefined, body: await inflate(found.value).catch(notOurs) };
}

function notOurs(): never {
  throw new SyntaxError("the body in the spool is not deflated");
}

/** Whether an error comes of what a message says, which will not change; any other may be over the next time. */
function isOfData(error: unknown): boolean {
  return error instanceof SyntaxError || error instanceof RangeError;
}

/** A webhook that becomes no event, without what was made of it. */
export function unread({ results: _, ...message }: WebhookMessage, reason: UnreadReason): UnreadWebhook {
  return { ...failureOf(message, reason, message), ref: message.ref };
}
