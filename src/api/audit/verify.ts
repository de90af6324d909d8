import * as z from "zod";
import { MAX_VERIFIED, verifyAudit } from "../../log/audit/verify.ts";
import { operation } from "../operation.ts";

/** `GET /api/audit/verify` */
export const verifyChain = operation({
  who: "admin",
  summary: `Looks whether the chain of the audit is whole, ${MAX_VERIFIED} entries at a time`,
  takes: {
    query: z.strictObject({
      cursor: z.coerce.number().int().min(1).optional().describe("`next` of the call before"),
      head: z
        .string()
        .regex(/^[0-9a-f]{64}$/, "the hash of an entry has 64 small letters and digits")
        .optional()
        .describe("a hash that was noted before, which some entry has to have"),
    }),
  },
  gives: z.object({
    ok: z.boolean().describe("nothing is broken in the part that was looked at"),
    entries: z.int().describe("how many there are"),
    head: z.string().describe("the hash of the newest; empty where there is none"),
    firstBroken: z.int().optional().describe("the number of the first entry that is not as it was written"),
    why: z.enum(["missing", "changed", "personal_part_changed"]).optional(),
    found: z.int().optional().describe("the number of the entry that has the hash asked for, if it is in this part"),
    next: z.int().nullable().describe("go on with this as cursor; null when all was looked at, or something is broken"),
  }),
  run: async ({ query: { cursor = 0, head: wanted }, env }) => {
    const { head, broken, found, next } = await verifyAudit(env.LOG, cursor, wanted);
    return {
      ok: broken === undefined,
      entries: head.seq,
      head: head.hash,
      ...(broken === undefined ? {} : { firstBroken: broken.seq, why: broken.why }),
      ...(found === undefined ? {} : { found }),
      next: next ?? null,
    };
  },
});
