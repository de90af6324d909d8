import { momentOf, momentShown } from "../platform/time/wall-clock.ts";

const MOMENT = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

/** Whether a time tells its offset, so that it means the same in every zone. */
export function hasOffset(text: string): boolean {
  return MOMENT.exec(text)?.[1] !== undefined;
}

/**
 * Milliseconds since the epoch of an ISO 8601 time; undefined when there is no such time.
 * One without offset is read in `zone` (in a gap of daylight saving moved forward, in an overlap the earlier of the two);
 * a bare date is the start of that day.
 */
export function readRuleMoment(text: string, zone: string): number | undefined {
  const match = MOMENT.exec(text);
  if (match === null) return undefined;
  const [, offset] = match;
  try {
    return (offset === undefined ? momentShown(text, zone) : momentOf(text)).epochMilliseconds;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
