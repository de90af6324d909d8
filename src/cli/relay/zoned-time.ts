import { printClock } from "../../login/history/print.ts";

/**
 * A moment by the clock of a zone, with UTC in brackets where that shows another: `09:02:37 (08:02:37 UTC)`.
 * @param at RFC 3339
 * @param beside a moment on whose day no date is needed, RFC 3339
 */
export function zonedTime(at: string, zone: string, beside?: string): string {
  const moment = Date.parse(at);
  const utc = utcBeside(moment, zone);
  const local = printClock(moment, beside === undefined ? undefined : Date.parse(beside), zone);
  return utc === undefined ? local : `${local} (${utc})`;
}

/** The same with its date and the name of the zone: `2026-11-20 09:02:37 (Europe/Budapest; 08:02:37 UTC)`. */
export function namedTime(at: string, zone: string): string {
  const moment = Date.parse(at);
  const names = [zone, utcBeside(moment, zone)].filter((name) => name !== undefined);
  return `${printClock(moment, undefined, zone)} (${names.join("; ")})`;
}

/** What the clock of UTC shows, with the date where that is another; undefined where it shows the same. */
function utcBeside(moment: number, zone: string): string | undefined {
  const [local, utc] = [zone, "UTC"].map((by) => printClock(moment, undefined, by));
  if (local === utc || utc === undefined) return undefined;
  const [date = "", time = ""] = utc.split(" ");
  return `${local?.startsWith(date) === true ? time : utc} UTC`;
}
