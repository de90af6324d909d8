import * as z from "zod";
import { sourceId } from "../../config/schema/source.ts";
import { eventFilter, perSecond } from "../parameters.ts";

const MAX_REASON_CHARACTERS = 500;

/** Why something is replayed, in the operator's words. */
export const replayReason = z
  .string()
  .trim()
  .min(1)
  .max(MAX_REASON_CHARACTERS)
  .optional()
  .describe("why, in your words; kept with your name");

/** What a replay of many events is asked with. */
export const replayOrder = z.strictObject({
  filter: eventFilter
    .extend({ destination: sourceId.optional() })
    .describe("which events, and which of their deliveries"),
  destination: sourceId.optional().describe("where to; else to where the deliveries found went"),
  renormalize: z.boolean().default(false).describe("read the webhooks again by today's normalizer"),
  dryRun: z.boolean().default(false).describe("count, and show differences, but send nothing until it is started"),
  perSecond: perSecond.describe("deliveries that begin in a second, 10 unless given"),
  reason: replayReason,
});
export type ReplayOrder = z.output<typeof replayOrder>;
