import { printClock } from "./print.ts";

/**
 * A moment by the clock of a zone, with UTC in brackets where that shows another: `09:02:37 (08:02:37 UTC)`.
 * @param at milliseconds since the epoch, as is `beside`: a moment on whose day no date is needed
 */
export function zonedTime(at: number, zone: string, beside?: number): string {
  const utc = utcBeside(at, zone);
  const local = printClock(at, beside, zone);
  return utc === undefined ? local : `${local} (${utc} UTC)`;
}

/** The same with its date and the name of the zone: `2026-11-20 09:02:37 (Europe/Budapest; 08:02:37 UTC)`. */
export function namedTime(at: number, zone: string): string {
  return withZone(printClock(at, undefined, zone), utcBeside(at, zone), zone);
}

/** The same without seconds where there are none: `2026-12-01 08:00 (Europe/Budapest; 07:00 UTC)`. */
export function printMoment(at: number, zone: string): string {
  const brief = (clock: string) => clock.replace(/:00$/, "");
  const utc = utcBeside(at, zone);
  return withZone(brief(printClock(at, undefined, zone)), utc && brief(utc), zone);
}

function withZone(local: string, utc: string | undefined, zone: string): string {
  return `${local} (${zone}${utc === undefined ? "" : `; ${utc} UTC`})`;
}

/** What the clock of UTC shows, with the date where that is another; undefined where it shows the same. */
function utcBeside(at: number, zone: string): string | undefined {
  const [local, utc] = [zone, "UTC"].map((by) => printClock(at, undefined, by));
  if (local === utc || utc === undefined) return undefined;
  const [date = "", time = ""] = utc.split(" ");
  return local?.startsWith(date) === true ? time : utc;
}
