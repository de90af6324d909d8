import * as z from "zod";
import type { Relay } from "../../config/load-relay.ts";
import { countOutcomes } from "../../log/replays/outcomes.ts";
import { type ReplayRecord, skip, skipReason } from "../../log/replays/replay.ts";
import { openText } from "../../platform/shown.ts";
import type { Work } from "../../platform/work.ts";
import { describeDifferences, difference } from "./differences.ts";
import { replayItem, toItem } from "./item.ts";
import { describeWaits, wait } from "./waits.ts";

const count = z.int();

/** A replay with how it goes. */
export const replayView = replayItem.extend({
  progress: replayItem.shape.progress.extend({
    waiting: count,
    delivered: count,
    dead: count,
    expired: count,
    more: z.boolean().describe("there is more than was counted: the four before are the least"),
  }),
  waits: z.array(wait).describe("what the waiting deliveries wait for, by destination"),
  skipped: z.array(skip).describe("the first 100 that were skipped"),
  reasons: z.partialRecord(skipReason, count).describe("how many were skipped for which reason"),
  corrections: z
    .array(z.object({ id: openText, corrects: openText }))
    .optional()
    .describe("the first 100; of what was read again"),
  differences: z.array(difference).optional().describe("of the first 20 events that differ, but not while it runs"),
});

/** A replay with how it goes. Rejects when the log cannot be read. */
export async function describeReplay(
  replay: ReplayRecord,
  relay: Relay,
  work: Pick<Work, "env" | "now">,
): Promise<z.input<typeof replayView>> {
  const { id, begun, told, state } = replay;
  const item = toItem(replay);
  const { waitingFor, ...outcomes } = await countOutcomes(work.env.LOG, id, begun);
  return {
    ...item,
    progress: { ...item.progress, ...outcomes },
    waits: await describeWaits(work, waitingFor, relay),
    skipped: told.skips,
    reasons: told.reasons,
    ...(replay.asked.renormalize
      ? {
          corrections: told.corrections.map(({ id, corrects }) => ({ id, corrects })),
          ...(state === "counting" || state === "running"
            ? {}
            : { differences: await describeDifferences(told.corrections, relay, work.env) }),
        }
      : {}),
  };
}
