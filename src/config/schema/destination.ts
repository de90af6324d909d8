import * as z from "zod";
import { headerName } from "./header-name.ts";

/** Seconds after a failed attempt until the next: 15 attempts in a little over three days. */
export const DEFAULT_DELAYS_SECONDS = [
  5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800, 43200, 43200, 43200, 43200, 43200,
];
const MAX_DELAY_SECONDS = 86_400;

const value = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const expiry = z.number().positive().describe("Seconds.");

/** A downstream URL and what it wants, as far as a JSON Schema can say it; what else must hold is checked. */
export const destination = z
  .strictObject({
    url: z
      .string()
      .meta({ description: "where events are posted; https only", examples: ["https://crm.example.com/hooks"] }),
    secrets: z.array(z.string().min(1)).describe("env:NAME, whsec_… or whsk_…; all of them sign"),
    events: z.array(z.string().min(1)).default(["*"]).describe("types, groups such as call.*, or *"),
    sources: z.array(z.string().min(1)).default(["*"]).describe("ids of sources, or *"),
    where: z
      .record(z.string(), z.array(value))
      .default({})
      .describe("by path (data.campaign.id): the values of which it must have one"),
    format: z
      .enum(["cloudevents", "standard", "raw"])
      .default("cloudevents")
      .describe("cloudevents; standard, as Standard Webhooks suggests; raw, the vendor's own body"),
    raw: z.boolean().default(false).describe("whether data.raw comes along: the vendor's body without secrets"),
    mask: z
      .record(z.string(), z.enum(["remove", "last4", "pseudonym"]))
      .default({})
      .describe("by class (phone, email, name, text) or path (data.customer.accountId)"),
    headers: z.record(headerName, z.string().min(1)).default({}).describe("further headers: values, or env:HEADER_…"),
    timeoutMs: z.int().min(100).max(30_000).default(10_000).describe("milliseconds that an answer may take"),
    retry: z
      .strictObject({
        delays: z
          .array(z.number().nonnegative().max(MAX_DELAY_SECONDS))
          .max(100)
          .describe("seconds after each failed attempt until the next"),
      })
      .default({ delays: DEFAULT_DELAYS_SECONDS })
      .describe("when it is tried again"),
    expireAfter: z
      .union([expiry, z.record(z.string(), expiry)])
      .optional()
      .describe("seconds after which an event is not sent any more: of all, or by type"),
    limit: z
      .strictObject({
        perSecond: z.number().positive().optional().describe("requests a second"),
        concurrency: z.int().positive().optional().describe("requests at once"),
      })
      .optional()
      .describe("how much it takes"),
    paused: z.boolean().default(false).describe("whether its deliveries wait"),
  })
  .meta({ title: "Destination", description: "A downstream URL and what it wants." });

export type DestinationDocument = z.infer<typeof destination>;
