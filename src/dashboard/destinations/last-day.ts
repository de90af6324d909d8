import type * as z from "zod";
import type { stats } from "../../api/stats.ts";

type Stats = z.output<typeof stats.gives>;
const HOURS = 24;
const HOUR_MS = 3_600_000;

/** What happened at a destination in each of the last 24 hours, the oldest first. */
export interface LastDay {
  /** `09:00`, UTC. */
  readonly names: readonly string[];
  readonly delivered: readonly number[];
  /** Attempts that did not deliver. */
  readonly failed: readonly number[];
}

/** Reads it out of the statistics by hour. @param now milliseconds since the epoch */
export function lastDayOf(id: string, { destinations }: Pick<Stats, "destinations">, now: number): LastDay {
  const own = new Map(destinations.filter(({ destination }) => destination === id).map((line) => [line.hour, line]));
  const hours = Array.from({ length: HOURS }, (_, n) =>
    new Date(now - (HOURS - 1 - n) * HOUR_MS).toISOString().slice(0, "YYYY-MM-DDTHH".length),
  );
  const lines = hours.map((hour) => own.get(hour));
  return {
    names: hours.map((hour) => `${hour.slice(-2)}:00`),
    delivered: lines.map((line) => line?.delivered ?? 0),
    failed: lines.map((line) => Math.max(0, (line?.attempts ?? 0) - (line?.delivered ?? 0))),
  };
}

/** `0 of 12`, how many attempts of a day did not deliver; undefined where none was made. */
export function errorRate({ delivered, failed }: LastDay): string | undefined {
  const [good, bad] = [sum(delivered), sum(failed)];
  if (good + bad === 0) return undefined;
  const percent = Math.round((bad / (good + bad)) * 1000) / 10;
  return `${percent} % (${bad} of ${good + bad} attempts)`;
}

/** All of them together. */
export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
