import * as z from "zod";
import type { DeliveryRecord } from "../../log/events/record.ts";
import { openText } from "../../platform/shown.ts";
import { toInstant } from "../../platform/time/instant.ts";
import { holdOf, type Passage, untilSomebody, waitsFor } from "../../status/waits.ts";

/** What a delivery waits for, and until when. */
export const waits = z.object({
  for: waitsFor,
  until: openText.nullable().describe("null where a person has to do something first"),
  sentence: openText,
});
export type Waits = z.infer<typeof waits>;

const MINUTE_MS = 60_000;
/** Why a delivery has to wait though its destination is well. */
const LIMITS: readonly (string | null)[] = ["rate", "concurrency"];

/** A delivery that waits. */
type Waiting = Pick<DeliveryRecord, "destination" | "attempt" | "next" | "reason">;

/**
 * What a delivery waits for. What holds its destination now counts, not what did when it was held.
 * @param now milliseconds since the epoch
 */
export function describeWait(
  { destination: id, attempt, next, reason }: Waiting,
  passage: Passage,
  now: number,
): Waits {
  const hold = holdOf(passage, now);
  if (hold !== undefined && passage.paused !== undefined) {
    return { for: hold.for, until: null, sentence: untilSomebody(id, passage.paused) };
  }
  // One that has a time of its own is tried then, whatever the breaker is by now.
  if (next === null && hold?.until != null) return waitsUntil("breaker", hold.until, `${id} fails; it is probed`);
  if (next === null) return waitsUntil("turn", nextMinute(now), "cron wakes it");
  if (reason === "under_way" && attempt === 0)
    return waitsUntil("answer", next, "it was sent, and its answer is waited for; without one it is made again");
  if (LIMITS.includes(reason)) return waitsUntil("limit", next, `${id} takes no more at once; it is tried`);
  return attempt === 0 ? waitsUntil("turn", next, "it is tried first") : waitsUntil("retry", next, "it is tried again");
}

function waitsUntil(what: Waits["for"], at: number, sentence: string): Waits {
  return { for: what, until: toInstant(at), sentence: `${sentence} at ${toInstant(at)}` };
}

function nextMinute(now: number): number {
  return now - (now % MINUTE_MS) + MINUTE_MS;
}
