import * as z from "zod";
import { headerName } from "./header-name.ts";

const MAX_TIMEOUT_MS = 10_000;
const MAX_CACHE_SECONDS = 3600;

/** Who answers the questions of one kind, as far as a JSON Schema can say it; what else must hold is checked. */
const responder = z
  .strictObject({
    ask: z
      .string()
      .meta({ examples: ["https://crm.example.com/vcc/search"] })
      .describe("the URL that is asked, by POST"),
    secrets: z.array(z.string().min(1)).describe("env:NAME, whsec_… or whsk_…; all of them sign the question"),
    headers: z.record(headerName, z.string().min(1)).default({}).describe("values, or env:HEADER_…"),
    timeoutMs: z
      .int()
      .min(100)
      .max(MAX_TIMEOUT_MS)
      .optional()
      .describe("for connection, head and body together; 2500 for search and 1500 for ivr, unless given"),
    otherwise: z
      .union([z.record(z.string(), z.unknown()), z.string()])
      .optional()
      .describe("what is answered when the responder gives no good answer; without it 503"),
    cache: z
      .strictObject({
        seconds: z.number().positive().max(MAX_CACHE_SECONDS).describe("how long"),
        by: z.array(z.string().min(1)).min(1).describe("members of the question that must be the same"),
      })
      .optional()
      .describe("of ivr by GET alone: good answers are kept so long in memory"),
    record: z.boolean().default(false).describe("question and answer are stored, scrubbed; else neither is"),
  })
  .meta({ title: "Responder", description: "Who answers the questions of one kind." });

/** The kinds that a responder can answer, and who does. */
export const responders = z
  .strictObject({ search: responder.optional(), ivr: responder.optional() })
  .meta({ title: "Responders" });

export type ResponderDocument = z.infer<typeof responder>;
export type RespondersDocument = z.infer<typeof responders>;
