import { Temporal } from "temporal-polyfill";
import * as z from "zod";
import { readMoment } from "../../login/moment.ts";

const TIME_OF_DAY = /^(\d{1,2}):(\d\d)$/;

/** A moment as people write it: ISO 8601, without a zone by the source's clock; or a time of day, the latest that was. */
export const momentText = z.string().refine((text) => readAt(text, "UTC", 0) !== undefined, {
  error: "not a time, such as 2026-11-20T09:02, 2026-11-20T09:02:00Z or 09:02",
});

/**
 * Milliseconds since the epoch; undefined when the text is no time.
 * @param now milliseconds since the epoch
 */
export function readAt(text: string, zone: string, now: number): number | undefined {
  const [, hour, minute] = TIME_OF_DAY.exec(text) ?? [];
  if (hour === undefined || minute === undefined) return readMoment(text, zone);
  if (Number(hour) > 23 || Number(minute) > 59) return undefined;
  const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
  const today = local.withPlainTime({ hour: Number(hour), minute: Number(minute) });
  return (today.epochMilliseconds > now ? today.subtract({ days: 1 }) : today).epochMilliseconds;
}
