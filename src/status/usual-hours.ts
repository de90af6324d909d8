import { DAY_MS, HOUR_MS, hourOf } from "../platform/time/instant.ts";
import { momentShown, printMomentUtc, wallClock } from "../platform/time/wall-clock.ts";

const WEEKS = [1, 2, 3, 4];

/**
 * The hours that show what is usual: the one that is over now, as it was on the clocks of a zone in each of the last four
 * weeks; UTC, `YYYY-MM-DDTHH`.
 * @param now milliseconds since the epoch
 */
export function usualHours(now: number, zone: string): string[] {
  const over = now - (now % HOUR_MS) - HOUR_MS;
  const { hour } = wallClock(over, zone);
  return WEEKS.map((weeks) => {
    const { year, month, day } = wallClock(over - weeks * 7 * DAY_MS, zone);
    const [date, time] = [
      [year, month, day],
      [hour, 0],
    ].map((parts) => parts.map((part) => String(part).padStart(2, "0")));
    return hourOf(Date.parse(printMomentUtc(momentShown(`${date?.join("-")}T${time?.join(":")}`, zone))));
  });
}
