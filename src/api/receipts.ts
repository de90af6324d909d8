import * as z from "zod";
import { acceptedAt, receiptId } from "../events/receipt.ts";
import { readFate } from "../log/events/fate.ts";
import { DAY_MS } from "../platform/time.ts";
import { operation, Refusal } from "./operation.ts";

/** A webhook that was just accepted may be on its way between queue and log. */
const ON_ITS_WAY_MS = 60_000;
/** The queues keep nothing for longer. */
const MAX_QUEUED_MS = 14 * DAY_MS;

/** `GET /api/receipts/:id` */
export const readReceipt = operation({
  who: "viewer",
  summary: "What became of an accepted webhook",
  takes: { params: z.object({ id: z.string() }) },
  gives: z.object({
    receipt: z.string(),
    state: z.enum(["event", "duplicate", "failed", "waiting", "unread"]),
    event: z.string().optional().describe("id of the event that it became or repeated"),
    first: z.string().optional().describe("receipt of the webhook that it repeated"),
    reason: z.string().optional(),
  }),
  refusals: ["not_found"],
  run: async ({ params: { id: receipt }, env, now }) => {
    if (!receiptId.safeParse(receipt).success) return malformed;
    const fate = await readFate(env.LOG, receipt);
    if (fate !== undefined) return { receipt, ...fate };
    const queued = await mayBeQueued(env, now - acceptedAt(receipt));
    return queued ? { receipt, state: "unread" as const } : nowhere;
  },
});

const malformed = new Refusal("not_found", "This is no receipt.");
/** Between two tries the queue may count a message in no backlog, so that acceptance is not denied. */
const nowhere = new Refusal(
  "not_found",
  "Nothing is known of this receipt: it was never given out, or is older than the log keeps, or waits between two tries.",
);

/** The queue cannot be searched: what is new, or may lie in a backlog, is not said to be unknown. */
async function mayBeQueued({ EVENTS, DEAD }: Env, ageMs: number): Promise<boolean> {
  if (ageMs < 0 || ageMs > MAX_QUEUED_MS) return false;
  if (ageMs < ON_ITS_WAY_MS) return true;
  const backlogs = await Promise.all([EVENTS.metrics(), DEAD.metrics()]);
  return backlogs.some(({ backlogCount }) => backlogCount > 0);
}
