import { operation, Refusal } from "../operation.ts";
import { refuseUnknown, relayInForce } from "../relay-in-force.ts";
import { receiptRange } from "../times/receipt-range.ts";
import { readSpan } from "../times/span.ts";
import { replayAnswer, replayOrder } from "./order.ts";
import { readEventsAgain } from "./read-again.ts";
import { replayAgain } from "./replay-again.ts";

/** `POST /api/replays` */
export const replayEvents = operation({
  who: "operator",
  summary: "Delivers many events again, or reads them again and delivers what differs",
  takes: { body: replayOrder },
  gives: replayAnswer,
  refusals: ["not_ready"],
  run: async ({ body, env, now, defer }) => {
    const relay = await relayInForce({ env, now, defer });
    if (relay instanceof Refusal) return relay;
    const refused = refuseUnknown(body.destination, relay);
    if (refused !== undefined) return refused;
    const { since, until, zone, ...filter } = body.filter;
    if (filter.state === "unrouted" && body.destination === undefined && !body.renormalize) {
      return new Refusal("invalid_request", "body.destination: say where events go that no destination wanted");
    }
    const span = await readSpan({ since, until, zone, source: filter.source }, { env, now, defer });
    const search = { ...filter, ...receiptRange({ ...span, until: span.until ?? now }, body.cursor) };
    return body.renormalize
      ? readEventsAgain(body, search, relay, { env, now })
      : replayAgain(body, search, relay, { env, now });
  },
});
