import { momentAt, momentOf, momentShown, printMomentUtc } from "./wall-clock.ts";

/** An RFC 3339 time in UTC, e.g. `2026-11-20T09:02:00Z`. */
export type Instant = string;

const OFFSET_TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:[.,]\d{1,9})?)\s*(Z|[+-]\d\d:?\d\d)$/i;
const LOCAL_TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d)[:-](\d\d)(?:[:-](\d\d(?:\.\d{1,9})?))?$/;

/** A time that carries its offset: `Z`, `+02:00`, or `+0000` (which ECMAScript does not promise to read). */
export function readOffsetTime(text: string | undefined): Instant | undefined {
  const [, date, time, offset] = OFFSET_TIME.exec(text ?? "") ?? [];
  if (date === undefined || time === undefined || offset === undefined) return undefined;
  const colon = offset.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2").toUpperCase();
  return attempt(() => printMomentUtc(momentOf(`${date}T${time.replace(",", ".")}${colon}`)));
}

/**
 * A local time without zone, read in an IANA zone. In a gap of daylight saving the clock time is moved forward,
 * in an overlap the earlier of the two is taken (Temporal's "compatible"). `hh-mm-ss` counts as `hh:mm:ss`.
 */
export function readLocalTime(text: string | undefined, zone: string): Instant | undefined {
  const [, date, hour, minute, second = "00"] = LOCAL_TIME.exec(text ?? "") ?? [];
  if (date === undefined || hour === undefined || minute === undefined) return undefined;
  return attempt(() => printMomentUtc(momentShown(`${date}T${hour}:${minute}:${second}`, zone)));
}

/** Either form; the zone counts only where the text has none. */
export function readTime(text: string | undefined, zone: string): Instant | undefined {
  return readOffsetTime(text) ?? readLocalTime(text, zone);
}

/** Seconds since the epoch, with a fraction of at most milliseconds. */
export function readEpochSeconds(seconds: number | undefined): Instant | undefined {
  return seconds === undefined || seconds <= 0 ? undefined : attempt(() => toInstant(Math.round(seconds * 1000)));
}

/** Milliseconds since the epoch. */
export function toInstant(milliseconds: number): Instant {
  return printMomentUtc(momentAt(milliseconds));
}

/** What no calendar has is absent, and so is what RFC 3339 cannot write: years beyond four digits. */
function attempt(read: () => Instant): Instant | undefined {
  try {
    const instant = read();
    return /^\d{4}-/.test(instant) ? instant : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
