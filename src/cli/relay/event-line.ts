import * as z from "zod";
import { clockOf } from "../sink/line.ts";
import { paint } from "../terminal.ts";

/** An event as `GET /api/events` lists it. */
export const listedEvent = z.object({
  id: z.string(),
  receipt: z.string(),
  source: z.string(),
  type: z.string(),
  subject: z.string().optional(),
  receivedTime: z.iso.datetime({ offset: true }),
  due: z.number(),
  states: z.object({ delivered: z.number(), waiting: z.number(), dead: z.number(), expired: z.number() }),
});

export type ListedEvent = z.infer<typeof listedEvent>;

/** Width of the longest event type, and of `✗ unrouted`. */
const TYPE_COLUMNS = 24;
const STATE_COLUMNS = 11;

/** One event as one line: time, type, source, state, id, subject. */
export function eventLine(event: ListedEvent): string {
  return [
    ` ${paint("dim", clockOf(Date.parse(event.receivedTime)))}`,
    event.type.padEnd(TYPE_COLUMNS),
    event.source.padEnd(8),
    stateMark(event),
    event.id,
    event.subject ?? "",
  ]
    .join("  ")
    .trimEnd();
}

/** What needs somebody comes first: dead, expired, waiting; else `✓ delivered`, or `- unrouted`. */
function stateMark({ due, states }: ListedEvent): string {
  if (states.dead > 0) return paint("red", "✗ dead".padEnd(STATE_COLUMNS));
  if (states.expired > 0) return paint("red", "✗ expired".padEnd(STATE_COLUMNS));
  if (states.waiting > 0) return paint("yellow", "… waiting".padEnd(STATE_COLUMNS));
  return due === 0
    ? paint("dim", "- unrouted".padEnd(STATE_COLUMNS))
    : paint("green", "✓ delivered".padEnd(STATE_COLUMNS));
}
