import * as z from "zod";
import { sourceId } from "../../config/schema/source.ts";
import { cursor, eventFilter, perSecond } from "../parameters.ts";

/** What a replay of many events is asked with. */
export const replayOrder = z.strictObject({
  filter: eventFilter
    .extend({ destination: sourceId.optional() })
    .describe("which events, and which of their deliveries"),
  destination: sourceId.optional().describe("where to; else to where the deliveries found went"),
  renormalize: z.boolean().default(false).describe("read the webhooks again by today's normalizer"),
  dryRun: z.boolean().default(false).describe("count, and show differences, but change nothing"),
  perSecond: perSecond.describe("deliveries that begin in a second, 10 unless given"),
  cursor: cursor.optional().describe("`next` of the call before"),
});
export type ReplayOrder = z.output<typeof replayOrder>;

/** What came of it, or would come. */
export const replayAnswer = z.object({
  dryRun: z.boolean(),
  events: z.int().describe("events found; with renormalize, events that differ"),
  deliveries: z.int().describe("deliveries that begin, or would"),
  destinations: z.record(z.string(), z.int()).describe("the same by destination"),
  corrections: z.array(z.object({ id: z.string(), corrects: z.string() })).optional(),
  differences: z
    .array(
      z.object({
        id: z.string(),
        receipt: z.string(),
        fields: z.array(z.object({ path: z.string(), before: z.unknown().optional(), after: z.unknown().optional() })),
      }),
    )
    .optional()
    .describe("of the first 20 events that differ"),
  next: z.string().nullable().describe("go on with this as cursor; null when all was looked at"),
});
export type ReplayAnswer = z.input<typeof replayAnswer>;
