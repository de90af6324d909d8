import { printMoment, zonedTime } from "./zoned-time.ts";

/** Requests of a source that were refused alike. Times in milliseconds since the epoch. */
export interface Refused {
  readonly reason: string;
  readonly count: number;
  readonly first: number;
  readonly last: number;
}

/** Of one minute so many that are alike are kept, so that there may have been more. */
const MAX_ALIKE = 5;

/** What is said of requests without a live key. */
export function tellRefused(refused: readonly Refused[], zone: string): string[] {
  if (refused.length === 0) return [];
  const sum = refused.reduce((total, { count }) => total + count, 0);
  const [first, last] = [Math.min(...refused.map((one) => one.first)), Math.max(...refused.map((one) => one.last))];
  const reasons = refused.map(({ reason, count }) => `${reason} ${count}`).join(", ");
  const when =
    first === last
      ? `at ${printMoment(first, zone)}`
      : `from ${printMoment(first, zone)} to ${zonedTime(last, zone, first)}`;
  const least = refused.some(({ count }) => count >= MAX_ALIKE) ? "At least " : "";
  const requests = sum === 1 ? "1 request of this source was" : `${sum} requests of this source were`;
  return [`${least}${requests} refused with 401 in these minutes, ${when}: ${reasons}`];
}
