import { remembered } from "../remembered.ts";
import { printUtc, readUtc } from "./utc.ts";
import { momentOf, momentShown, printMomentUtc } from "./wall-clock.ts";

const MINUTE_MS = 60_000;

/**
 * A time with its offset as RFC 3339 in UTC. `clock`: `YYYY-MM-DDThh:mm:ss`; `fraction`: digits of the second;
 * `offset`: `Z`, `+02:00`, `+0200` or `+02`.
 * @throws RangeError when there is no such time
 */
export function printOffsetTime(clock: string, fraction: string, offset: string): string {
  const [at, ahead] = [readUtc(clock), readOffset(offset)];
  if (at !== undefined && ahead !== undefined) return printUtc(at - ahead, fraction);
  return printMomentUtc(momentOf(`${written(clock, fraction)}${offset}`));
}

/**
 * What the clocks of a zone showed as RFC 3339 in UTC. `date`: `YYYY-MM-DD`; `time`: `hh:mm:ss`; `fraction`: digits of
 * the second. In a gap of daylight saving the time is moved forward, in an overlap the earlier of the two is taken.
 * @throws RangeError when no calendar has such a time, or when there is no such zone
 */
export function printLocalTime(date: string, time: string, fraction: string, zone: string): string {
  const clock = `${date}T${time}`;
  const at = readUtc(clock);
  const ahead = at === undefined ? undefined : aheadIn(zone)(date);
  if (at !== undefined && ahead !== undefined) return printUtc(at - ahead, fraction);
  return printMomentUtc(momentShown(written(clock, fraction), zone));
}

function written(clock: string, fraction: string): string {
  return fraction === "" ? clock : `${clock}.${fraction}`;
}

/** How far an offset is ahead of UTC, milliseconds; undefined for what is none. */
function readOffset(offset: string): number | undefined {
  if (offset === "Z") return 0;
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(-2))];
  if (hours > 23 || minutes > 59) return undefined;
  const ahead = (hours * 60 + (offset.length > "+02".length ? minutes : 0)) * MINUTE_MS;
  return offset.startsWith("-") ? -ahead : ahead;
}

/** A relay has the zones of its sources, and their webhooks are of these weeks. */
const MAX_ZONES = 50;
const MAX_DAYS = 200;

/** Of days in a zone, by `YYYY-MM-DD`: how far its clocks are ahead of UTC. Asking Temporal takes fifty times as long. */
const aheadIn = remembered(
  (zone) => remembered((date) => aheadOn(date, zone), { maxTexts: MAX_DAYS, maxCharacters: "YYYY-MM-DD".length }),
  { maxTexts: MAX_ZONES, maxCharacters: 64 },
);

/** How far the clocks of a zone are ahead of UTC all day long, milliseconds; undefined on a day on which they are set. */
function aheadOn(date: string, zone: string): number | undefined {
  const [first, last] = ["00:00:00", "23:59:59"].map((time) => {
    const clock = `${date}T${time}`;
    return (readUtc(clock) ?? Number.NaN) - momentShown(clock, zone).epochMilliseconds;
  });
  return first === last ? first : undefined;
}
