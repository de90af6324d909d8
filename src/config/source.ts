import { isSupportedCountry } from "libphonenumber-js/min";
import * as z from "zod";
import { type VendorId, vendorIds, vendorOf } from "../vendors/index.ts";
import { explainKey, keyPlaces } from "./key-place.ts";
import { labels } from "./labels.ts";
import { mapping } from "./mapping.ts";
import { signature } from "./signature.ts";

/** A secret: `env:NAME`, or the value itself (which works, with a warning). */
export const reference = z
  .string()
  .min(1)
  .refine((text) => !text.startsWith("sealed:"), "sealed references are not supported by this version; use env:NAME");

export const sourceId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, "letters, digits, - and _, at most 64");

export const timezone = z.string().refine(isTimezone, "not an IANA time zone, such as Europe/Budapest");

const region = z
  .string()
  .transform((text) => text.toUpperCase())
  .refine(isSupportedCountry, "not an ISO 3166 country code, such as HU");

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
  /** In the shadow: the responder that answered before, which goes on deciding. */
  ask: z.url({ protocol: /^https?$/ }).optional(),
  askTimeoutMs: z.int().min(100).max(5000).default(2000),
});

export type GuardDocument = z.infer<typeof guard>;

const account = z.strictObject({
  vendor: z.enum(vendorIds),
  keys: z.array(reference).min(1),
  auth: keyPlaces.optional(),
  timezone: timezone.optional(),
  region: region.optional(),
  phones: z.enum(["national", "international"]).optional(),
  labels: labels.optional(),
  encryption: z.array(encryption).min(1).optional(),
  onStoreError: z.enum(["deny", "allow"]).default("deny"),
  /** How long a login waits for KV when its copy of the map is older than 30 s; milliseconds. */
  storeTimeoutMs: z.int().min(50).max(5000).default(600),
  guard: guard.prefault({}),
  /** Further members to blank, as paths: `client_data.ssn`; `*` stands for any one name or position in a list. */
  scrub: z.array(scrubPath).default([]),
  /** Webhooks are signed with the keys; the keys themselves come with none. */
  signature: signature.optional(),
  generic: mapping.optional(),
});

/** One configured account of a vendor: its keys and how its webhooks are read. */
export const source = account.superRefine((document, context) => {
  const { vendor, keys, encryption = [], generic, signature, auth, guard } = document;
  if (guard.mode === "enforce" && guard.ask !== undefined) {
    context.addIssue({ code: "custom", path: ["guard", "ask"], message: "only a guard in the shadow asks another" });
  }
  if (generic !== undefined && vendor !== "generic") {
    context.addIssue({ code: "custom", path: ["generic"], message: "only sources of the vendor generic have it" });
  }
  if (signature !== undefined && auth !== undefined) {
    const message = "a source with a signature is presented no key: leave one of the two out";
    context.addIssue({ code: "custom", path: ["auth"], message });
  }
  keys.forEach((key, position) => {
    const message = auth === undefined ? undefined : explainKey(key, auth);
    if (message !== undefined) context.addIssue({ code: "custom", path: ["keys", position], message });
  });
  encryption.forEach(({ cipher }, position) => {
    const message = explainEncryption(vendor, cipher);
    if (message !== undefined) context.addIssue({ code: "custom", path: ["encryption", position, "cipher"], message });
  });
});

export type SourceDocument = z.infer<typeof source>;

function explainEncryption(id: VendorId, cipher: string): string | undefined {
  const { name, encryption } = vendorOf(id);
  return encryption === undefined ? `${name} does not encrypt its bodies` : encryption.explain(cipher);
}

const knownZones = new Set<string>();

/** A zone that was found once is not looked up again: a permission document may name the same one for each agent. */
function isTimezone(text: string): boolean {
  if (knownZones.has(text)) return true;
  const known = isInDatabase(text);
  if (known) knownZones.add(text);
  return known;
}

function isInDatabase(text: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}
