import * as z from "zod";
import { idKeysIn } from "../../config/secrets/id-keys.ts";
import { render } from "../../delivery/attempt/format.ts";
import { mask, maskedSubject } from "../../delivery/attempt/mask.ts";
import { isEventId } from "../../events/event-id.ts";
import { parseJson } from "../../events/json.ts";
import { acceptedAt, isReceipt, type Receipt } from "../../events/receipt.ts";
import { deliveryState } from "../../log/deliveries/state.ts";
import { findReceipt } from "../../log/events/fate.ts";
import { readEventRecord } from "../../log/events/record.ts";
import { type FoundEvent, searchEvents } from "../../log/search/search.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { openText, personal, personText, subjectText } from "../../platform/shown.ts";
import { toInstant } from "../../platform/time/instant.ts";
import type { Work } from "../../platform/work.ts";
import { findDestination } from "../destinations/find.ts";
import { Refusal } from "../operation.ts";
import { receiptRange } from "../times/receipt-range.ts";
import { type AskedSpan, readSpan } from "../times/span.ts";
import { attempt } from "./attempt.ts";

/** An event in a list, as its receiver knows it. */
export const deliveredItem = z.object({
  id: openText,
  receipt: openText,
  source: openText,
  type: openText,
  subject: subjectText.optional().describe("as it is delivered"),
  time: openText,
  receivedTime: openText,
  state: deliveryState.describe("of the latest delivery to this destination"),
});

/** One event, as its receiver gets it. */
export const deliveredEvent = z.object({
  id: openText,
  receipt: openText,
  delivered: z
    .object({ headers: z.record(openText, personText), body: personal })
    .optional()
    .describe("as it is delivered today: format, mask and raw; absent where the event cannot be read any more"),
  deliveries: z.array(
    z.object({
      run: z.int(),
      state: deliveryState,
      attempt: z.int(),
      next: openText.nullable(),
      reason: openText.nullable(),
      attempts: z.array(attempt),
    }),
  ),
});

/** What a receiver may narrow its list by. */
interface Asked extends AskedSpan {
  readonly q?: string | undefined;
  readonly type?: string | undefined;
  readonly state?: string | undefined;
  readonly subject?: string | undefined;
  readonly cursor?: Receipt | undefined;
  readonly limit: number;
}

/** The events that were due to a destination, newest first. What its mask hides cannot be searched for either. */
export async function listDelivered(asked: Asked, own: string, work: Work) {
  const destination = await findShown(own, work);
  if (destination instanceof Refusal) return destination;
  const { q, type, state, source, cursor, limit } = asked;
  // What has a slash is no id of a receipt or an event.
  const subject = asked.subject ?? (q?.includes("/") === true ? q : undefined);
  const asDelivered = (text: string | undefined) => maskedSubject(text, destination, lookupIn(work.env));
  // Where a page of what is hidden begins and ends would tell that it is there.
  if (subject !== (await asDelivered(subject))) return { items: [], next: null, taken: takenAs(q) };
  const range = receiptRange(await readSpan(asked, work), cursor);
  const id = q === subject ? undefined : q;
  const named = id === undefined ? undefined : await findReceipt(work.env.LOG, id);
  const where =
    id === undefined ? { keys: await idKeysIn(lookupIn(work.env)) } : { among: named === undefined ? [] : [named] };
  const search = { source, type, subject, destination: own, ...range };
  const page = await searchEvents(work.env.LOG, search, limit, where);
  const items = page.events.flatMap((event) => toItem(event, own));
  const shown = await Promise.all(items.map(async (item) => ({ ...item, subject: await asDelivered(item.subject) })));
  const fits = (item: z.input<typeof deliveredItem>) =>
    (state === undefined || item.state === state) && (subject === undefined || item.subject === subject);
  return { items: shown.filter(fits), next: page.next ?? null, taken: takenAs(q) };
}

/** A receiver looks up what it was told of. */
function takenAs(q: string | undefined): ("event" | "receipt")[] {
  if (q === undefined) return [];
  return [...(isEventId(q) ? ["event" as const] : []), ...(isReceipt(q) ? ["receipt" as const] : [])];
}

function toItem({ id, receipt, source, type, subject, time, standings }: FoundEvent, own: string) {
  const standing = standings.find(({ destination }) => destination === own);
  const about = subject === null ? {} : { subject };
  const received = { receivedTime: toInstant(acceptedAt(receipt)) };
  return standing === undefined
    ? []
    : [{ id, receipt, source, type, ...about, time, ...received, state: standing.state }];
}

/** One event that was due to a destination; any other is none to its receiver. */
export async function readDelivered(id: string, own: string, work: Work) {
  const destination = await findShown(own, work);
  if (destination instanceof Refusal) return destination;
  const receipt = await findReceipt(work.env.LOG, id);
  const record = receipt === undefined ? undefined : await readEventRecord(work.env.LOG, receipt);
  const deliveries = record?.deliveries.filter((one) => one.destination === own) ?? [];
  if (record === undefined || deliveries.length === 0) return notDue;
  const { event } = record;
  const rendered =
    "specversion" in event ? render(await mask(event, destination, lookupIn(work.env)), destination) : undefined;
  return {
    id: event.id,
    receipt: record.receipt,
    ...(rendered === undefined
      ? {}
      : { delivered: { headers: { ...rendered.headers }, body: parseJson(rendered.body) } }),
    deliveries: deliveries.map(({ run, state, attempt, next, reason, attempts }) => ({
      run,
      state,
      attempt,
      next: next === null ? null : toInstant(next),
      reason,
      attempts: attempts.map((made) => ({ ...made, at: toInstant(made.at) })),
    })),
  };
}

export const notDue = new Refusal(
  "not_found",
  "No event of this destination has this id or receipt, or it is no longer kept.",
);

/** A destination of which it is known what may be shown. */
async function findShown(id: string, work: Work) {
  const found = await findDestination(id, work);
  if (found instanceof Refusal) return found;
  const { faulty } = found.destination;
  if (faulty === undefined) return found.destination;
  return new Refusal(
    "not_ready",
    `What this destination may see is not known until its configuration is mended: ${faulty}.`,
  );
}
