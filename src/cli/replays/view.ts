import * as z from "zod";
import { type Answer, readAnswer } from "../relay/answer.ts";

/** Deliveries that wait, and for what. */
export const waitList = z.array(
  z.object({
    destination: z.string(),
    deliveries: z.number(),
    for: z.string(),
    until: z.iso.datetime({ offset: true }).nullable(),
    sentence: z.string(),
  }),
);

const listed = z.object({
  id: z.string(),
  state: z.enum(["counting", "counted", "running", "done", "cancelled"]),
  sentence: z.string(),
  who: z.string(),
  reason: z.string().nullable(),
  at: z.iso.datetime({ offset: true }),
  filter: z.record(z.string(), z.string()),
  event: z.string().optional(),
  destination: z.string().optional(),
  dryRun: z.boolean(),
  perSecond: z.number(),
  events: z.number(),
  deliveries: z.number(),
  destinations: z.record(z.string(), z.number()),
  progress: z.object({ found: z.number(), begun: z.number(), skipped: z.number() }),
});
/** A replay as `GET /api/replays` lists it. */
export type ListedReplay = z.infer<typeof listed>;

const view = listed.extend({
  progress: listed.shape.progress.extend({
    waiting: z.number(),
    delivered: z.number(),
    dead: z.number(),
    expired: z.number(),
    more: z.boolean(),
  }),
  waits: waitList,
  skipped: z.array(z.object({ receipt: z.string(), destination: z.string(), reason: z.string() })),
  reasons: z.record(z.string(), z.number()),
  differences: z.array(z.object({ id: z.string(), fields: z.array(z.object({ path: z.string() })) })).optional(),
});
/** A replay as `GET /api/replays/:id` tells it. */
export type ReplayView = z.infer<typeof view>;

const list = z.object({ items: z.array(listed), next: z.string().nullable() });

/** The replay that an answer tells of. */
export function readView(answer: Answer): ReplayView {
  return readAnswer(view, answer);
}

/** The replays that an answer lists. */
export function readList(answer: Answer): z.infer<typeof list> {
  return readAnswer(list, answer);
}
