import { returnToSpool } from "../../log/spool.ts";
import { tryThrice } from "../../platform/d1/try-thrice.ts";
import { logLine } from "../../platform/log-line.ts";
import { MAX_QUEUE_BYTES, MAX_QUEUE_MESSAGES } from "../../platform/queue-limits.ts";
import { QueueHangsError, sendInTime } from "../../platform/send-in-time.ts";
import { bytesOf } from "./fit-queue.ts";
import { waitSeconds } from "./waits.ts";

/** A message as it travels on; `carried`: how often it has done so, this time included. */
export interface Carriable {
  readonly receipt: string;
  readonly carried: number;
  /** How often it has waited for its turn besides. */
  readonly waited?: number | undefined;
}

/** It, and the message that brought it. */
export interface Carried {
  readonly queued: Message;
  readonly body: Carriable;
}

/**
 * Lets messages travel on as new ones: never by the queue that the intake sends to, each time with a count one higher,
 * each time after a longer wait. Where no queue takes them, they lie in the spool. Returns the messages that are done
 * with; the others must come again themselves. Never rejects.
 */
export async function requeue(
  { DEAD, RETRIES, LOG }: Pick<Env, "DEAD" | "RETRIES" | "LOG">,
  carried: readonly Carried[],
): Promise<ReadonlySet<Message>> {
  const done = new Set<Message>();
  if (carried.length === 0) return done;
  const queues = [DEAD, RETRIES];
  for (const bulk of inBulks(carried)) {
    if ((await sendBulk(queues, bulk)) || (await spoolBulk(LOG, bulk))) for (const { queued } of bulk) done.add(queued);
  }
  const times = Math.max(...carried.map(({ body }) => timesOf(body)));
  const open = carried.length - done.size;
  logLine(open === 0 ? "warn" : "error", "webhook.carried_on", { webhooks: done.size, open, times });
  return done;
}

function timesOf({ carried, waited = 0 }: Carriable): number {
  return carried + waited;
}

/** Sends to the first queue that takes it. One that hangs may have taken it: nothing more is sent to any then. */
async function sendBulk(queues: Queue[], bulk: readonly Carried[]): Promise<boolean> {
  const messages = bulk.map(({ body }) => ({ body, delaySeconds: waitSeconds(timesOf(body) - 1) }));
  for (const queue of [...queues]) {
    try {
      await sendInTime(queue.sendBatch(messages));
      return true;
    } catch (error) {
      if (error instanceof QueueHangsError) queues.length = 0;
    }
    if (queues.length === 0) break;
  }
  return false;
}

/** The spool keeps each webhook once, however often it is put there. */
async function spoolBulk(log: D1Database, bulk: readonly Carried[]): Promise<boolean> {
  const now = Date.now();
  const spooled = bulk.map(({ body }) => {
    const due = now + waitSeconds(timesOf(body) - 1) * 1000;
    return { receipt: body.receipt, due, message: JSON.stringify(body) };
  });
  return (await tryThrice(() => returnToSpool(log, spooled))).ok;
}

function inBulks(carried: readonly Carried[]): Carried[][] {
  const bulks: Carried[][] = [];
  let room = 0;
  for (const one of carried) {
    const bytes = bytesOf(one.body);
    if (room < bytes || bulks.at(-1)?.length === MAX_QUEUE_MESSAGES) {
      bulks.push([]);
      room = MAX_QUEUE_BYTES;
    }
    bulks.at(-1)?.push(one);
    room -= bytes;
  }
  return bulks;
}
