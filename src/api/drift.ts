import * as z from "zod";
import { readDrift } from "../log/counts/drift.ts";
import { openText } from "../platform/shown.ts";
import { toInstant } from "../platform/time/instant.ts";
import { operation } from "./operation.ts";

const MAX_ITEMS = 500;

/** `GET /api/drift` */
export const drift = operation({
  who: "viewer",
  summary: "What nobody expected in the webhooks, the newest first",
  takes: { query: z.strictObject({ source: z.string().optional() }) },
  gives: z.object({
    items: z.array(
      z.object({
        source: openText,
        path: openText,
        what: openText,
        first: openText,
        last: openText,
        times: z.int(),
        sample: openText,
      }),
    ),
  }),
  run: async ({ query: { source }, env }) => {
    const found = await readDrift(env.LOG, source, MAX_ITEMS);
    return { items: found.map((one) => ({ ...one, first: toInstant(one.first), last: toInstant(one.last) })) };
  },
});
