import * as z from "zod";
import { headerName } from "./header-name.ts";

/** Seconds after a failed attempt until the next: 15 attempts in a little over three days. */
export const DEFAULT_DELAYS_SECONDS = [
  5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800, 43200, 43200, 43200, 43200, 43200,
];
const MAX_DELAY_SECONDS = 86_400;

const value = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const expiry = z.number().positive();

/** A downstream URL and what it wants, as far as a JSON Schema can say it; what else must hold is checked. */
export const destination = z.strictObject({
  url: z.string().meta({ examples: ["https://crm.example.com/hooks"] }),
  secrets: z.array(z.string().min(1)).describe("env:NAME, whsec_… or whsk_…; all of them sign"),
  events: z.array(z.string().min(1)).default(["*"]).describe("types, groups such as call.*, or *"),
  sources: z.array(z.string().min(1)).default(["*"]),
  where: z.record(z.string(), z.array(value)).default({}),
  format: z.enum(["cloudevents", "standard", "raw"]).default("cloudevents"),
  raw: z.boolean().default(false),
  mask: z
    .record(z.string(), z.enum(["remove", "last4", "pseudonym"]))
    .default({})
    .describe("by class (phone, email, name, text) or path (data.customer.accountId)"),
  headers: z.record(headerName, z.string().min(1)).default({}).describe("values, or env:HEADER_…"),
  timeoutMs: z.int().min(100).max(30_000).default(10_000),
  retry: z
    .strictObject({ delays: z.array(z.number().nonnegative().max(MAX_DELAY_SECONDS)).max(100) })
    .default({ delays: DEFAULT_DELAYS_SECONDS }),
  expireAfter: z.union([expiry, z.record(z.string(), expiry)]).optional(),
  limit: z
    .strictObject({ perSecond: z.number().positive().optional(), concurrency: z.int().positive().optional() })
    .optional(),
  paused: z.boolean().default(false),
});

export type DestinationDocument = z.infer<typeof destination>;
