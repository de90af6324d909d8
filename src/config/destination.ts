import * as z from "zod";
import { eventTypes } from "../events/types.ts";
import { isMaskClass } from "./mask-class.ts";
import { reference } from "./source.ts";

/** Seconds after a failed attempt until the next: 15 attempts in a little over three days. */
export const DEFAULT_DELAYS = [5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800, 43200, 43200, 43200, 43200, 43200];
const LONGEST_DELAY = 86_400;

const signingSecret = reference.refine(
  (text) => text.startsWith("env:") || text.startsWith("whsec_") || text.startsWith("whsk_"),
  "a signing secret starts with whsec_ or whsk_",
);

const pattern = z
  .string()
  .refine(
    (text) => text === "*" || eventTypes.some((type) => type === text || matchesPrefix(text, type)),
    "no such event type; use a type, a group such as call.*, or *",
  );

const value = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const expiry = z.number().positive();
const maskAction = z.enum(["remove", "last4", "pseudonym"]);
const masked = z
  .string()
  .refine(
    (name) => isMaskClass(name) || /^data(\.[^.]+)+$/.test(name),
    "no such class: phone, email, name or text, or a path such as data.customer.accountId",
  );

/** Where a header of ours stands already, or the platform's. */
const RESERVED_HEADER = /^(webhook-.*|ce-.*|content-.*|host|user-agent|connection|transfer-encoding)$/i;

/** A downstream URL and what it wants. */
export const destination = z
  .strictObject({
    url: z.url({ protocol: /^https?$/ }),
    secrets: z.array(signingSecret),
    events: z.array(pattern).default(["*"]),
    sources: z.array(z.string().min(1)).default(["*"]),
    where: z.record(z.string(), z.array(value)).default({}),
    format: z.enum(["cloudevents", "standard", "raw"]).default("cloudevents"),
    raw: z.boolean().default(false),
    mask: z.record(masked, maskAction).default({}),
    headers: z
      .record(
        z
          .string()
          .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, "not a header name")
          .refine((name) => !RESERVED_HEADER.test(name), "this header is ours to set"),
        reference,
      )
      .default({}),
    timeoutMs: z.int().min(100).max(30_000).default(10_000),
    retry: z
      .strictObject({ delays: z.array(z.number().nonnegative().max(LONGEST_DELAY)).max(100) })
      .default({ delays: DEFAULT_DELAYS }),
    expireAfter: z.union([expiry, z.record(z.string(), expiry)]).optional(),
    limit: z
      .strictObject({ perSecond: z.number().positive().optional(), concurrency: z.int().positive().optional() })
      .optional(),
    paused: z.boolean().default(false),
  })
  .refine(({ format, mask }) => format !== "raw" || !Object.keys(mask).some(isMaskClass), {
    path: ["mask"],
    error: "the raw format is the vendor's own body, in which no class can be masked; mask paths below data.raw",
  });

export type DestinationDocument = z.infer<typeof destination>;

function matchesPrefix(group: string, type: string): boolean {
  return group.endsWith(".*") && type.startsWith(group.slice(0, -1));
}
