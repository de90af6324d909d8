import * as z from "zod";
import { agentId } from "../../../events/parts/scalar.ts";
import { reasons } from "../../../login/map/explain.ts";
import { openText, userName } from "../../../platform/shown.ts";

const considered = z.object({
  owner: userName.describe("users.41, usernames.nora_k, groups.3 or default"),
  position: z.number().describe("which of the owner's rules, from 1"),
  reason: z.enum(reasons),
  text: userName,
  note: userName.optional(),
});

const granted = z.record(openText, z.boolean());
const mapVersion = z.object({ version: z.number(), hash: openText, who: userName, since: z.iso.datetime() });

/** The answer to why a login is granted or refused. */
export const explanation = z.object({
  text: userName.describe("the answer in words; times by the clock of the source's zone"),
  zone: openText.describe("the source's IANA zone"),
  question: z.object({
    projects: z.array(openText),
    userId: agentId.optional(),
    username: userName.optional(),
    groupId: openText.optional(),
    unreadable: z.array(openText).optional().describe("what of it could not be read: nothing is granted then"),
  }),
  at: z.iso.datetime(),
  granted: z.boolean().describe("whether the login as a whole is granted"),
  blockedBy: z.array(openText).describe("the projects that are refused: one is enough to refuse the login"),
  projects: z.array(
    z.object({
      project: openText,
      granted: z.boolean(),
      rule: userName,
      text: userName,
      considered: z.array(considered).describe("every rule of the agent, and what it had to do with the project"),
    }),
  ),
  map: mapVersion
    .extend({ ageSeconds: z.number() })
    .optional()
    .describe("the version of the map that decided; ageSeconds: how long it had been there"),
  noMap: userName.optional().describe("why no map decided, in words"),
  newer: mapVersion
    .optional()
    .describe("a version that had been made by then, and had not arrived where the login was decided"),
  asked: z
    .object({
      receipt: openText,
      at: z.iso.datetime(),
      granted: z.boolean().optional(),
      projects: granted.optional(),
      rules: z.record(openText, userName).optional(),
      unreadable: z.array(openText).optional(),
      mapVersion: openText.optional(),
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
        rules: z.record(openText, userName).describe("what decided, by project"),
        granted: z.boolean(),
        receipt: openText,
        mode: z.literal("shadow").optional(),
        answered: granted.optional(),
        explained: z.literal(true).optional().describe("this one is what the answer is about"),
        outside: z.literal(true).optional().describe("it is none of the moment: there is none within 15 minutes"),
      }),
    )
    .optional()
    .describe("every login of the agent within 15 minutes, the oldest first; told where the log was asked"),
  refused: z
    .array(
      z.object({
        reason: openText,
        count: z.int(),
        first: z.iso.datetime(),
        last: z.iso.datetime(),
        next: openText.describe("what to do about it"),
      }),
    )
    .optional()
    .describe("requests of the source that were refused with 401 in these minutes, as far as they are kept"),
  near: z
    .array(userName)
    .optional()
    .describe("names like that of the agent, where neither the log nor the map knows them"),
});
