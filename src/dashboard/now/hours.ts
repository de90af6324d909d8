import { sourceId } from "../../config/schema/source.ts";
import type { Series } from "./told.ts";

const HOUR_MS = 3_600_000;

/** What was counted in one hour. `at`: when it began, RFC 3339. */
export interface HourCounts {
  readonly at: string;
  readonly webhooks: number;
  readonly logins: number;
  readonly delivered: number;
  /** Attempts that did not deliver. */
  readonly failed: number;
}

/** Every hour of a series, the oldest first, those without anything among them. What the relay sends to itself is none of it. */
export function readHours({ since, until, items, destinations }: Series): HourCounts[] {
  const [first, last] = [Date.parse(`${since}:00Z`), Date.parse(`${until}:00Z`)];
  const hours = Array.from({ length: Math.round((last - first) / HOUR_MS) + 1 }, (_, n) => first + n * HOUR_MS);
  const webhooks = items.filter(({ source }) => isSource(source));
  return hours.map((at) => {
    const told = new Date(at).toISOString();
    const hour = told.slice(0, "YYYY-MM-DDTHH".length);
    const of = <T extends { hour?: string | undefined }>(lines: readonly T[], count: (line: T) => number) =>
      lines.filter((line) => line.hour === hour).reduce((sum, line) => sum + count(line), 0);
    return {
      at: told,
      webhooks: of(webhooks, (line) => line.webhooks.accepted),
      logins: of(webhooks, (line) => line.logins.decided),
      delivered: of(destinations, ({ delivered }) => delivered),
      failed: of(destinations, ({ attempts, delivered }) => Math.max(0, attempts - delivered)),
    };
  });
}

/** How many webhooks and logins an hour came from a source in the hours before this one in which any came; undefined where none did. */
export function usualPerHour(source: string, { until, items }: Series): number | undefined {
  const hours = items
    .filter((line) => line.source === source && line.hour !== until)
    .map(({ webhooks, logins }) => webhooks.accepted + logins.decided)
    .filter((number) => number > 0);
  return hours.length === 0 ? undefined : hours.reduce((sum, number) => sum + number, 0) / hours.length;
}

function isSource(source: string): boolean {
  return sourceId.safeParse(source).success;
}
