import * as z from "zod";
import { openRelayClient, type RelayOptions } from "../relay/client.ts";
import { clockIn } from "../relay/clock.ts";
import { eventCells, listedEvent } from "../relay/event-line.ts";
import { tellHowToReveal } from "../relay/masked.ts";
import { readPages } from "../relay/pages.ts";
import { remarkUnknown } from "../relay/remark-unknown.ts";
import { columns, paint } from "../terminal.ts";
import { tellReceipt, toldReceipt } from "./receipt.ts";
import { refusedRequest, tellRequest } from "./refused-request.ts";

/** Which events, and how to tell them. */
export interface EventsOptions extends RelayOptions {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly zone?: string | undefined;
  readonly source?: string | undefined;
  readonly type?: string | undefined;
  readonly state?: string | undefined;
  readonly destination?: string | undefined;
  readonly subject?: string | undefined;
  readonly q?: string | undefined;
  readonly limit: number;
  readonly json?: boolean | undefined;
}

const besides = z.looseObject({
  taken: z.array(z.string()).default([]),
  request: refusedRequest.optional(),
  receipt: toldReceipt.optional(),
});

/** Lists events, the newest first. */
export async function listEvents({ limit, json, url, token, zone, ...search }: EventsOptions): Promise<void> {
  const clock = clockIn(zone, Date.now());
  const relay = openRelayClient({ url, token });
  const {
    items,
    more,
    besides: told,
    isMasked,
  } = await readPages(relay, "events", { ...search, zone: clock.zone }, limit);
  if (json) {
    console.log(JSON.stringify({ items, more, ...told }, undefined, 2));
    if (isMasked) console.error(tellHowToReveal());
    return;
  }
  const { taken, request, receipt } = besides.parse(told);
  const events = z.array(listedEvent).parse(items);
  if (request !== undefined) console.log(tellRequest(request, clock).join("\n"));
  if (receipt !== undefined && events.length === 0) console.log(tellReceipt(receipt).join("\n"));
  if (events.length > 0) {
    const lines = events.map((event) => eventCells(event, clock.show(event.receivedTime)));
    console.log(columns(lines).join("\n"));
  } else if (request === undefined && receipt === undefined) {
    const as = taken.length === 0 ? "" : `; it was read as ${taken.join(", ")}`;
    console.log(`no event is found${as}${await remarkUnknown(relay, search)}`);
  }
  if (more) console.log(paint("dim", "  there are more: narrow the search, or use --limit"));
  if (isMasked) console.log(tellHowToReveal());
}
