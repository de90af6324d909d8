import * as z from "zod";
import { hours } from "../config/schema/hours.ts";

/** The sections of a map that have rules by id. */
export const ruleSections = ["groups", "users", "usernames"] as const;
export type RuleSection = (typeof ruleSections)[number];

const project = z.union([z.int(), z.string().min(1)]).transform(String);
const projects = z.array(project);
const projectsOrAll = z.union([z.literal("*"), projects]);

const moment = z.string();
const MOMENT = "An ISO 8601 time: 2026-12-01T08:00, with or without offset, or 2026-12-01";

/** What is allowed and denied, and when. */
const rule = z
  .strictObject({
    allow: projectsOrAll.optional().describe("Projects that it lets in to, or *"),
    except: projects.optional().describe("Taken out of this rule's allow, without being denied"),
    deny: projectsOrAll.optional().describe("Projects that it keeps out of, whatever allows them, or *"),
    from: moment.optional().describe(`From when on, inclusive. ${MOMENT}`),
    until: moment.optional().describe(`Until when, exclusive. ${MOMENT}`),
    hours: hours.optional(),
    note: z.string().optional().describe("For people"),
    /** The API made it for a while, under this id: it can be taken back by it, and is gone some time after its end. */
    grant: z.string().meta({ description: "Id of a grant for a while; the API writes it" }).optional(),
  })
  .meta({ title: "Rule", description: "What is allowed and denied, and when." });

/** What belongs to everyone, or to one agent or group. */
export const rules = z.union([rule, z.array(rule)]);
const rulesById = z.record(z.string(), rules);

/**
 * The document at key `<source id>` of the `PERMISSIONS` namespace: who may log in to which projects. This is all that
 * the published JSON Schema says; what it cannot say, such as which texts are times, is a fault of a valid document.
 */
export const permissions = z
  .strictObject({
    $schema: z.string().optional().describe("The URL of this schema, for editors"),
    default: rules.optional().describe("Belongs to everyone, besides their own rules"),
    groups: rulesById.optional().describe("Rules by the agent's group"),
    users: rulesById.optional().describe("Rules by the agent's id"),
    usernames: rulesById.optional().describe("Rules by user name, in any case of letters"),
  })
  .meta({ title: "PermissionMap", description: "Who may log in to which projects of a source." });

export type RuleDocument = z.infer<typeof rule>;
export type RulesDocument = z.infer<typeof rules>;
export type PermissionsDocument = z.infer<typeof permissions>;
