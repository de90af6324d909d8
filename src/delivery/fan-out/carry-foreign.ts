import type { Foreign } from "../batch/receive-messages.ts";
import { failureOf } from "../batch/unread-webhook.ts";
import { onItsWay, putOff } from "../requeue/put-off.ts";
import { type SettlementPart, settleWebhooks } from "./settle-webhooks.ts";
import { settleUnread } from "./settlement.ts";

/** Four days and more: so long it may take until the version that can read a message is deployed again. */
const MAX_CARRIED = 400;

/** Lets messages of another version travel on until that is deployed; what is never read is a failure in the end. */
export async function carryForeign(foreign: readonly Foreign[], env: Env): Promise<void> {
  const waiting = foreign.filter(({ body }) => body.carried < MAX_CARRIED);
  await putOff(
    waiting.map(({ queued, body }) => ({ queued, body: { ...body, carried: body.carried + 1 } })),
    env,
  );
  const parts = foreign
    .filter((one) => !waiting.includes(one))
    .map(({ queued, body }): SettlementPart => {
      const failure = failureOf({ ...body, receivedAt: queued.timestamp.getTime() }, "other_version", body);
      return { queued, receipt: body.receipt, failure, settlement: settleUnread(failure) };
    });
  const { settled, open } = await settleWebhooks(parts, env.LOG);
  for (const { queued } of settled) queued.ack();
  await putOff(open.map(onItsWay), env);
}
