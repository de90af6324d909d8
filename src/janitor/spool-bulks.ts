import * as z from "zod";
import { bytesOf } from "../delivery/requeue/fit-queue.ts";
import { MAX_QUEUED_BYTES } from "../intake/message.ts";
import type { DueMessage } from "../log/spool.ts";
import { MAX_QUEUE_BYTES, MAX_QUEUE_MESSAGES } from "../platform/queue-limits.ts";

/** A spooled message as it goes to the queue. `ref`: its body stays in the spool until it is read. */
export interface Outgoing extends DueMessage {
  readonly webhook: object;
  readonly bytes: number;
  readonly ref: boolean;
}

/** A page of the spool, as it can be sent. */
export interface Outbox {
  readonly bulks: readonly (readonly Outgoing[])[];
  /** What no queue takes: it is larger than a message may be. */
  readonly tooLarge: readonly Outgoing[];
  /** What is no message at all. */
  readonly unreadable: readonly DueMessage[];
}

const spooled = z.looseObject({ ref: z.literal(true).optional() });

/** Messages that are sent together; of those that were refused once, and of those that were refused in that company. */
const BULK_SIZES = [MAX_QUEUE_MESSAGES, 10, 1];

/** Makes bulks of messages: those that were refused go in smaller ones, so that the one at fault is soon alone. */
export function toSpoolBulks(page: readonly DueMessage[]): Outbox {
  const unreadable: DueMessage[] = [];
  const tooLarge: Outgoing[] = [];
  const bulks: Outgoing[][] = [];
  let room = 0;
  for (const due of page) {
    const outgoing = toOutgoing(due);
    if (outgoing === undefined) unreadable.push(due);
    else if (outgoing.bytes > MAX_QUEUED_BYTES) tooLarge.push(outgoing);
    else {
      const bulk = bulks.at(-1);
      const size = sizeFor(due);
      const fits = bulk !== undefined && bulk.length < size && bulk.every((one) => sizeFor(one) === size);
      if (!fits || room < outgoing.bytes) {
        bulks.push([]);
        room = MAX_QUEUE_BYTES;
      }
      bulks.at(-1)?.push(outgoing);
      room -= outgoing.bytes;
    }
  }
  return { bulks, tooLarge, unreadable };
}

function sizeFor({ refused }: DueMessage): number {
  return BULK_SIZES[refused] ?? 1;
}

function toOutgoing(due: DueMessage): Outgoing | undefined {
  try {
    const webhook = spooled.parse(JSON.parse(due.message));
    return { ...due, webhook, bytes: bytesOf(webhook), ref: webhook.ref === true };
  } catch {
    return undefined;
  }
}
