import * as z from "zod";
import { searchAudit } from "../../log/audit/list.ts";
import { toInstant } from "../../platform/time/instant.ts";
import { operation } from "../operation.ts";
import { limit } from "../parameters.ts";
import { readSpan, spanParameters } from "../times/span.ts";

const erasable = z.string().nullable();

/** `GET /api/audit` */
export const listAudit = operation({
  who: "admin",
  summary: "Who did what, the newest first",
  takes: {
    query: z.strictObject({
      who: z.string().optional().describe("exactly: the name of a token, an e-mail address, or part of an address"),
      what: z.string().optional().describe("exactly, or with a * at its end: permissions/acme-vcc*"),
      ...spanParameters,
      cursor: z.coerce.number().int().min(1).optional().describe("`next` of the page before"),
      limit,
    }),
  },
  gives: z.object({
    items: z.array(
      z.object({
        seq: z.int(),
        at: z.iso.datetime(),
        who: erasable.describe("null where it was erased, as what and reason then are"),
        role: z.string(),
        action: z.string(),
        what: erasable,
        before: z.string().nullable().describe("hash of what was there"),
        after: z.string().nullable().describe("hash of what is there since"),
        reason: erasable,
        hash: z.string().describe("covers all of it, and the hash of the entry before"),
      }),
    ),
    next: z.int().nullable(),
  }),
  run: async ({ query: { who, what, cursor, limit, ...asked }, ...work }) => {
    const { since, until } = await readSpan(asked, work);
    const { entries, next } = await searchAudit(work.env.LOG, { who, what, since, until, before: cursor }, limit);
    return { items: entries.map((entry) => ({ ...entry, at: toInstant(entry.at) })), next: next ?? null };
  },
});
