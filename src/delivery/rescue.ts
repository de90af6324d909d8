import * as z from "zod";
import { logLine } from "../log/line.ts";
import { putSpool } from "../log/spool.ts";
import { wakeUp } from "./wake-up.ts";

const RESCUE_DELAY = 5 * 60 * 1000;
/** A log that is down is asked again after a minute, after two and so on: 100 times, in three and a half days. Seconds. */
const AGAIN = 60;

/** Any webhook, also one that another version of this Worker queued. */
const anyWebhook = z.looseObject({ receipt: z.string(), source: z.string(), ref: z.unknown().optional() });

/**
 * Messages that the queue gave up: a webhook goes into the spool, from where cron sends it again; a wake-up is not
 * needed, because its delivery is a row that cron finds.
 */
export async function rescue(batch: MessageBatch, env: Env): Promise<void> {
  for (const queued of batch.messages) {
    const webhook = wakeUp.safeParse(queued.body).success ? undefined : anyWebhook.safeParse(queued.body).data;
    // What a reference refers to lies in the spool already.
    if (webhook === undefined || webhook.ref !== undefined) {
      queued.ack();
      continue;
    }
    const { receipt, source } = webhook;
    try {
      await putSpool(env.LOG, { receipt, due: Date.now() + RESCUE_DELAY, message: JSON.stringify(webhook) });
      logLine("error", "webhook.rescued", { receipt, source });
      queued.ack();
    } catch {
      queued.retry({ delaySeconds: AGAIN * queued.attempts });
    }
  }
}
