import * as z from "zod";
import { readDays } from "../log/ledger/by-day.ts";
import { openText } from "../platform/shown.ts";
import { DAY_MS, dayOf } from "../platform/time.ts";
import { ledgerLine } from "./ledger-line.ts";
import { operation } from "./operation.ts";
import { day } from "./parameters.ts";

/** How far back a series goes unless it is said. */
const USUAL_SPAN_MS = 30 * DAY_MS;

/** `GET /api/stats` */
export const stats = operation({
  who: "viewer",
  summary: "The ledger by day and source, as time series",
  takes: {
    query: z.strictObject({
      since: day.optional().describe("30 days ago by default"),
      until: day.optional().describe("today by default"),
      bucket: z.enum(["day"]).default("day"),
    }),
  },
  gives: z.object({
    bucket: openText,
    since: openText,
    until: openText,
    items: z.array(ledgerLine.extend({ day: openText, source: openText })),
  }),
  run: async ({ query: { bucket, ...asked }, env, now }) => {
    const { since = dayOf(now - USUAL_SPAN_MS), until = dayOf(now) } = asked;
    return { bucket, since, until, items: await readDays(env.LOG, since, until) };
  },
});
