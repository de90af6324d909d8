import * as z from "zod";
import { sourceId } from "../config/schema/source.ts";
import { RELAY_SOURCE } from "../events/own-source.ts";
import { receiptId } from "../events/receipt.ts";
import { eventTypes, matchesType } from "../events/types.ts";
import { eventState } from "../log/deliveries/state.ts";
import { spanParameters } from "./times/span.ts";

/** Parameters that several operations take, under one meaning. */

/** A UTC day, `YYYY-MM-DD`. */
export const day = z.iso.date("not a day, such as 2026-11-20");

const eventType = z
  .string()
  .refine(
    (text) => text !== "*" && eventTypes.some((type) => matchesType(text, type)),
    "no such event type; use a type, or a group such as call.*",
  );

/** Where a page begins: `next` of the page before. */
export const cursor = receiptId;

/** How many items a page has. */
export const limit = z.coerce.number().int().min(1).max(200).default(50);

/** What may have become of an event. */
export const eventStates = eventState.options;

/** What selects events, in queries and in replays alike. */
export const eventFilter = z.strictObject({
  source: sourceId.or(z.literal(RELAY_SOURCE)).optional(),
  type: eventType.optional(),
  state: eventState.optional(),
  subject: z.string().optional(),
  ...spanParameters,
});

/** The path of one event: its id, or a receipt that leads to it. */
export const eventPath = z.object({ id: z.string() });

/** How many deliveries a second a replay begins. */
export const USUAL_RATE = 10;
export const perSecond = z.number().positive().max(1000).default(USUAL_RATE);
