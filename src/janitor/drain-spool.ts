import * as z from "zod";
import { inTime, QueueHangsError } from "../delivery/in-time.ts";
import { logLine } from "../log/line.ts";
import { deleteSpool, dueSpool, postponeSpool } from "../log/spool.ts";

const MOST = 100;
/** A body that lies in the spool is announced again if nobody came for it; milliseconds. */
const ANNOUNCE_AGAIN = 10 * 60_000;

const spooled = z.looseObject({ ref: z.literal(true).optional() });

/** A webhook that the queue does not take waits longer, and holds up no other; milliseconds. */
const TRY_AGAIN = 60_000;

/**
 * Hands spooled webhooks to the queue. One that carries its body leaves the spool; a large body stays until it is read.
 * Rejects when the log cannot be used, or the queue hangs.
 */
export async function drainSpool(log: D1Database, queue: Queue, now: number): Promise<void> {
  for (const { receipt, message } of await dueSpool(log, now, MOST)) {
    try {
      const webhook = spooled.parse(JSON.parse(message));
      await inTime(queue.send(webhook));
      if (webhook.ref) await postponeSpool(log, receipt, now + ANNOUNCE_AGAIN);
      else await deleteSpool(log, [receipt]);
    } catch (error) {
      // Where one hangs, a hundred would.
      if (error instanceof QueueHangsError) throw error;
      logLine("error", "webhook.not_queued", { receipt });
      await postponeSpool(log, receipt, now + TRY_AGAIN);
    }
  }
}
