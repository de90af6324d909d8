import { returnToSpool } from "../../log/spool.ts";
import { tryThrice } from "../../platform/d1/try-thrice.ts";
import { logLine } from "../../platform/log-line.ts";
import type { Received } from "../batch/receive-messages.ts";
import { unread } from "./read-webhooks.ts";
import { settleWebhooks } from "./settle-webhooks.ts";
import { settleUnread } from "./settlement.ts";

/** How long a webhook lies in the spool the first time; each time twice as long. */
const RESCUE_DELAY_MS = 5 * 60_000;
const MAX_RESCUES = 3;
/** A log that is down is asked again after so long, times the deliveries made; a queue bears it for days. */
const AGAIN_SECONDS = 60;

/**
 * Takes webhooks that came back again and again out of their queue, before it gives them up: they lie in the spool, in
 * sight, and cron hands them in anew. What came back from there three times is a failure. Never rejects.
 */
export async function rescue(webhooks: readonly Received[], log: D1Database): Promise<void> {
  for (const one of webhooks) {
    const { queued, message } = one;
    const { receipt, source, rescued = 0 } = message;
    const isSafe = rescued < MAX_RESCUES ? await spool(message, log) : await giveUp(one, log);
    if (isSafe) queued.ack();
    else queued.retry({ delaySeconds: AGAIN_SECONDS * queued.attempts });
    logLine("error", "webhook.rescued", { receipt, source, times: rescued + 1, safe: isSafe });
  }
}

async function spool(message: Received["message"], log: D1Database): Promise<boolean> {
  const { receipt, rescued = 0 } = message;
  const due = Date.now() + RESCUE_DELAY_MS * 2 ** rescued;
  const { returned: _, ...anew } = message;
  const text = JSON.stringify({ ...anew, rescued: rescued + 1 });
  return (await tryThrice(() => returnToSpool(log, [{ receipt, due, message: text }]))).ok;
}

async function giveUp({ queued, message }: Received, log: D1Database): Promise<boolean> {
  const settlement = settleUnread(unread(message, "never_handled"));
  const { settled } = await settleWebhooks([{ queued, receipt: message.receipt, settlement }], log);
  return settled.size > 0;
}
