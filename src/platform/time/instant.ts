import { remembered } from "../remembered.ts";
import { printLocalTime, printOffsetTime } from "./print-time.ts";
import { printUtc } from "./utc.ts";

/** An RFC 3339 time in UTC, e.g. `2026-11-20T09:02:00Z`. */
export type Instant = string;

export const HOUR_MS = 60 * 60 * 1000;
export const DAY_MS = 24 * HOUR_MS;
/** No time is longer. */
const MAX_TIME_CHARACTERS = 64;
/** The seconds may be left out when they are zero, the minutes of an offset too (ISO 8601, also RFC 9557). */
const OFFSET_TIME =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:\s{0,3}(Z|[+-]\d\d(?::?\d\d)?)|\s{1,3}(\d\d(?::?\d\d)?))$/i;
const LOCAL_TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d)[:-](\d\d)(?:[:-](\d\d)(?:[.,](\d{1,9}))?)?$/;

/**
 * A time that carries its offset: `Z`, `+02:00`, `+0000` or `+02`. Where a plus was not escaped, a form or a query
 * makes a blank of it.
 */
export function readOffsetTime(text: string | undefined): Instant | undefined {
  return text === undefined ? undefined : latestRead(text);
}

/** A webhook's times are read for the event, for its window and for what there is to remark. */
const latestRead = remembered(readWithOffset, { maxTexts: 200, maxCharacters: MAX_TIME_CHARACTERS });

function readWithOffset(text: string): Instant | undefined {
  const [, date, minute, second = "00", fraction = "", offset, afterBlank] = OFFSET_TIME.exec(cut(text)) ?? [];
  const signed = offset ?? (afterBlank === undefined ? undefined : `+${afterBlank}`);
  if (date === undefined || minute === undefined || signed === undefined) return undefined;
  return attempt(() => printOffsetTime(`${date}T${minute}:${second}`, fraction, signed.toUpperCase()));
}

/**
 * A local time without zone, read in an IANA zone. In a gap of daylight saving the clock time is moved forward,
 * in an overlap the earlier of the two is taken (Temporal's "compatible"). `hh-mm-ss` counts as `hh:mm:ss`.
 */
export function readLocalTime(text: string | undefined, zone: string): Instant | undefined {
  const [, date, hour, minute, second = "00", fraction = ""] = LOCAL_TIME.exec(cut(text)) ?? [];
  if (date === undefined || hour === undefined || minute === undefined) return undefined;
  return attempt(() => printLocalTime(date, `${hour}:${minute}:${second}`, fraction, zone));
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
  return printUtc(milliseconds);
}

/** The UTC day of a moment in milliseconds since the epoch, `YYYY-MM-DD`. */
export function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, "YYYY-MM-DD".length);
}

/** The UTC hour of a moment in milliseconds since the epoch, `YYYY-MM-DDTHH`. */
export function hourOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, "YYYY-MM-DDTHH".length);
}

/** What is longer than any time stays longer, so that none is found at its beginning. */
function cut(text = ""): string {
  return text.slice(0, MAX_TIME_CHARACTERS + 1);
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
