import * as z from "zod";
import { questionOf } from "../../login/asked.ts";
import { compilePermissions } from "../../login/compile.ts";
import { findFaultsInRules } from "../../login/faults.ts";
import type { WrittenMap } from "../../login/map/amend.ts";
import { explain } from "../../login/map/explain.ts";
import { addRule, newGrantId, type TemporaryRule, takeBack } from "../../login/map/temporary.ts";
import { type RuleSection, ruleSections } from "../../login/rules.ts";
import { openText, userName } from "../../platform/shown.ts";
import { DAY_MS, toInstant } from "../../platform/time/instant.ts";
import type { Question } from "../../vendors/vendor.ts";
import { refuseInvalid } from "../documents/refusals.ts";
import { writtenAnswer } from "../documents/written.ts";
import { type ApiRequest, operation, Refusal, Reply } from "../operation.ts";
import { readComing } from "../times/coming.ts";
import { momentText } from "../times/moment.ts";
import { editMap, editRefusals } from "./edit-map.ts";
import { findLastAsked } from "./explain/find-attempts.ts";
import { type FoundMap, mapPath, readMap } from "./map.ts";

const MAX_GRANT_MS = DAY_MS;
const owner = z.union([z.string().min(1), z.int()]).transform(String);
const projects = z.array(z.union([z.string().min(1), z.int()])).min(1);

const grantBody = z
  .strictObject({
    users: owner.optional().describe("id of the agent"),
    usernames: owner.optional().describe("or their user name"),
    groups: owner.optional().describe("or the id of a group"),
    allow: projects.optional().describe("project ids"),
    deny: projects.optional().describe("or project ids that are denied meanwhile"),
    until: momentText.describe("24 hours away at most: RFC 3339, or the next 17:00"),
    note: z.string().optional().describe("why; explanations show it"),
  })
  .refine((body) => ruleSections.filter((section) => body[section] !== undefined).length === 1, {
    error: "name one of users, usernames and groups",
  })
  .refine(({ allow, deny }) => (allow === undefined) !== (deny === undefined), { error: "give allow or deny" })
  .meta({ example: { users: "41", allow: [21], until: "17:00", note: "stands in for the evening team" } });

/** `POST /api/permissions/:source/grants` */
export const makeGrant = operation({
  who: "supervisor",
  summary: "Allows or denies an agent or a group some projects for a while, a day at most",
  takes: { params: mapPath, body: grantBody },
  gives: writtenAnswer.extend({
    id: openText.describe("takes the grant back: DELETE …/grants/:id"),
    until: z.iso.datetime(),
    zone: openText.describe("the source's IANA zone, by whose clock `until` was read"),
    withoutEffect: z
      .array(
        z.object({
          project: openText,
          owner: userName.describe("whose rule denies it: users.41, usernames.nora_k, groups.3 or default"),
          position: z.number().describe("which of the owner's rules, from 1"),
          note: userName.optional(),
          text: userName,
        }),
      )
      .describe("projects that stay refused all the same, each with a rule that denies it"),
  }),
  refusals: editRefusals,
  run: async ({ params, body, ...request }) => {
    const { allow, deny, note, until: untilText } = body;
    const [section = "users"] = ruleSections.filter((one) => body[one] !== undefined);
    const id = body[section] ?? "";
    const made: { rule?: TemporaryRule; found?: FoundMap; map?: WrittenMap } = {};
    const reply = await editMap(
      params.source,
      (map, found) => {
        const until = readComing(untilText, found.zone, request.now);
        if (until === undefined || until <= request.now) return inThePast;
        if (until > request.now + MAX_GRANT_MS) return tooLong;
        const rule = { allow, deny, until: toInstant(until), note, grant: newGrantId(request.now) };
        const faults = findFaultsInRules(rule);
        if (faults.length > 0) return refuseInvalid(faults);
        return Object.assign(made, { rule, found, map: addRule(map, section, id, rule) }).map;
      },
      { action: "permissions.granted", part: `${section}/${id}`, reason: note },
      request,
    );
    const { rule, found, map } = made;
    if (reply instanceof Refusal || rule === undefined || found === undefined || map === undefined) return reply;
    const asked = { projects: (allow ?? []).map(String), section, id };
    const withoutEffect = await findDenials(found, map, asked, request);
    const written = writtenAnswer.parse(reply.body);
    return new Reply({ id: rule.grant, until: rule.until, zone: found.zone, withoutEffect, ...written }, reply.headers);
  },
});

const inThePast = new Refusal("invalid_request", "body.until: this time is over; name one to come, such as 17:00.");
const tooLong = new Refusal(
  "invalid_request",
  "body.until: a grant ends within 24 hours; for longer, somebody with the role admin edits the map.",
);

/** `DELETE /api/permissions/:source/grants/:id` */
export const endGrant = operation({
  who: "supervisor",
  summary: "Takes back what was granted for a while",
  takes: { params: mapPath.extend({ id: z.string() }) },
  gives: writtenAnswer,
  refusals: editRefusals,
  run: async ({ params: { source, id }, ...request }) => {
    const told = { action: "permissions.grant_ended", part: `grants/${id}` };
    return editMap(source, (map) => takeBack(map, id) ?? noGrant, told, request);
  },
});

const noGrant = new Refusal("not_found", "The map has no grant of this id: it was taken back, or is over and gone.");

/**
 * Projects that a standing deny keeps refused. Which group an agent is in, and which name belongs to which id, the map
 * does not know: their last login does.
 */
async function findDenials(
  { source, zone, ruleZone }: FoundMap,
  map: WrittenMap,
  { projects, section, id }: { projects: readonly string[]; section: RuleSection; id: string },
  { env, now }: ApiRequest,
) {
  const named: Question = {
    projects,
    ...(section === "users" ? { userId: id } : section === "usernames" ? { username: id } : { groupId: id }),
  };
  const asked = section === "groups" ? undefined : await findLastAsked(env.LOG, source.id, named, now);
  const question = asked === undefined ? named : { ...questionOf(asked), ...named, unreadable: undefined };
  const permissions = compilePermissions(readMap(JSON.stringify(map)) ?? {}, ruleZone);
  return explain(permissions, question, now, zone).projects.flatMap(({ project, considered }) =>
    considered
      .filter(({ reason }) => reason === "denies")
      .slice(0, 1)
      .map(({ owner, position, note, text }) => ({
        project,
        owner,
        position,
        note,
        text: `${owner}, rule ${position}: ${text}`,
      })),
  );
}
