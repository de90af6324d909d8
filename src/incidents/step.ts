import type { Incident } from "./incident.ts";
import { keyOf, type Sighting } from "./sighting.ts";

/** So long nothing may be seen of an incident before it is closed. */
export const QUIET_MS = 5 * 60_000;
/** More are not watched at a time. */
const MAX_WATCHED = 200;

/** What is known of one moment. */
export interface Look {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly sightings: readonly Sighting[];
  /** Whether an incident that is not seen is known not to be: what could not be looked at says nothing. */
  readonly isKnown: (incident: Incident) => boolean;
  readonly newId: () => string;
}

/** What is watched from now on, and what has to be told: that incidents opened or closed. */
export interface Step {
  readonly watched: readonly Incident[];
  readonly told: readonly Incident[];
}

/** Takes what is seen at one moment. An incident opens once and closes once, however it comes and goes in between. */
export function step(before: readonly Incident[], look: Look): Step {
  const seen = new Map(look.sightings.map((one) => [keyOf(one), one]));
  const after = before.map((one) => goOn(one, seen.get(keyOf(one)), look));
  const known = new Set(before.map(keyOf));
  const fresh = look.sightings.filter((one) => !known.has(keyOf(one))).map((one) => begin(one, look));
  const all = [...after, ...fresh.slice(0, Math.max(0, MAX_WATCHED - after.length))];
  const opened = new Set(before.filter(isOpen).map(({ id }) => id));
  return {
    watched: all.filter(({ closed }) => closed === undefined),
    told: all.filter((one) => isOpen(one) && (!opened.has(one.id) || one.closed !== undefined)),
  };
}

/** Whether somebody was told of it. */
export function isOpen({ opened }: Incident): boolean {
  return opened !== undefined;
}

function begin({ afterMs, since, ...sighting }: Sighting, { now, newId }: Look): Incident {
  const { type, about, counts, sentence, next } = sighting;
  const began = Math.min(since ?? now, now);
  const incident = { id: newId(), type, about, since: began, seen: now, counts, sentence, next };
  return afterMs === 0 ? { ...incident, opened: now } : incident;
}

function goOn(incident: Incident, sighting: Sighting | undefined, { now, isKnown }: Look): Incident {
  if (sighting !== undefined) {
    const { quiet: _, ...rest } = incident;
    const { counts, sentence, next, afterMs } = sighting;
    const opened = incident.opened ?? (now - incident.seen >= afterMs ? now : undefined);
    return { ...rest, counts, sentence, next, ...(opened === undefined ? {} : { opened }) };
  }
  if (!isKnown(incident)) return incident;
  const quiet = incident.quiet ?? now;
  return now - quiet >= QUIET_MS ? { ...incident, quiet, closed: now } : { ...incident, quiet };
}
