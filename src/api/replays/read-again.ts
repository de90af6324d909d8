import type { Relay } from "../../config/load-relay.ts";
import { idKeysIn } from "../../config/secrets/id-keys.ts";
import { correct, planCorrections } from "../../delivery/replay/correct.ts";
import { readAgain, type SecondReading } from "../../delivery/replay/renormalize.ts";
import { readEvents } from "../../log/events/read-events.ts";
import type { Search } from "../../log/search/conditions.ts";
import { type FoundEvent, searchEvents } from "../../log/search/search.ts";
import { lookupIn } from "../../platform/lookup.ts";
import type { ApiRequest } from "../operation.ts";
import { countDestinations } from "./count-destinations.ts";
import type { ReplayAnswer, ReplayOrder } from "./order.ts";

/** Events that one call reads again: each is inflated, parsed and normalized. */
const MAX_EVENTS = 100;
/** Events in memory at one time: a body may have 1 MiB. */
const AT_ONCE = 10;
const MAX_SHOWN = 20;

/** Reads the webhooks of the events again; where that differs, an event that corrects the one before is delivered. */
export async function readEventsAgain(
  { destination, dryRun, perSecond }: ReplayOrder,
  search: Search,
  relay: Relay,
  { env, now }: Pick<ApiRequest, "env" | "now">,
): Promise<ReplayAnswer> {
  const { events, next } = await searchEvents(env.LOG, search, MAX_EVENTS, { keys: await idKeysIn(lookupIn(env)) });
  const readings: SecondReading[] = [];
  for (let start = 0; start < events.length; start += AT_ONCE) {
    const found = await readAll(events.slice(start, start + AT_ONCE), relay, env);
    readings.push(...found.filter(({ differences }) => differences.length > 0));
  }
  const corrected = await planCorrections(readings, relay, env, destination, now);
  if (!dryRun) await correct(env, corrected, perSecond, now);
  const { corrections, deliveries } = corrected;
  const differing = readings.filter(({ before }) => corrections.some(({ corrects }) => corrects === before.id));
  return {
    dryRun,
    events: corrections.length,
    deliveries: deliveries.length,
    destinations: countDestinations(deliveries),
    corrections: corrections.map(({ id, corrects }) => ({ id, corrects })),
    differences: differing.slice(0, MAX_SHOWN).map(({ before, read, differences }) => ({
      id: before.id,
      receipt: read.message.receipt,
      fields: [...differences],
    })),
    next: next ?? null,
  };
}

async function readAll(events: readonly FoundEvent[], relay: Relay, env: Env): Promise<SecondReading[]> {
  const frozen = await readEvents(
    env.LOG,
    events.map(({ receipt }) => receipt),
  );
  const readings = await Promise.all(
    events.map(({ receipt, source, key }) => {
      const event = frozen.get(receipt);
      return event === undefined ? undefined : readAgain(event, { receipt, source, key }, relay, env);
    }),
  );
  return readings.filter((reading) => reading !== undefined);
}
