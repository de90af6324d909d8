import * as z from "zod";
import { readRuleMoment } from "../../login/moment.ts";
import { DAY_MS } from "../../platform/time.ts";
import { wallClock } from "../../platform/wall-clock.ts";

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
  if (hour === undefined || minute === undefined) return readRuleMoment(text, zone);
  if (Number(hour) > 23 || Number(minute) > 59) return undefined;
  const today = readRuleMoment(`${dateIn(zone, now)}T${hour.padStart(2, "0")}:${minute}`, zone);
  if (today !== undefined && today <= now) return today;
  return readRuleMoment(`${dateIn(zone, now - DAY_MS)}T${hour.padStart(2, "0")}:${minute}`, zone);
}

function dateIn(zone: string, at: number): string {
  const { year, month, day } = wallClock(at, zone);
  return [year, month, day].map((part) => String(part).padStart(2, "0")).join("-");
}
