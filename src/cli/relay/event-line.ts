import * as z from "zod";
import { paint } from "../terminal.ts";

const known = z.object({
  id: z.string(),
  receipt: z.string(),
  source: z.string(),
  type: z.string(),
  subject: z.string().optional(),
  receivedTime: z.iso.datetime({ offset: true }),
});
/** An event with all its deliveries. */
export const eventOfAll = known.extend({
  due: z.number(),
  repeated: z.number().default(0),
  states: z.object({ delivered: z.number(), waiting: z.number(), dead: z.number(), expired: z.number() }),
  undelivered: z
    .array(z.object({ destination: z.string(), state: z.string(), reason: z.string().nullable() }))
    .default([]),
});

/** A receiver is told of one delivery, its own. */
const ofReceiver = known.extend({ state: z.enum(["delivered", "waiting", "dead", "expired"]) }).transform((told) => {
  const { state, ...event } = told;
  const states = { delivered: 0, waiting: 0, dead: 0, expired: 0, [state]: 1 };
  return { ...event, due: 1, repeated: 0, states, undelivered: [] };
});

/** An event as `GET /api/events` lists it. */
export const listedEvent = z.union([eventOfAll, ofReceiver]);

export type ListedEvent = z.infer<typeof listedEvent>;

/** One event as the cells of a line: time, type, source, state, id, subject, and which destinations do not have it. */
export function eventCells(event: ListedEvent, time: string): string[] {
  const { type, source, id, subject = "" } = event;
  return [
    paint("dim", time),
    type,
    source,
    stateMark(event),
    id,
    [subject, troubleOf(event)].filter(Boolean).join("  "),
  ];
}

/** What needs somebody comes first: dead, expired, waiting; else `✓ delivered`, or `- unrouted`. */
function stateMark({ due, states }: ListedEvent): string {
  if (states.dead > 0) return paint("red", "✗ dead");
  if (states.expired > 0) return paint("red", "✗ expired");
  if (states.waiting > 0) return paint("yellow", "… waiting");
  const isUnrouted = due === 0 && states.delivered === 0;
  return isUnrouted ? paint("dim", "- unrouted") : paint("green", "✓ delivered");
}

/** `crm: status_500, bi waits: paused` */
function troubleOf({ undelivered }: ListedEvent): string {
  const told = undelivered.map(({ destination, state, reason }) => {
    const verb = { waiting: " waits", expired: " expired" }[state] ?? "";
    return `${destination}${verb}${reason === null || reason === "expired" ? "" : `: ${reason}`}`;
  });
  return paint("yellow", told.join(", "));
}
