import * as z from "zod";
import type { Destination } from "../../config/load-relay.ts";
import type { GateStatus } from "../../delivery/gate/gate.ts";
import { pauseOf } from "../../delivery/gate/pause.ts";
import type { DeliveryRecord } from "../../log/events/record.ts";
import type { Pause } from "../../log/pauses.ts";
import { toInstant } from "../../platform/time.ts";

/** What a delivery waits for, and until when. */
export const waits = z.object({
  for: z
    .string()
    .describe(
      "`retry`; `turn`: it was not tried yet, or cron wakes it; `limit`; `breaker`; `paused`; `faulty_…`: the part of the configuration that has to be mended",
    ),
  until: z.string().nullable().describe("null where a person has to do something first"),
  sentence: z.string(),
});
export type Waits = z.infer<typeof waits>;

/** How a destination stands, as far as a delivery to it is concerned; `destination` is undefined when it is not configured. */
export interface Standing {
  readonly destination: Pick<Destination, "paused" | "faulty"> | undefined;
  readonly pause: Pick<Pause, "since" | "reason"> | undefined;
  readonly gate: Pick<GateStatus, "breaker" | "nextProbe"> | undefined;
}

const MINUTE_MS = 60_000;
/** Why a delivery has to wait though its destination is well. */
const LIMITS: readonly (string | null)[] = ["rate", "concurrency"];

/** A delivery that waits. */
type Waiting = Pick<DeliveryRecord, "destination" | "attempt" | "next" | "reason">;

/**
 * What a delivery waits for. What holds its destination now counts, not what did when it was held.
 * @param now milliseconds since the epoch
 */
export function waitsFor({ destination: id, attempt, next, reason }: Waiting, standing: Standing, now: number): Waits {
  const { destination, pause, gate } = standing;
  const stopped = destination === undefined ? undefined : pauseOf(destination, pause)?.reason;
  if (stopped !== undefined) return waitsForSomebody(id, stopped);
  if (next === null && gate !== undefined && gate.breaker !== "closed") {
    return waitsUntil("breaker", Math.max(gate.nextProbe ?? now, now), `${id} fails; it is probed`);
  }
  if (next === null) return waitsUntil("turn", nextMinute(now), "cron wakes it");
  if (LIMITS.includes(reason)) return waitsUntil("limit", next, `${id} takes no more at once; it is tried`);
  return attempt === 0 ? waitsUntil("turn", next, "it is tried first") : waitsUntil("retry", next, "it is tried again");
}

function waitsForSomebody(id: string, stopped: string): Waits {
  const faulty = /^faulty_(.+)$/.exec(stopped)?.[1];
  if (faulty !== undefined) {
    return { for: stopped, until: null, sentence: `until the ${faulty} of ${id} is mended in the configuration` };
  }
  const how = stopped === "configuration" ? "in the configuration" : `(npx hookswitch destinations resume ${id})`;
  return { for: "paused", until: null, sentence: `until ${id} is resumed ${how}` };
}

function waitsUntil(what: string, at: number, sentence: string): Waits {
  return { for: what, until: toInstant(at), sentence: `${sentence} at ${toInstant(at)}` };
}

function nextMinute(now: number): number {
  return now - (now % MINUTE_MS) + MINUTE_MS;
}
