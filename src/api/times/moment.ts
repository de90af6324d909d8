import * as z from "zod";
import { isTimezone } from "../../config/schema/timezone.ts";
import { readRuleMoment } from "../../login/moment.ts";
import { dayOf } from "../../platform/time/instant.ts";
import { wallClock } from "../../platform/time/wall-clock.ts";

const TIME_OF_DAY = /^(?:(today|yesterday)(?: |$))?(?:(\d{1,2}):(\d\d)(?::(\d\d))?)?$/i;
const DATE_AND_TIME = /^(\d{4}-\d\d-\d\d)[ T](\d):(\d\d.*)$/;

/**
 * A moment as people write it: RFC 3339 or ISO 8601, where it names no zone by the clock of another; `9:02`, the latest
 * that was; `yesterday 9:02`.
 */
export const momentText = z.string().refine((text) => readMoment(text, "UTC", 0) !== undefined, {
  error: "not a time, such as 2026-11-20T09:02:00Z, 2026-11-20 9:02, 9:02 or yesterday 9:02",
});

/** The zone of times that name none. */
export const zoneName = z.string().refine(isTimezone, { error: "not an IANA time zone, such as Europe/Budapest" });

/**
 * Milliseconds since the epoch; undefined when the text is no time.
 * @param zone of a text that names none
 * @param now milliseconds since the epoch
 */
export function readMoment(text: string, zone: string, now: number): number | undefined {
  const [, word, hour, minute, second] = TIME_OF_DAY.exec(text.trim()) ?? [];
  if (word === undefined && hour === undefined) return readRuleMoment(withTwoDigits(text.trim()), zone);
  const time = hour === undefined ? "00:00" : [hour.padStart(2, "0"), minute, second ?? "00"].join(":");
  const on = (days: number) => readRuleMoment(`${dateIn(zone, now, days)}T${time}`, zone);
  if (word?.toLowerCase() === "yesterday") return on(-1);
  const today = on(0);
  return word !== undefined || (today !== undefined && today <= now) ? today : on(-1);
}

/** ISO 8601 wants two digits of an hour. */
function withTwoDigits(text: string): string {
  return text.replace(DATE_AND_TIME, "$1T0$2:$3");
}

/**
 * The date that the clocks of a zone show, `days` later: not every day there has 24 hours.
 * @param at milliseconds since the epoch
 */
export function dateIn(zone: string, at: number, days: number): string {
  const { year, month, day } = wallClock(at, zone);
  return dayOf(Date.UTC(year, month - 1, day + days));
}
