import * as z from "zod";
import { idKeysIn } from "../../config/secrets/id-keys.ts";
import { toAttribute } from "../../events/attribute.ts";
import { isEventId } from "../../events/event-id.ts";
import { acceptedAt, isReceipt } from "../../events/receipt.ts";
import { namesOfCall } from "../../events/subject.ts";
import { findReceipt } from "../../log/events/fate.ts";
import { type FoundEvent, searchEvents } from "../../log/search/search.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { toInstant } from "../../platform/time.ts";
import { operation } from "../operation.ts";
import { cursor, eventFilter, limit } from "../parameters.ts";
import { receiptRange } from "../times/receipt-range.ts";
import { readSpan } from "../times/span.ts";

const count = z.int();

const item = z.object({
  id: z.string(),
  receipt: z.string(),
  source: z.string(),
  type: z.string(),
  subject: z.string().optional(),
  time: z.string(),
  receivedTime: z.string(),
  /** The reference of the key that proved the webhook. */
  key: z.string(),
  due: count,
  states: z.object({ delivered: count, waiting: count, dead: count, expired: count }),
});

/** `GET /api/events` */
export const listEvents = operation({
  who: "viewer",
  summary: "Events, newest first",
  takes: {
    query: eventFilter.extend({
      q: z.string().optional().describe("an event id, a receipt, a subject or the id of a call"),
      cursor: cursor.optional(),
      limit,
    }),
  },
  gives: z.object({ items: z.array(item), next: z.string().nullable() }),
  run: async ({ query: { q, cursor, limit, since, until, zone, ...filter }, ...work }) => {
    const { env } = work;
    const span = await readSpan({ since, until, zone, source: filter.source }, work);
    const search = { ...filter, ...receiptRange(span, cursor) };
    const page = isId(q)
      ? await searchEvents(env.LOG, search, limit, { among: await receiptsNamed(env.LOG, q) })
      : await searchEvents(env.LOG, { ...search, about: q === undefined ? undefined : await meantBy(q) }, limit, {
          keys: await idKeysIn(lookupIn(env)),
        });
    return { items: page.events.map(toItem), next: page.next ?? null };
  },
});

function isId(q: string | undefined): q is string {
  return q !== undefined && (isEventId(q) || isReceipt(q));
}

async function receiptsNamed(log: D1Database, id: string): Promise<string[]> {
  const receipt = await findReceipt(log, id);
  return receipt === undefined ? [] : [receipt];
}

/** A subject, or the id of a call, which is an attribute of its own where a subject does not name it. */
async function meantBy(q: string): Promise<string[]> {
  return [q, ...namesOfCall(q), ...namesOfCall(await toAttribute(q))];
}

function toItem({ standings, subject, receipt, ...event }: FoundEvent): z.input<typeof item> {
  const count = (state: string) => standings.filter((standing) => standing.state === state).length;
  return {
    ...event,
    receipt,
    ...(subject === null ? {} : { subject }),
    receivedTime: toInstant(acceptedAt(receipt)),
    states: {
      delivered: count("delivered"),
      waiting: count("waiting"),
      dead: count("dead"),
      expired: count("expired"),
    },
  };
}
