import * as z from "zod";

/** The sections of a map that have rules by id. */
export const ruleSections = ["groups", "users", "usernames"] as const;
export type RuleSection = (typeof ruleSections)[number];

/** Days of the week in their order; Monday first, as ISO 8601 counts them. */
export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

const project = z.union([z.int(), z.string().min(1)]).transform(String);
const projects = z.array(project);
const projectsOrAll = z.union([z.literal("*"), projects]);

const moment = z
  .string()
  .meta({ description: "An ISO 8601 time: 2026-12-01T08:00, with or without offset, or 2026-12-01" });

const timeOfDay = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, "not a time of day as HH:MM");

export const hours = z.strictObject({
  /** IANA zone; the source's unless given. */
  tz: z.string().meta({ description: "An IANA time zone, such as Europe/Budapest" }).optional(),
  days: z.array(z.enum(weekdays)).default([...weekdays]),
  start: timeOfDay.default("00:00"),
  /** Not later than `start`: the next day, and the hours belong to the day they began. */
  end: timeOfDay.default("24:00"),
});

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

export type HoursDocument = z.infer<typeof hours>;
export type RuleDocument = z.infer<typeof rule>;
export type RulesDocument = z.infer<typeof rules>;
export type PermissionsDocument = z.infer<typeof permissions>;
