import * as z from "zod";
import type { Relay } from "../../config/load-relay.ts";
import { wants } from "../../delivery/fan-out/match.ts";
import { chooseDeliveries } from "../../delivery/replay/choose-deliveries.ts";
import { type Again, replay } from "../../delivery/replay/replay.ts";
import { FIRST_RECEIPT, LAST_RECEIPT } from "../../events/receipt.ts";
import { findReceipt } from "../../log/events/fate.ts";
import { readEvents } from "../../log/events/read-events.ts";
import { newReplayId, replayId } from "../../log/replays/id.ts";
import { type FoundEvent, searchEvents } from "../../log/search/search.ts";
import { openText } from "../../platform/shown.ts";
import { refuseForeign } from "../destinations/find.ts";
import { notDue } from "../events/delivered.ts";
import { type ApiRequest, operation, Refusal } from "../operation.ts";
import { eventPath, USUAL_RATE } from "../parameters.ts";
import { deedOf } from "../people/deed.ts";
import { refuseUnknown, relayInForce } from "../relay-in-force.ts";
import { replayReason } from "./order.ts";
import { describeWaits, wait } from "./waits.ts";

const AS_IT_WAS = { renormalize: false, dryRun: false, perSecond: USUAL_RATE };
const EVERYTHING = { from: FIRST_RECEIPT, before: LAST_RECEIPT };

/** `POST /api/events/:id/replay` */
export const replayEvent = operation({
  who: "operator",
  summary: "Delivers one event again: the same bytes under the same id",
  takes: {
    params: eventPath,
    body: z.strictObject({
      destination: z
        .string()
        .optional()
        .describe("where to; else to all destinations that it was due to, or that want it today if none did"),
      reason: replayReason,
    }),
  },
  gives: z.object({
    replay: replayId.optional().describe("the replay under which it is kept who asked for it, and why"),
    event: openText,
    deliveries: z.array(z.object({ destination: openText, run: z.int() })),
    waits: z.array(wait).optional().describe("those that wait for more than their turn"),
  }),
  refusals: ["not_found", "not_ready"],
  run: async ({ params: { id }, body, ...request }) => {
    const { destination } = body;
    const { env } = request;
    const relay = await relayInForce(request);
    if (relay instanceof Refusal) return relay;
    const event = await findEvent(env.LOG, id);
    if (event === undefined)
      return new Refusal("not_found", "No event has this id or receipt, or it is no longer kept.");
    const refused = refuseUnknown(destination, relay);
    if (refused !== undefined) return refused;
    const again =
      destination === undefined && event.standings.length === 0
        ? await wantedToday(env.LOG, event, relay)
        : chooseDeliveries(event, {}, destination, relay);
    return begin({ event, again, ...body }, relay, request);
  },
  receiver: async ({ params: { id }, body: { destination, reason }, ...request }, own) => {
    const refused = refuseForeign(destination ?? own, own);
    if (refused !== undefined) return refused;
    const relay = await relayInForce(request);
    if (relay instanceof Refusal) return relay;
    const event = await findEvent(request.env.LOG, id);
    const again = event === undefined ? [] : chooseDeliveries(event, { destination: own }, undefined, relay);
    if (event === undefined || again.length === 0) return notDue;
    return begin({ event, again, destination: own, reason }, relay, request);
  },
});

async function findEvent(log: D1Database, id: string): Promise<FoundEvent | undefined> {
  const receipt = await findReceipt(log, id);
  if (receipt === undefined) return undefined;
  return (await searchEvents(log, EVERYTHING, 1, { among: [receipt] })).events[0];
}

/** What is to go again, and what was asked for. */
interface Order {
  readonly event: FoundEvent;
  readonly again: readonly Again[];
  readonly destination?: string | undefined;
  readonly reason?: string | undefined;
}

async function begin({ event, again, destination, reason }: Order, relay: Relay, request: ApiRequest) {
  const { env, now, caller } = request;
  const asked = { filter: {}, until: now, event: event.id, destination, ...AS_IT_WAS };
  const deed = deedOf(caller, "event.replayed", `events/${event.id}`, { reason });
  const call = { id: newReplayId(now), deed, asked };
  const replayed = await replay(env, again, USUAL_RATE, now, call);
  const named = replayed.length === 0 ? {} : { replay: call.id };
  const waiting = new Map(replayed.map(({ destination }) => [destination, 1]));
  const waits = (await describeWaits(request, waiting, relay)).filter((one) => one.for !== "turn");
  return {
    ...named,
    event: event.id,
    deliveries: replayed.map(({ destination, run }) => ({ destination, run })),
    ...(waits.length === 0 ? {} : { waits }),
  };
}

/** Where an event goes that nobody wanted when it came. */
async function wantedToday(log: D1Database, { receipt, source, type }: FoundEvent, relay: Relay): Promise<Again[]> {
  const event = (await readEvents(log, [receipt])).get(receipt);
  if (event === undefined) return [];
  return relay.destinations
    .filter((one) => wants(one, event))
    .map(({ id }) => ({ receipt, destination: id, source, type }));
}
