import type { Alerts } from "../config/schema/alerts.ts";
import type { About } from "../events/parts/incident.ts";
import type { RelayType } from "../events/types.ts";
import type { DestinationFacts, Facts } from "../status/facts.ts";
import type { Finding } from "../status/finding.ts";
import type { FindingKind } from "../status/kinds.ts";
import type { Rising } from "./samples.ts";
import { seeCounted } from "./see-counted.ts";
import { keyOf, type Sighting } from "./sighting.ts";

const MINUTE_MS = 60_000;
const GONE = "status_410";

interface Meaning {
  readonly type: RelayType;
  readonly about: (subject: string) => About;
  readonly after: (alerts: Alerts) => { readonly after: number };
}

const configuration: Meaning = {
  type: "relay.document_faulty",
  about: () => ({ kind: "config", id: "relay" }),
  after: ({ documentFaulty }) => documentFaulty,
};
const map: Meaning = { ...configuration, about: (id) => ({ kind: "permissions", id }) };
const behind: Meaning = {
  type: "relay.log_behind",
  about: () => ({ kind: "log", id: "log" }),
  after: ({ logBehind }) => logBehind,
};
const failing: Meaning = {
  type: "relay.destination_failing",
  about: (id) => ({ kind: "destination", id }),
  after: ({ destinationFailing }) => destinationFailing,
};

/** What an incident tells of the things that the status finds. What is counted is judged by how it rises. */
const meanings: Readonly<Partial<Record<FindingKind, Meaning>>> = {
  log_unreadable: behind,
  log_behind: behind,
  spool_waiting: behind,
  breaker_open: failing,
  destination_paused: failing,
  config_unreadable: configuration,
  config_invalid: configuration,
  config_faulty: configuration,
  permissions_missing: map,
  permissions_unreadable: map,
  permissions_invalid: map,
  permissions_faulty: map,
  source_silent: {
    type: "relay.source_silent",
    about: (id) => ({ kind: "source", id }),
    after: ({ sourceSilent }) => sourceSilent,
  },
  limit_near: {
    type: "relay.limit_near",
    about: (id) => ({ kind: "limit", id }),
    after: ({ limitNear }) => limitNear,
  },
};

/** What is judged, and by what. */
export interface Seen {
  readonly facts: Facts;
  /** All that needs a person, the worst first. */
  readonly items: readonly Finding[];
  /** Undefined while the log cannot be read. */
  readonly rising: Rising | undefined;
  readonly alerts: Alerts;
  /** Destinations that get nothing but what the relay tells of itself. */
  readonly onlyTold: ReadonlySet<string>;
}

/** Everything that an incident would tell of now, each once. */
export function see(seen: Seen): Sighting[] {
  const sightings = [...seen.items.flatMap((item) => toSighting(item, seen)), ...seeCounted(seen)];
  return [...new Map(sightings.toReversed().map((one) => [keyOf(one), one])).values()].reverse();
}

function toSighting({ kind, subject, since, sentence, next }: Finding, seen: Seen): Sighting[] {
  const meaning = meanings[kind];
  const destination = seen.facts.log?.destinations.find(({ id }) => id === subject);
  if (meaning === undefined) return [];
  if (meaning === failing && !isFailing(destination, seen)) return [];
  if (kind === "permissions_missing" && !isPassedOver(subject, seen)) return [];
  return [
    {
      type: meaning.type,
      about: meaning.about(subject),
      since: since === null ? undefined : Date.parse(since),
      afterMs: meaning.after(seen.alerts).after * MINUTE_MS,
      counts: meaning === failing ? countsOf(destination) : {},
      sentence,
      next,
    },
  ];
}

/** A pause that somebody made is no failure; one that the destination asked for is. */
function isFailing(destination: DestinationFacts | undefined, { onlyTold }: Seen): boolean {
  if (destination === undefined || onlyTold.has(destination.id)) return false;
  return destination.paused === undefined || destination.paused.reason === GONE;
}

/** A map that nobody has made is none that is faulty; one that is not valid, and never was, is. */
function isPassedOver(source: string, { facts }: Seen): boolean {
  return facts.maps.some((map) => map.source === source && map.faults.length > 0);
}

function countsOf(destination: DestinationFacts | undefined): Record<string, number> {
  return { waiting: destination?.waiting ?? 0, failures: destination?.breaker?.failures ?? 0 };
}
