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
const reference = z.string().min(1);

export const sourceId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, "letters, digits, - and _, at most 64");

export const timezone = z.string().refine(isTimezone, "not an IANA time zone, such as Europe/Budapest");

const scrubPath = z
  .string()
  .regex(/^[^.]+(\.[^.]+)*$/, "names with one dot between, such as client_data.ssn; none of them may be empty");

const encryption = z.strictObject({
  cipher: z.string().toLowerCase(),
  key: reference,
  iv: z
    .string()
    .regex(/^query:.+/, "query:<parameter>")
    .optional(),
  required: z.boolean().default(false),
});

const guard = z.strictObject({
  /** `shadow`: everybody is let in, and what would have been answered is logged. */
  mode: z.enum(["enforce", "shadow"]).default("enforce"),
  /** The responder that answered before, and goes on deciding in the shadow. */
  ask: z.string().optional(),
  askTimeoutMs: z.int().min(100).max(5000).default(2000),
});

export type GuardDocument = z.infer<typeof guard>;

/** One configured account of a vendor, as far as a JSON Schema can say it; what else must hold is checked. */
export const source = z.strictObject({
  vendor: z.enum(vendorIds),
  keys: z.array(reference).min(1),
  auth: keyPlaces.optional(),
  timezone: z
    .string()
    .meta({ examples: ["Europe/Budapest"] })
    .optional(),
  region: z
    .string()
    .toUpperCase()
    .meta({ examples: ["HU"] })
    .optional(),
  phones: z.enum(["national", "international"]).optional(),
  labels: labels.optional(),
  encryption: z.array(encryption).min(1).optional(),
  onStoreError: z.enum(["deny", "allow"]).default("deny"),
  /** How long a login waits for KV when its copy of the map is older than 30 s; milliseconds. */
  storeTimeoutMs: z.int().min(50).max(5000).default(600),
  guard: guard.prefault({}),
  /** Who answers what VCC Live asks besides logins. */
  responders: responders.optional(),
  /** Further members to blank, as paths: `client_data.ssn`; `*` stands for any one name or position in a list. */
  scrub: z.array(scrubPath).default([]),
  /** Webhooks are signed with the keys; the keys themselves come with none. */
  signature: signature.optional(),
  generic: mapping.optional(),
  silentAfter: z
    .number()
    .positive()
    .optional()
    .describe("minutes without a webhook or a login after which the status says so; else what is usual counts"),
  hours: hours.optional().describe("when silence counts: hours in which something is to come"),
});

export type SourceDocument = z.infer<typeof source>;
