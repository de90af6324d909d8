import * as z from "zod";
import { reasons } from "../../../login/map/explain.ts";

const considered = z.object({
  owner: z.string().describe("users.41, usernames.nora_k, groups.3 or default"),
  position: z.number().describe("which of the owner's rules, from 1"),
  reason: z.enum(reasons),
  text: z.string(),
  note: z.string().optional(),
});

const granted = z.record(z.string(), z.boolean());
const mapVersion = z.object({ version: z.number(), hash: z.string(), who: z.string(), since: z.iso.datetime() });

/** The answer to why a login is granted or refused. */
export const explanation = z.object({
  text: z.string().describe("the answer in words; times by the clock of the source's zone"),
  zone: z.string().describe("the source's IANA zone"),
  question: z.object({
    projects: z.array(z.string()),
    userId: z.string().optional(),
    username: z.string().optional(),
    groupId: z.string().optional(),
    unreadable: z.array(z.string()).optional().describe("what of it could not be read: nothing is granted then"),
  }),
  at: z.iso.datetime(),
  granted: z.boolean().describe("whether the login as a whole is granted"),
  blockedBy: z.array(z.string()).describe("the projects that are refused: one is enough to refuse the login"),
  projects: z.array(
    z.object({
      project: z.string(),
      granted: z.boolean(),
      rule: z.string(),
      text: z.string(),
      considered: z.array(considered).describe("every rule of the agent, and what it had to do with the project"),
    }),
  ),
  map: mapVersion
    .extend({ ageSeconds: z.number() })
    .optional()
    .describe("the version of the map that decided; ageSeconds: how long it had been there"),
  noMap: z.string().optional().describe("why no map decided, in words"),
  newer: mapVersion
    .optional()
    .describe("a version that had been made by then, and had not arrived where the login was decided"),
  asked: z
    .object({
      receipt: z.string(),
      at: z.iso.datetime(),
      granted: z.boolean().optional(),
      projects: granted.optional(),
      rules: z.record(z.string(), z.string()).optional(),
      unreadable: z.array(z.string()).optional(),
      mapVersion: z.string().optional(),
      mapAgeSeconds: z.number().optional(),
      ms: z.number().optional(),
      mode: z.literal("shadow").optional(),
      answered: granted.optional().describe("what the vendor was told in the shadow"),
    })
    .optional()
    .describe("the login as it was really asked and decided, if the log has it"),
  attempts: z
    .array(
      z.object({
        at: z.iso.datetime(),
        projects: granted,
        granted: z.boolean(),
        receipt: z.string(),
        mode: z.literal("shadow").optional(),
        answered: granted.optional(),
        explained: z.literal(true).optional().describe("this one is what the answer is about"),
        outside: z.literal(true).optional().describe("it is none of the moment: there is none within 15 minutes"),
      }),
    )
    .optional()
    .describe("every login of the agent within 15 minutes, the oldest first; told where the log was asked"),
  refused: z
    .array(z.object({ reason: z.string(), count: z.int(), first: z.iso.datetime(), last: z.iso.datetime() }))
    .optional()
    .describe("requests of the source that were refused with 401 in these minutes, as far as they are kept"),
  near: z
    .array(z.string())
    .optional()
    .describe("names like that of the agent, where neither the log nor the map knows them"),
});
