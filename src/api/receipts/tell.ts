import * as z from "zod";
import { acceptedAt, receiptId } from "../../events/receipt.ts";
import { readFate } from "../../log/events/fate.ts";
import { openText } from "../../platform/shown.ts";
import { DAY_MS } from "../../platform/time/instant.ts";
import { advice } from "../rejections/view.ts";
import { adviseOnFate, type Known } from "./advice.ts";

/** A webhook that was just accepted may be on its way between queue and log. */
const ON_ITS_WAY_MS = 60_000;
/** The queues keep nothing for longer. */
const MAX_QUEUED_MS = 14 * DAY_MS;

/** What became of an accepted webhook, as answers have it. */
export const toldReceipt = advice.extend({
  receipt: openText,
  state: z.enum(["event", "duplicate", "failed", "waiting", "unread"]),
  event: openText.optional().describe("id of the event that it became or repeated"),
  first: openText.optional().describe("receipt of the webhook that it repeated"),
  reason: openText.optional(),
});

/** Tells what became of a webhook; `no_receipt` where the text is none, undefined where nothing is known of it. */
export async function tellReceipt(
  receipt: string,
  env: Env,
  now: number,
): Promise<z.input<typeof toldReceipt> | "no_receipt" | undefined> {
  if (!receiptId.safeParse(receipt).success) return "no_receipt";
  const fate: Known | undefined =
    (await readFate(env.LOG, receipt)) ??
    ((await mayBeQueued(env, now - acceptedAt(receipt))) ? { state: "unread" } : undefined);
  return fate === undefined ? undefined : { receipt, ...fate, ...adviseOnFate(receipt, fate) };
}

/** The queue cannot be searched: what is new, or may lie in a backlog, is not said to be unknown. */
async function mayBeQueued({ EVENTS, DEAD }: Env, ageMs: number): Promise<boolean> {
  if (ageMs < 0 || ageMs > MAX_QUEUED_MS) return false;
  if (ageMs < ON_ITS_WAY_MS) return true;
  const backlogs = await Promise.all([EVENTS.metrics(), DEAD.metrics()]);
  return backlogs.some(({ backlogCount }) => backlogCount > 0);
}
