import type { Relay } from "../../config/load-relay.ts";
import { idKeysIn } from "../../config/secrets/id-keys.ts";
import { type Again, replay } from "../../delivery/replay/replay.ts";
import type { Search } from "../../log/search/conditions.ts";
import { type EventPage, searchEvents } from "../../log/search/search.ts";
import { lookupIn } from "../../platform/lookup.ts";
import type { ApiRequest } from "../operation.ts";
import { chooseDeliveries } from "./choose-deliveries.ts";
import { countDestinations } from "./count-destinations.ts";
import type { ReplayAnswer, ReplayOrder } from "./order.ts";

/** Deliveries that one call replays. */
const MAX_DELIVERIES = 1000;

/** Replays the deliveries that are found: the same bytes under the same id, the oldest first. */
export async function replayAgain(
  { filter, destination, dryRun, perSecond }: ReplayOrder,
  search: Search,
  relay: Relay,
  { env, now }: Pick<ApiRequest, "env" | "now">,
): Promise<ReplayAnswer> {
  const page = await searchEvents(env.LOG, search, MAX_DELIVERIES, { keys: await idKeysIn(lookupIn(env)) });
  const meant = { destination: filter.destination, state: filter.state === "unrouted" ? undefined : filter.state };
  const taken = takeWhole(page, (event) => chooseDeliveries(event, meant, destination, relay));
  const { again, next } = taken;
  if (!dryRun) await replay(env, again.toReversed(), perSecond, now);
  return {
    dryRun,
    events: new Set(again.map(({ receipt }) => receipt)).size,
    deliveries: again.length,
    destinations: countDestinations(again),
    next: next ?? null,
  };
}

/** Takes as many events as fit with all their deliveries; the rest is for the next call. */
function takeWhole({ events, next }: EventPage, choose: (event: EventPage["events"][number]) => Again[]) {
  const again: Again[] = [];
  let last: string | undefined;
  for (const event of events) {
    const chosen = choose(event);
    if (again.length > 0 && again.length + chosen.length > MAX_DELIVERIES) return { again, next: last };
    again.push(...chosen);
    last = event.receipt;
  }
  return { again, next };
}
