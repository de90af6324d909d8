import { ulid } from "ulid";
import * as z from "zod";
import { type WebhookMessage, webhookMessage } from "../intake/message.ts";
import { logLine } from "../log/line.ts";
import type { UnreadWebhook } from "./settlement.ts";

/** A webhook with the queue's message that brought it. */
export interface Received {
  readonly queued: Message;
  readonly message: WebhookMessage;
}

/** A message that came twice in one batch finds its webhook settled the second time. */
const TWICE_DELAY = 10;
/** A message of a version that this one cannot read may find one that can, during a deployment. */
const OTHER_VERSION_DELAY = 60;
const otherVersion = z.looseObject({ v: z.number().min(2) });
const anyReceipt = z.looseObject({ receipt: z.string(), source: z.string() });

/** Reads a batch of the queue. What is no webhook at all is a failure, kept as it came. */
export function receiveMessages(messages: readonly Message[]): {
  webhooks: Received[];
  unread: { queued: Message; failure: UnreadWebhook }[];
} {
  const webhooks: Received[] = [];
  const unread: { queued: Message; failure: UnreadWebhook }[] = [];
  const receipts = new Set<string>();
  for (const queued of messages) {
    const parsed = webhookMessage.safeParse(queued.body);
    if (parsed.success && receipts.has(parsed.data.receipt)) {
      queued.retry({ delaySeconds: TWICE_DELAY });
    } else if (parsed.success) {
      receipts.add(parsed.data.receipt);
      webhooks.push({ queued, message: parsed.data });
    } else if (otherVersion.safeParse(queued.body).success) {
      queued.retry({ delaySeconds: OTHER_VERSION_DELAY });
    } else {
      const { receipt, source } = anyReceipt.safeParse(queued.body).data ?? {
        receipt: `rcpt_${ulid()}`,
        source: "unknown",
      };
      const message = JSON.stringify(queued.body ?? null);
      unread.push({
        queued,
        failure: { receipt, source, receivedAt: queued.timestamp.getTime(), reason: "not_a_webhook", message },
      });
      logLine("error", "webhook.failed", { receipt, reason: "not_a_webhook" });
    }
  }
  return { webhooks, unread };
}
