import type { Destination, Relay } from "../config/load-relay.ts";
import { alerts } from "../config/schema/alerts.ts";
import { isOfRelay, matchesType, relayTypes } from "../events/types.ts";
import type { Work } from "../platform/work.ts";
import { judge } from "../status/judge.ts";
import { gather } from "./facts/gather.ts";
import { isKnown } from "./is-known.ts";
import { sampleBefore, takeSample } from "./sample.ts";
import { addSample, risingTo, type Samples } from "./samples.ts";
import { see } from "./see.ts";
import type { Look } from "./step.ts";

/** What is seen at one moment, and the samples to go on with. */
export interface Watched {
  readonly look: Omit<Look, "newId">;
  readonly samples: Samples;
  /** They must outlive this object. */
  readonly keep: boolean;
  /** Whether anybody wants to be told; undefined while no configuration can be read. */
  readonly isWanted: boolean | undefined;
}

/** Looks at this relay as the status does. Never rejects. */
export async function watch(work: Work, before: Samples): Promise<Watched> {
  const { now } = work;
  const { facts, relay, log } = await gather(work, null, "brief");
  const totals = log?.totals;
  const current = totals && takeSample(totals, now);
  const [first = totals && sampleBefore(totals, facts.log?.lately ?? now), ...others] = before;
  const counted =
    current === undefined || first === undefined ? undefined : { current, samples: [first, ...others] as const };
  const sightings = see({
    facts,
    items: judge(facts).items,
    rising: counted && risingTo(counted.current, [...counted.samples]),
    alerts: relay?.alerts ?? alerts.parse({}),
    onlyTold: new Set(relay?.destinations.filter(isOnlyTold).map(({ id }) => id)),
  });
  const added = counted && addSample(counted.current, [...counted.samples]);
  return {
    look: { now, sightings, isKnown: (incident) => isKnown(incident, facts, relay) },
    samples: added?.samples ?? before,
    keep: added?.keep ?? false,
    isWanted: relay && takesNotices(relay),
  };
}

/** Whether a destination of the relay takes anything that the relay tells of itself. */
export function takesNotices({ destinations }: Relay): boolean {
  return destinations.some(isTold);
}

/** Whether a destination takes anything that the relay tells of itself. */
export function isTold({ events }: Destination): boolean {
  return events.some((pattern) => relayTypes.some((type) => matchesType(pattern, type)));
}

function isOnlyTold({ events }: Destination): boolean {
  return events.length > 0 && events.every(isOfRelay);
}
