import * as z from "zod";
import { idKeysIn } from "../../config/secrets/id-keys.ts";
import { toAttribute } from "../../events/attribute.ts";
import { call } from "../../events/parts/call.ts";
import { FIRST_RECEIPT, LAST_RECEIPT } from "../../events/receipt.ts";
import { namesOfCall } from "../../events/subject.ts";
import { type LastTry, readLastTries } from "../../log/deliveries/last-tries.ts";
import { deliveryState } from "../../log/deliveries/state.ts";
import { readWithoutRaw } from "../../log/events/read-events.ts";
import { searchEvents } from "../../log/search/search.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { openText, shownLike } from "../../platform/shown.ts";
import { toInstant } from "../../platform/time/instant.ts";
import { vendorIds, vendorOf } from "../../vendors/index.ts";
import { listedEvent, toItem } from "../events/list.ts";
import { whatIsShown } from "../events/what-is-shown.ts";
import { operation, Refusal } from "../operation.ts";
import { tellCall } from "./tell.ts";

/** Events of one call that are told; a call has a dozen. */
const MAX_EVENTS = 100;

/** `GET /api/calls/:source/:id` */
export const readCall = operation({
  who: "viewer",
  summary:
    "One call: its events in the order of what they tell, what is missing or late, and whether its figures are final",
  takes: {
    params: z.object({
      source: z.string().describe("id of the source"),
      id: z.string().describe("the call's id, or that of its interaction"),
    }),
  },
  gives: z.object({
    source: openText,
    id: openText,
    final: z.boolean().describe("whether the event with its final figures is there; else they are those so far"),
    call: shownLike(z.looseObject({}).describe("the call as all its events tell it together"), call),
    items: z.array(
      listedEvent.extend({
        late: z.boolean().describe("it came after an event that tells of something later"),
        corrects: openText.optional().describe("id of the event that it takes the place of"),
        corrected: z.array(openText).describe("ids of the events that take its place"),
        deliveries: z
          .array(z.object({ destination: openText, state: deliveryState, at: openText.nullable() }))
          .describe("to each destination the latest; `at`: when it was tried last, null where it was not yet"),
        event: shownLike(
          z.looseObject({ id: z.string(), type: z.string() }).describe("as delivered, without what was received"),
          whatIsShown,
        ),
      }),
    ),
    gaps: z.array(
      z.object({
        missing: openText.describe("the type of an event that is not there"),
        before: openText.describe("id of the event that it comes before"),
        sentence: openText,
      }),
    ),
    more: z.boolean().describe("there are more events than are told"),
  }),
  refusals: ["not_found"],
  run: async ({ params: { source, id }, env }) => {
    const about = [...namesOfCall(id), ...namesOfCall(await toAttribute(id))];
    const search = { source, about, from: FIRST_RECEIPT, before: LAST_RECEIPT };
    const page = await searchEvents(env.LOG, search, MAX_EVENTS, { keys: await idKeysIn(lookupIn(env)) });
    const receipts = page.events.map(({ receipt }) => receipt);
    const [found, tries] = await Promise.all([readWithoutRaw(env.LOG, receipts), readLastTries(env.LOG, receipts)]);
    if (found.size === 0) return nothing;
    const [vendor] = [...found.values()].flatMap(({ vendor }) => vendorIds.find((known) => known === vendor) ?? []);
    const told = tellCall([...found.values()], vendor && vendorOf(vendor).call);
    const items = new Map(
      page.events.map((event) => [
        event.id,
        { ...toItem(event), deliveries: (tries.get(event.receipt) ?? []).map(toTry) },
      ]),
    );
    return {
      source,
      id,
      final: told.final,
      call: told.call,
      items: told.events.flatMap((event) => {
        const item = items.get(event.id);
        const corrected = told.events.filter(({ corrects }) => corrects === event.id).map(({ id }) => id);
        const corrects = event.corrects === undefined ? {} : { corrects: event.corrects };
        return item === undefined ? [] : { ...item, late: told.late.has(event.id), ...corrects, corrected, event };
      }),
      gaps: [...told.gaps],
      more: page.next !== undefined,
    };
  },
});

function toTry({ destination, state, at }: LastTry) {
  return { destination, state, at: at === null ? null : toInstant(at) };
}

const nothing = new Refusal("not_found", "No event of this call is there, or it is no longer kept.");
