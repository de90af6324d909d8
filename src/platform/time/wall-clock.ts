import * as calendars from "temporal-polyfill/fns/Calendar";
import * as instants from "temporal-polyfill/fns/Instant";
import * as plain from "temporal-polyfill/fns/PlainDateTime";
import * as zoned from "temporal-polyfill/fns/ZonedDateTime";

/**
 * Temporal, as far as it is needed here: what a clock on the wall of an IANA zone shows, and when it showed it.
 * The polyfill's functions are a third of the size of its classes.
 */

/** A moment, exact to the nanosecond. */
export type WallInstant = ReturnType<typeof instants.fromString>;

/** The moment of an ISO 8601 time with offset. @throws RangeError when there is no such time. */
export const momentOf = instants.fromString;

/** The moment of milliseconds since the epoch. @throws RangeError beyond the years that Temporal knows. */
export const momentAt = instants.fromEpochMilliseconds;

/** RFC 3339 in UTC. */
export const printMomentUtc = (moment: WallInstant): string => instants.toString(moment);

/**
 * When the clocks of a zone showed an ISO 8601 time without offset. In a gap of daylight saving the time is moved
 * forward, in an overlap the earlier of the two is taken ("compatible").
 * @throws RangeError when no calendar has such a time
 */
export function momentShown(local: string, zone: string): WallInstant {
  return zoned.toInstant(plain.toZonedDateTime(plain.fromString(local, calendars.getISO), zone));
}

/** What the clocks of a zone show at a moment (milliseconds since the epoch). `dayOfWeek`: 1 is Monday. */
export function wallClock(milliseconds: number, zone: string) {
  const local = zoned.toPlainDateTime(instants.toZonedDateTimeISO(momentAt(milliseconds), zone));
  const { year, month, day, hour, minute, second } = local;
  return { year, month, day, hour, minute, second, dayOfWeek: plain.dayOfWeek(local) };
}
