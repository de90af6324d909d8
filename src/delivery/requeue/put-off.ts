import { MAX_QUEUED_BYTES, type WebhookMessage } from "../../intake/message.ts";
import { deliveriesOf } from "../batch/turns.ts";
import type { UnreadWebhook } from "../batch/unread-webhook.ts";
import { bytesOf, fitQueue } from "./fit-queue.ts";
import { type Carriable, type Carried, requeue } from "./requeue.ts";
import { waitSeconds } from "./waits.ts";

/** A message that cannot be handled to its end now. `body`: as it travels on; undefined where it cannot. */
export interface PutOff {
  readonly queued: Message;
  readonly body: Carriable | undefined;
}

/** A webhook that has no end yet, with the results of its first attempts if they were made; or what is none. */
export interface Unfinished {
  readonly queued: Message;
  readonly message?: WebhookMessage | undefined;
  readonly results?: WebhookMessage["results"];
  /** What is no webhook travels on as the failure that it is. */
  readonly failure?: UnreadWebhook | undefined;
  readonly carried?: number | undefined;
}

/** Lets messages travel on, and makes those that cannot come again themselves. Never rejects. */
export async function putOff(all: readonly PutOff[], env: Env): Promise<void> {
  const carried = all.flatMap(({ queued, body }): Carried[] => (body === undefined ? [] : [{ queued, body }]));
  const done = await requeue(env, carried);
  for (const { queued } of all) {
    if (done.has(queued)) queued.ack();
    else retryLater(queued);
  }
}

/** Makes a message come again, each time after a longer wait. */
export function retryLater(queued: Message): void {
  queued.retry({ delaySeconds: waitSeconds(queued.attempts - 1) });
}

/** A webhook as it travels on: what it is suspected of goes with it. */
export function onItsWay({ queued, message, results, failure, carried = 0 }: Unfinished): PutOff {
  if (message === undefined) return { queued, body: failure && failureOnItsWay(failure, carried) };
  const fitting = fitQueue(results === undefined ? message : { ...message, results });
  const returned = deliveriesOf({ queued, message }) - 1;
  const { waited: _, ...rest } = fitting ?? {};
  const body = fitting && { ...rest, receipt: fitting.receipt, carried: (message.carried ?? 0) + 1 };
  return { queued, body: body && (returned === 0 ? body : { ...body, returned }) };
}

function failureOnItsWay(failure: UnreadWebhook, carried: number): Carriable | undefined {
  const { receipt, source } = failure;
  const body = { v: 1, receipt, source, carried: carried + 1, failure };
  return bytesOf(body) <= MAX_QUEUED_BYTES ? body : undefined;
}

/** A webhook that waits for its turn only: that is not held against it, but each time it waits longer. */
export function inNextTurn(one: Unfinished): PutOff {
  const { queued, body } = onItsWay(one);
  const waited = (one.message?.waited ?? 0) + 1;
  return { queued, body: body && { ...body, carried: body.carried - 1, waited } };
}
