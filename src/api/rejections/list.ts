import * as z from "zod";
import { listRefusedRequests } from "../../log/counts/list-refused-requests.ts";
import { listRejections, type RejectionRow } from "../../log/counts/list-rejections.ts";
import { requestId } from "../../platform/request-id.ts";
import { openText } from "../../platform/shown.ts";
import { toInstant } from "../../platform/time/instant.ts";
import { operation } from "../operation.ts";
import { limit } from "../parameters.ts";
import { readSpan, spanParameters } from "../times/span.ts";
import type { Advice, RefusedFor } from "./advice.ts";
import { advice, adviser, refusedRequest, viewRequest } from "./view.ts";

const item = advice.loose().extend({
  day: openText,
  source: openText,
  reason: openText.describe("no_key, wrong_key, unknown_source, malformed, undecryptable, …; * is the rest of a day"),
  times: z.int(),
  kept: z.int().describe("how many of them are kept one by one, for 7 days; the others are only counted"),
  last: openText,
  places: z.array(openText).describe("where a key was looked for"),
  came: z.array(openText).optional().describe("where something stood that may be its key, and nobody looks for one"),
  bytes: z.int().optional().describe("length of the last one's body; only of requests with a live key"),
  sha256: openText.optional().describe("its digest"),
  members: z.array(openText).describe("the names that were seen in the body; only of requests with a live key"),
});

/** `GET /api/rejections` */
export const readRejections = operation({
  who: "viewer",
  summary: "Refused requests: counted by day, source and reason, and one by one",
  takes: {
    query: z.strictObject({
      source: z.string().optional().describe("id of a source, also one that there is not"),
      reason: z.string().optional().describe("one word, such as wrong_key"),
      ...spanParameters,
      cursor: z.coerce.number().int().nonnegative().default(0).describe("`next` of the page before, for the counters"),
      before: requestId.optional().describe("`nextRequest` of the page before, for the requests"),
      limit,
    }),
  },
  gives: z.object({
    items: z.array(item).describe("counters of the days that the span touches"),
    next: openText.nullable(),
    requests: z.array(refusedRequest).describe("those of the last 7 days that are kept, the newest first"),
    nextRequest: openText.nullable(),
  }),
  run: async ({ query: { cursor: skip, before, limit, zone, ...asked }, ...work }) => {
    const { source, reason } = asked;
    const { LOG } = work.env;
    const span = await readSpan({ ...asked, zone }, work);
    const [rows, requests, advise] = await Promise.all([
      listRejections(LOG, { source, reason, ...span, skip }, limit + 1),
      listRefusedRequests(LOG, { source, reason, ...span, before }, limit + 1),
      adviser(work),
    ]);
    const page = requests.slice(0, limit);
    return {
      items: rows.slice(0, limit).map((row) => toItem(row, advise)),
      next: rows.length > limit ? String(skip + limit) : null,
      requests: page.map((request) => viewRequest(request, advise)),
      nextRequest: requests.length > limit ? (page.at(-1)?.request ?? null) : null,
    };
  },
});

function toItem(
  { detail, last, bytes, sha256, ...row }: RejectionRow,
  advise: (refused: RefusedFor) => Advice,
): z.input<typeof item> {
  const { skeleton = "", ...kept } = detail;
  const body = { ...(bytes === null ? {} : { bytes }), ...(sha256 === null ? {} : { sha256 }) };
  return {
    ...row,
    ...kept,
    ...body,
    last: toInstant(last),
    members: memberNames(skeleton),
    ...advise({ ...row, came: detail.came }),
  };
}

/** A skeleton may have been cut, and is no JSON then. */
function memberNames(skeleton: string): string[] {
  return [...new Set([...skeleton.matchAll(/"([^"\\]+)":/g)].map(([, name = ""]) => name))];
}
