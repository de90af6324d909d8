import * as z from "zod";
import { readDays, readHours } from "../log/ledger/by-day.ts";
import { readFlows } from "../log/ledger/flow-by-span.ts";
import { openText } from "../platform/shown.ts";
import { DAY_MS, dayOf, HOUR_MS, hourOf } from "../platform/time/instant.ts";
import { ledgerLine } from "./ledger-line.ts";
import { operation, Refusal } from "./operation.ts";
import { day } from "./parameters.ts";
import { momentText, readMoment, zoneName } from "./times/moment.ts";

/** How far back a series goes unless it is said. */
const USUAL_SPAN_MS = { day: 30 * DAY_MS, hour: 23 * HOUR_MS } as const;
/** Hours that one request may ask for; it has a line for each of them and each source. */
const MAX_HOURS = 7 * 24;

const HOUR = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3])$/;
/** Its day or hour counts, in UTC. */
const point = z.string().refine((text) => isPoint(text) || momentText.safeParse(text).success, {
  error: "not a day, an hour or a time, such as 2026-11-20, 2026-11-20T09, 9:02 or yesterday 9:02",
});
const count = z.int();
const line = { day: openText, hour: openText.optional().describe("UTC, where it was asked by hour") };

/** `GET /api/stats` */
export const stats = operation({
  who: "viewer",
  summary: "The ledger by day or hour and source, and what happened at each destination, as time series",
  takes: {
    query: z.strictObject({
      since: point
        .optional()
        .describe(
          "a UTC day, or an hour of one where it is asked by hour, or a time in it; 30 days ago by default, or 23 hours",
        ),
      until: point.optional().describe("both ends are included; now by default"),
      zone: zoneName.optional().describe("IANA zone of times that name none; UTC by default"),
      bucket: z.enum(["day", "hour"]).default("day").describe("by hour at most 7 days at once, of the last 35"),
    }),
  },
  gives: z.object({
    bucket: openText,
    since: openText,
    until: openText,
    items: z.array(ledgerLine.extend({ ...line, source: openText })),
    destinations: z
      .array(
        z.object({
          ...line,
          destination: openText,
          due: count,
          delivered: count,
          dead: count,
          expired: count,
          attempts: count.describe("requests that were sent; those beyond `delivered` failed"),
        }),
      )
      .describe("when it happened, replays among it"),
  }),
  run: async ({ query: { bucket, zone = "UTC", ...asked }, env, now }) => {
    const read = (text: string | undefined, otherwise: number) => {
      if (text !== undefined && isPoint(text)) return text;
      return usual(bucket, text === undefined ? otherwise : (readMoment(text, zone, now) ?? otherwise));
    };
    const [since, until] = [read(asked.since, now - USUAL_SPAN_MS[bucket]), read(asked.until, now)];
    if (bucket === "day") {
      if (!isDay(since) || !isDay(until)) return new Refusal("invalid_request", "query: hours need bucket=hour");
      const [items, flows] = await Promise.all([
        readDays(env.LOG, since, until),
        readFlows(env.LOG, "day", since, until),
      ]);
      return { bucket, since, until, items, destinations: flows.map(({ span, ...flow }) => ({ day: span, ...flow })) };
    }
    const [first, last] = [isDay(since) ? `${since}T00` : since, isDay(until) ? `${until}T23` : until];
    if (hoursBetween(first, last) > MAX_HOURS) {
      return new Refusal("invalid_request", "query.since: by hour at most 7 days at once");
    }
    const [items, flows] = await Promise.all([
      readHours(env.LOG, first, last),
      readFlows(env.LOG, "hour", first, last),
    ]);
    return {
      bucket,
      since: first,
      until: last,
      items: items.map((item) => ({ day: item.hour.slice(0, DAY_CHARACTERS), ...item })),
      destinations: flows.map(({ span, ...flow }) => ({ day: span.slice(0, DAY_CHARACTERS), hour: span, ...flow })),
    };
  },
});

const DAY_CHARACTERS = "YYYY-MM-DD".length;

function usual(bucket: "day" | "hour", at: number): string {
  return bucket === "day" ? dayOf(at) : hourOf(at);
}

function isDay(text: string): boolean {
  return text.length === DAY_CHARACTERS;
}

/** Whether a text is a day or an hour. */
function isPoint(text: string): boolean {
  return HOUR.test(text) || day.safeParse(text).success;
}

function hoursBetween(first: string, last: string): number {
  return (Date.parse(`${last}:00Z`) - Date.parse(`${first}:00Z`)) / HOUR_MS + 1;
}
