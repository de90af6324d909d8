import * as z from "zod";
import { loadRelay } from "../../config/load-relay.ts";
import type { RefusedRequest } from "../../log/counts/refused-requests.ts";
import { requestedAt } from "../../platform/request-id.ts";
import { openText } from "../../platform/shown.ts";
import { toInstant } from "../../platform/time/instant.ts";
import type { Work } from "../../platform/work.ts";
import { adviseOn, type RefusedFor } from "./advice.ts";

/** What happened and what to do, as answers have it. */
export const advice = z.object({
  sentence: openText.describe("what happened"),
  next: openText.describe("what to do about it"),
});

/** A refused request, as answers have it. */
export const refusedRequest = advice.extend({
  request: openText,
  at: z.iso.datetime(),
  source: openText,
  kind: openText.optional().describe("the kind in the URL, where the vendor has it"),
  reason: openText,
  status: z.int(),
  bytes: z.int().optional().describe("length of its body; only of requests with a live key"),
  agent: openText.optional().describe("the first 200 characters of its user agent, scrubbed"),
  address: openText.optional().describe("the network that it came from: three octets, or 48 bits"),
  came: z.array(openText).optional().describe("where something stood that may be its key, and nobody looks for one"),
});

type Advise = (refused: RefusedFor) => z.input<typeof advice>;

/** What says why something was refused, by the configuration in force. */
export async function adviser(work: Work): Promise<Advise> {
  const loaded = await loadRelay(work);
  const sources = loaded.state === "ready" ? loaded.value.sources : new Map();
  return (refused) => adviseOn(refused, { source: sources.get(refused.source), ids: [...sources.keys()] });
}

/** The ids of the sources in force. */
export async function sourceIds(work: Work): Promise<string[]> {
  const loaded = await loadRelay(work);
  return loaded.state === "ready" ? [...loaded.value.sources.keys()] : [];
}

/** A refused request in words. */
export function viewRequest(
  { request, kind, bytes, agent, address, came, ...row }: RefusedRequest,
  advise: Advise,
): z.input<typeof refusedRequest> {
  const places = came === null || came === undefined ? undefined : came.split(", ");
  return {
    request,
    at: toInstant(requestedAt(request)),
    ...row,
    ...(kind === null ? {} : { kind }),
    ...(bytes === null ? {} : { bytes }),
    ...(agent === null ? {} : { agent }),
    ...(address === null ? {} : { address }),
    ...(places === undefined ? {} : { came: places }),
    ...advise({ ...row, kind: kind ?? undefined, came: places }),
  };
}
