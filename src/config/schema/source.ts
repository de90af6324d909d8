import * as z from "zod";
import { vendorIds } from "../../vendors/index.ts";
import { hours } from "./hours.ts";
import { keyPlaces } from "./key-place.ts";
import { labels } from "./labels.ts";
import { mapping } from "./mapping.ts";
import { responders } from "./responders.ts";
import { signature } from "./signature.ts";
import { isTimezone } from "./timezone.ts";

/** A secret: `env:NAME`, or the value itself (which works, with a warning). */
const reference = z.string().min(1).describe("env:NAME, sealed:…, or the value itself");

export const sourceId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, "letters, digits, - and _, at most 64");

export const timezone = z.string().refine(isTimezone, "not an IANA time zone, such as Europe/Budapest");

const scrubPath = z
  .string()
  .regex(/^[^.]+(\.[^.]+)*$/, "names with one dot between, such as client_data.ssn; none of them may be empty");

const encryption = z
  .strictObject({
    cipher: z.string().toLowerCase().describe("such as aes-256-ctr"),
    key: reference,
    iv: z
      .string()
      .regex(/^query:.+/, "query:<parameter>")
      .optional()
      .describe("query: and the parameter that has the IV"),
    required: z.boolean().default(false).describe("whether plain JSON is refused"),
  })
  .meta({ title: "Encryption", description: "How the vendor encrypts bodies." });

const guard = z
  .strictObject({
    mode: z
      .enum(["enforce", "shadow"])
      .default("enforce")
      .describe("shadow: the map decides nothing; what it would have answered is logged"),
    ask: z.string().optional().describe("URL of the responder that decides in the shadow"),
    askTimeoutMs: z.int().min(100).max(5000).default(2000).describe("milliseconds that it may take"),
  })
  .meta({ title: "Guard" });

export type GuardDocument = z.infer<typeof guard>;

/** One configured account of a vendor, as far as a JSON Schema can say it; what else must hold is checked. */
export const source = z
  .strictObject({
    vendor: z.enum(vendorIds).describe("the product that sends"),
    keys: z.array(reference).min(1).describe("what the vendor proves itself with; all are live at once"),
    auth: keyPlaces.optional().describe("where the keys may be, unless it is the vendor's usual place"),
    timezone: z
      .string()
      .meta({ description: "IANA zone of times that name none", examples: ["Europe/Budapest"] })
      .optional(),
    region: z
      .string()
      .toUpperCase()
      .meta({ description: "country of numbers that name none, two letters", examples: ["HU"] })
      .optional(),
    phones: z.enum(["national", "international"]).optional().describe("how numbers come"),
    labels: labels.optional().describe("what the tenant's own ids and words mean"),
    encryption: z.array(encryption).min(1).optional().describe("ciphers and keys that bodies may be encrypted with"),
    onStoreError: z.enum(["deny", "allow"]).default("deny").describe("the answer to a login while no map can be read"),
    storeTimeoutMs: z
      .int()
      .min(50)
      .max(5000)
      .default(600)
      .describe("milliseconds that a login waits for KV when its copy of the map is older than 30 s"),
    guard: guard.prefault({}).describe("how the login guard works"),
    responders: responders.optional().describe("who answers what VCC Live asks besides logins"),
    scrub: z
      .array(scrubPath)
      .default([])
      .describe("further members to blank, as paths: client_data.ssn; * stands for any one name or position in a list"),
    signature: signature
      .optional()
      .describe("how webhooks are signed with the keys, which then come with none: standard-webhooks, or an HMAC"),
    generic: mapping
      .optional()
      .describe("how events of a generic source are read from its bodies: paths such as payload.call.id"),
    silentAfter: z
      .number()
      .positive()
      .optional()
      .describe("minutes without a webhook or a login after which the status says so; else what is usual counts"),
    hours: hours.optional().describe("when silence counts: hours in which something is to come"),
  })
  .meta({ title: "Source", description: "One configured account of a vendor." });

export type SourceDocument = z.infer<typeof source>;
