import * as z from "zod";
import { hours } from "../config/schema/hours.ts";

/** The sections of a map that have rules by id. */
export const ruleSections = ["groups", "users", "usernames"] as const;
export type RuleSection = (typeof ruleSections)[number];

const project = z.union([z.int(), z.string().min(1)]).transform(String);
const projects = z.array(project);
const projectsOrAll = z.union([z.literal("*"), projects]);

const moment = z
  .string()
  .meta({ description: "An ISO 8601 time: 2026-12-01T08:00, with or without offset, or 2026-12-01" });

/** What is allowed and denied, and when. */
const rule = z.strictObject({
  allow: projectsOrAll.optional(),
  /** Taken out of this rule's `allow`, without being denied. */
  except: projects.optional(),
  deny: projectsOrAll.optional(),
  /** Inclusive. */
  from: moment.optional(),
  /** Exclusive. */
  until: moment.optional(),
  hours: hours.optional(),
  note: z.string().optional(),
  /** The API made it for a while, under this id: it can be taken back by it, and is gone some time after its end. */
  grant: z.string().meta({ description: "Id of a grant for a while; the API writes it" }).optional(),
});

/** What belongs to everyone, or to one agent or group. */
export const rules = z.union([rule, z.array(rule)]);
const rulesById = z.record(z.string(), rules);

/**
 * The document at key `<source id>` of the `PERMISSIONS` namespace: who may log in to which projects. This is all that
 * the published JSON Schema says; what it cannot say, such as which texts are times, is a fault of a valid document.
 */
export const permissions = z.strictObject({
  $schema: z.string().optional(),
  /** Belongs to everyone, besides their own rules. */
  default: rules.optional(),
  groups: rulesById.optional(),
  users: rulesById.optional(),
  /** Rules by user name, in any case of letters. */
  usernames: rulesById.optional(),
});

export type RuleDocument = z.infer<typeof rule>;
export type RulesDocument = z.infer<typeof rules>;
export type PermissionsDocument = z.infer<typeof permissions>;
