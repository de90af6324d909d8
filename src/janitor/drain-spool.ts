import type { Ping } from "../delivery/wake-up.ts";
import { dueSpool } from "../log/spool.ts";
import { QueueHangsError, sendInTime } from "../platform/send-in-time.ts";
import { recordDrained } from "./record-drained.ts";
import type { Requests } from "./requests.ts";
import { type Outgoing, toSpoolBulks } from "./spool-bulks.ts";

/** Rows that are read at once, and characters that they may have together. */
const PAGE_ROWS = 500;
const PAGE_CHARACTERS = 1_000_000;
/** What a page needs at the end: the queue is tried, and what came of it is written. */
const REQUESTS_TO_RECORD = 7;
const REQUESTS_PER_PAGE = REQUESTS_TO_RECORD + 3;
/** The queue itself is tried after this many bulks that were refused in a row. */
const MAX_DOUBTED = 5;
/** Cron comes again after a minute. */
const MAX_DRAIN_MS = 30_000;

/**
 * Hands spooled webhooks to the queue, in bulks. One that carries its body leaves the spool; a large body stays until it
 * is read. A queue that takes nothing is left alone at once; a webhook that it refuses while it takes others waits, and
 * is a failure in the end. Rejects when the log cannot be used, or the queue hangs.
 * @param log counts for itself what it is asked
 */
export async function drainSpool(log: D1Database, queue: Queue, now: number, requests: Requests): Promise<void> {
  const desk = { queue, requests, takes: false };
  const end = Date.now() + MAX_DRAIN_MS;
  while (requests.left >= REQUESTS_PER_PAGE && Date.now() < end) {
    const page = await dueSpool(log, now, PAGE_ROWS, PAGE_CHARACTERS);
    if (page.length === 0) return;
    const { bulks, tooLarge, unreadable } = toSpoolBulks(page);
    const { taken, refused, stopped } = await sendBulks(bulks, desk);
    await recordDrained(log, { taken, refused: [...refused, ...tooLarge], unreadable }, now);
    if (stopped === "hangs") throw new QueueHangsError();
    if (stopped !== undefined) return;
  }
}

interface Sent {
  readonly taken: readonly Outgoing[];
  readonly refused: readonly Outgoing[];
  /** Why nothing more was sent. */
  readonly stopped: "hangs" | "refuses" | "requests" | undefined;
}

/** `takes`: whether the queue has ever taken something in this tick. */
interface Desk {
  readonly queue: Queue;
  readonly requests: Requests;
  takes: boolean;
}

/** A bulk that is refused is in doubt until the queue takes something after it: only then it was not the queue. */
async function sendBulks(bulks: readonly (readonly Outgoing[])[], desk: Desk): Promise<Sent> {
  const taken: Outgoing[] = [];
  const refused: Outgoing[] = [];
  const doubted: (readonly Outgoing[])[] = [];
  const blame = () => refused.push(...doubted.splice(0).flat());
  let stopped: Sent["stopped"];
  for (const bulk of bulks) {
    if (desk.requests.left <= REQUESTS_TO_RECORD) stopped = "requests";
    if (stopped !== undefined) break;
    desk.requests.count(1);
    const came = await offer(() => desk.queue.sendBatch(bulk.map(({ webhook }) => ({ body: webhook }))));
    if (came === "hangs") return { taken, refused, stopped: came };
    if (came === "taken") {
      desk.takes = true;
      taken.push(...bulk);
      blame();
    } else {
      doubted.push(bulk);
      if (desk.takes && doubted.length < MAX_DOUBTED) continue;
      if (await takesAnything(desk)) blame();
      else stopped = "refuses";
    }
  }
  if (stopped === "refuses" || doubted.length === 0) return { taken, refused, stopped };
  if (!(await takesAnything(desk))) return { taken, refused, stopped: "refuses" };
  blame();
  return { taken, refused, stopped };
}

/** Whether the queue takes messages now, whatever it took before: then those that it refuses are at fault themselves. */
async function takesAnything(desk: Desk): Promise<boolean> {
  desk.requests.count(1);
  const came = await offer(() => desk.queue.send({ v: 1, ping: true } satisfies Ping));
  if (came === "taken") desk.takes = true;
  return came === "taken";
}

async function offer(send: () => Promise<unknown>): Promise<"taken" | "refused" | "hangs"> {
  try {
    await sendInTime(send());
    return "taken";
  } catch (error) {
    return error instanceof QueueHangsError ? "hangs" : "refused";
  }
}
