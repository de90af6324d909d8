import * as z from "zod";
import { sourceId } from "../../config/schema/source.ts";
import { agentId } from "../../events/parts/scalar.ts";
import { acceptedAt } from "../../events/receipt.ts";
import { deliveryState } from "../../log/deliveries/state.ts";
import type { FoundEvent } from "../../log/search/search.ts";
import { openText, subjectText, userName } from "../../platform/shown.ts";
import { toInstant } from "../../platform/time/instant.ts";
import { refuseForeign } from "../destinations/find.ts";
import { operation, Refusal } from "../operation.ts";
import { cursor, eventFilter, limit } from "../parameters.ts";
import { isAtLeast } from "../people/role.ts";
import { toldReceipt } from "../receipts/tell.ts";
import { refusedRequest } from "../rejections/view.ts";
import { receiptRange } from "../times/receipt-range.ts";
import { readSpan } from "../times/span.ts";
import { deliveredItem, listDelivered } from "./delivered.ts";
import { findPage } from "./search.ts";
import { meansPerson, namesPerson, takenKinds } from "./taken.ts";

const count = z.int();

/** An event, as lists show it. */
export const listedEvent = z.object({
  id: openText,
  receipt: openText,
  source: openText,
  type: openText,
  subject: subjectText.optional(),
  agent: z
    .object({ id: agentId.optional(), username: userName.optional() })
    .optional()
    .describe("whom it names as its agent, or whose account it tells of"),
  time: openText,
  receivedTime: openText,
  key: openText.describe("the reference of the key that proved the webhook"),
  due: count.describe("how many destinations wanted it"),
  repeated: count.describe("how many webhooks repeated it"),
  states: z.object({ delivered: count, waiting: count, dead: count, expired: count }),
  undelivered: z
    .array(z.object({ destination: openText, state: deliveryState, reason: openText.nullable() }))
    .describe("the destinations that do not have it, and why"),
});

/** `GET /api/events` */
export const listEvents = operation({
  who: "viewer",
  summary: "Events, newest first",
  takes: {
    query: eventFilter.extend({
      destination: sourceId.optional().describe("due to this destination, or sent there again"),
      q: z
        .string()
        .trim()
        .optional()
        .describe(
          "any id: of an event, a receipt, a refused request, a subject or a call; for operators also an agent, a user name, a phone number, an e-mail address, a customer or an account",
        ),
      cursor: cursor.optional().describe("`next` of the page before"),
      limit,
    }),
  },
  gives: z.object({
    items: z.union([z.array(listedEvent), z.array(deliveredItem)]).describe("a receiver's are of its own destination"),
    next: openText.nullable().describe("a page may be short, even empty, while there is a next one"),
    taken: z.array(z.enum(takenKinds)).describe("what `q` was read as"),
    request: refusedRequest.optional().describe("the refused request that `q` names"),
    receipt: toldReceipt.optional().describe("what became of the receipt that `q` names"),
  }),
  refusals: ["forbidden", "not_found", "not_ready"],
  receiver: async ({ query, ...work }, own) =>
    refuseForeign(query.destination ?? own, own) ?? listDelivered(query, own, work),
  run: async ({ query: { q, cursor, limit, since, until, zone, ...filter }, caller, ...work }) => {
    if (filter.subject !== undefined && namesPerson(filter.subject) && !isAtLeast(caller, "operator")) return personal;
    const span = await readSpan({ since, until, zone, source: filter.source }, work);
    const search = { ...filter, ...receiptRange(span, cursor) };
    const { page, taken, ...besides } = await findPage({ q, search, limit }, caller, work);
    const isNothing = taken.every((kind) => kind === "call") && page.events.length === 0 && page.next === undefined;
    // What is no call's id was meant as a person's: that none is listed must not tell that nobody is there.
    if (q !== undefined && cursor === undefined && isNothing && meansPerson(q) && !isAtLeast(caller, "operator")) {
      return noCall;
    }
    return { items: page.events.map(toItem), next: page.next ?? null, taken: [...taken], ...besides };
  },
});

const personal = new Refusal("forbidden", "To search for a person needs the role operator.");
const noCall = new Refusal("forbidden", "No call has this id; to search for a person needs the role operator.");

/** An event as a list shows it. */
export function toItem({ standings, subject, agent, receipt, ...event }: FoundEvent): z.input<typeof listedEvent> {
  const count = (state: string) => standings.filter((standing) => standing.state === state).length;
  return {
    ...event,
    receipt,
    ...(subject === null ? {} : { subject }),
    ...(agent === undefined ? {} : { agent }),
    receivedTime: toInstant(acceptedAt(receipt)),
    states: {
      delivered: count("delivered"),
      waiting: count("waiting"),
      dead: count("dead"),
      expired: count("expired"),
    },
    undelivered: standings.filter(({ state }) => state !== "delivered"),
  };
}
