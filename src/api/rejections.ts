import * as z from "zod";
import { listRejections, type RejectionRow } from "../log/counts/list-rejections.ts";
import { readRefusedRequest } from "../log/counts/refused-requests.ts";
import { requestedAt } from "../platform/request-id.ts";
import { toInstant } from "../platform/time.ts";
import { operation, Refusal } from "./operation.ts";
import { day, limit } from "./parameters.ts";

const item = z.looseObject({
  day: z.string(),
  source: z.string(),
  reason: z.string().describe("no_key, wrong_key, unknown_source, malformed, undecryptable, …; * is the rest of a day"),
  times: z.int(),
  kept: z.int().describe("how many of them are kept one by one, for 7 days; the others are only counted"),
  last: z.string(),
  places: z.array(z.string()).describe("where a key was looked for"),
  bytes: z.int().optional().describe("length of the last one's body; only of requests with a live key"),
  sha256: z.string().optional().describe("its digest"),
  members: z.array(z.string()).describe("the names that were seen in the body; only of requests with a live key"),
});

/** `GET /api/rejections` */
export const readRejections = operation({
  who: "viewer",
  summary: "Refused requests, counted by day, source and reason",
  takes: {
    query: z.strictObject({
      source: z.string().optional(),
      reason: z.string().optional(),
      since: day.optional(),
      cursor: z.coerce.number().int().nonnegative().default(0),
      limit,
    }),
  },
  gives: z.object({ items: z.array(item), next: z.string().nullable() }),
  run: async ({ query: { cursor: skip, limit, ...search }, env }) => {
    const rows = await listRejections(env.LOG, { ...search, skip }, limit + 1);
    return {
      items: rows.slice(0, limit).map(toItem),
      next: rows.length > limit ? String(skip + limit) : null,
    };
  },
});

function toItem({ detail, last, bytes, sha256, ...row }: RejectionRow): z.input<typeof item> {
  const body = { ...(bytes === null ? {} : { bytes }), ...(sha256 === null ? {} : { sha256 }) };
  return { ...row, ...detail, ...body, last: toInstant(last), members: memberNames(detail.skeleton ?? "") };
}

/** A skeleton may have been cut, and is no JSON then. */
function memberNames(skeleton: string): string[] {
  return [...new Set([...skeleton.matchAll(/"([^"\\]+)":/g)].map(([, name = ""]) => name))];
}

const request = z.object({
  request: z.string(),
  at: z.iso.datetime(),
  source: z.string(),
  kind: z.string().optional().describe("the kind in the URL, where the vendor has it"),
  reason: z.string(),
  status: z.int(),
  bytes: z.int().optional().describe("length of its body; only of requests with a live key"),
  agent: z.string().optional().describe("the first 200 characters of its user agent, scrubbed"),
  address: z.string().optional().describe("the network that it came from: three octets, or 48 bits"),
});

/** `GET /api/rejections/:id` */
export const readRejection = operation({
  who: "viewer",
  summary: "One refused request, by the id that its answer named as instance",
  takes: { params: z.object({ id: z.string() }) },
  gives: request,
  refusals: ["not_found"],
  run: async ({ params: { id }, env }) => {
    const found = await readRefusedRequest(env.LOG, id);
    if (found === undefined) return notKept;
    const { kind, bytes, agent, address, ...row } = found;
    return {
      ...row,
      at: toInstant(requestedAt(row.request)),
      ...(kind === null ? {} : { kind }),
      ...(bytes === null ? {} : { bytes }),
      ...(agent === null ? {} : { agent }),
      ...(address === null ? {} : { address }),
    };
  },
});

const notKept = new Refusal(
  "not_found",
  "Nothing is kept of such a request: it was not refused, or is older than 7 days, or came when its source had too many.",
);
