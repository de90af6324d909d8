import * as z from "zod";
import { readLedger } from "../log/ledger/ledger.ts";
import { type Mismatch, recountDay } from "../log/ledger/recount.ts";
import { openText } from "../platform/shown.ts";
import { DAY_MS, dayOf } from "../platform/time/instant.ts";
import { ledgerLine } from "./ledger-line.ts";
import { type ApiRequest, operation, Refusal } from "./operation.ts";
import { day } from "./parameters.ts";

/** Days that one request counts again. */
const MAX_DAYS = 7;
/** Older days are on their way out of the log, and their tally stays. */
const RECOUNTABLE_MS = 28 * DAY_MS;

const mismatch = z.object({
  day: openText,
  source: openText,
  counter: openText,
  tally: z.int(),
  log: z.int(),
});

/** `GET /api/ledger` */
export const ledger = operation({
  who: "viewer",
  summary: "What became of everything that was accepted; `recount=1` counts days again from the log",
  takes: {
    query: z.strictObject({
      recount: z.enum(["1", "true"]).optional(),
      since: day.optional().describe("first day to count again; today by default"),
      until: day.optional().describe("last day to count again; today by default"),
    }),
  },
  gives: ledgerLine.extend({
    balanced: z.boolean(),
    uncounted: z
      .array(z.enum(["waiting", "unread"]))
      .optional()
      .describe(
        "of this there is more than one request counts: `waiting` is then what the counters say, and `balanced` that no less waits; `unread` is at least so much",
      ),
    webhooks: ledgerLine.shape.webhooks.extend({ unread: z.int() }),
    sources: z.record(openText, ledgerLine),
    recounted: z.array(openText).optional().describe("days that were counted again"),
    unchecked: z.array(openText).optional().describe("days with too many rows for one request"),
    mismatches: z.array(mismatch).optional(),
  }),
  run: async ({ query: { recount, since, until }, env, now }) => {
    const days = recount === undefined ? [] : daysBetween(since, until, now);
    if (days instanceof Refusal) return days;
    const backlogs = await Promise.all([env.EVENTS.metrics(), env.DEAD.metrics()]);
    const queued = backlogs.reduce((sum, { backlogCount }) => sum + backlogCount, 0);
    const told = await readLedger(env.LOG, queued);
    return recount === undefined ? told : { ...told, ...(await recountDays(env, days)) };
  },
});

function daysBetween(
  since: string | undefined,
  until: string | undefined,
  now: number,
): string[] | Refusal<"invalid_request"> {
  const last = Date.parse(until ?? dayOf(now));
  const first = Date.parse(since ?? dayOf(last));
  const days = Math.floor((last - first) / DAY_MS) + 1;
  if (days < 1 || days > MAX_DAYS || first < now - RECOUNTABLE_MS) {
    return new Refusal(
      "invalid_request",
      `Count 1 to ${MAX_DAYS} days of the last ${RECOUNTABLE_MS / DAY_MS} at a time.`,
    );
  }
  return Array.from({ length: days }, (_, position) => dayOf(first + position * DAY_MS));
}

async function recountDays({ LOG }: ApiRequest["env"], days: readonly string[]) {
  const recounted: string[] = [];
  const unchecked: string[] = [];
  const mismatches: Mismatch[] = [];
  for (const counted of days) {
    const found = await recountDay(LOG, counted);
    (found === undefined ? unchecked : recounted).push(counted);
    mismatches.push(...(found ?? []));
  }
  return { recounted, unchecked, mismatches };
}
