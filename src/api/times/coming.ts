import { dateIn, readMoment } from "./moment.ts";

const BARE_TIME = /^\d{1,2}:\d\d(?::\d\d)?$/;

/**
 * A moment to come as people write it: `17:00` is the next that will be; all else is read as any moment. Milliseconds
 * since the epoch; undefined when the text is no time.
 * @param zone of a text that names none
 * @param now milliseconds since the epoch
 */
export function readComing(text: string, zone: string, now: number): number | undefined {
  const time = text.trim();
  if (!BARE_TIME.test(time)) return readMoment(time, zone, now);
  const today = readMoment(`today ${time}`, zone, now);
  return today === undefined || today > now ? today : readMoment(`${dateIn(zone, now, 1)} ${time}`, zone, now);
}
