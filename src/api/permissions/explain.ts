import * as z from "zod";
import { DELETED } from "../../log/documents/last-good.ts";
import { readVersion, type Version, type WholeVersion } from "../../log/documents/versions.ts";
import type { AskedQuestion } from "../../log/questions.ts";
import { questionOf } from "../../login/asked.ts";
import { compilePermissions } from "../../login/compile.ts";
import { isAboutSomebody } from "../../login/decide.ts";
import { explain, printMoment, reasons } from "../../login/map/explain.ts";
import { toInstant } from "../../platform/time.ts";
import type { Question } from "../../vendors/vendor.ts";
import { versionName } from "../documents/versions.ts";
import { operation, Refusal } from "../operation.ts";
import { momentText, readMoment } from "../times/moment.ts";
import { findAsked } from "./find-asked.ts";
import { type FoundMap, findMap, mapPath, readMap } from "./map.ts";
import { questionBody, readQuestion } from "./question.ts";

const considered = z.object({
  owner: z.string().describe("users.41, usernames.nora_k, groups.3 or default"),
  position: z.number().describe("which of the owner's rules, from 1"),
  reason: z.enum(reasons),
  text: z.string(),
  note: z.string().optional(),
});

const explanation = z.object({
  text: z.string().describe("the answer in one sentence"),
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
  map: z
    .object({ version: z.number(), hash: z.string(), who: z.string(), since: z.iso.datetime(), ageSeconds: z.number() })
    .optional()
    .describe("the version of the map that decided; ageSeconds: how long it had been there"),
  asked: z
    .object({
      receipt: z.string(),
      at: z.iso.datetime(),
      granted: z.boolean().optional(),
      projects: z.record(z.string(), z.boolean()).optional(),
      rules: z.record(z.string(), z.string()).optional(),
      unreadable: z.array(z.string()).optional(),
      mapVersion: z.string().optional(),
      mapAgeSeconds: z.number().optional(),
      mode: z.literal("shadow").optional(),
      answered: z.record(z.string(), z.boolean()).optional().describe("what the vendor was told in the shadow"),
    })
    .optional()
    .describe("the login as it was really asked and decided, if the log has it"),
});

/** `POST /api/permissions/:source/explain` */
export const explainPermissions = operation({
  who: "supervisor",
  summary: "Why a login is granted or refused, now or at any moment, by the map in force then",
  takes: {
    params: mapPath,
    body: z.strictObject({
      question: questionBody,
      at: momentText.optional(),
      version: versionName.optional(),
    }),
  },
  gives: explanation,
  refusals: ["not_found", "not_ready", "invalid_question"],
  run: async ({ params, body, ...request }) => {
    const found = await findMap(params.source, request);
    if (found instanceof Refusal) return found;
    const given = readQuestion(body.question, request.text, found.source);
    if (given === undefined || !isAboutSomebody(given)) return noAgent;
    const moment = body.at === undefined ? undefined : readMoment(body.at, found.zone, request.now);
    const asked =
      moment === undefined && given.projects.length > 0
        ? undefined
        : await findAsked(request.env.LOG, found.source.id, given, moment ?? request.now);
    const question = given.projects.length > 0 ? given : asked && { ...questionOf(asked), ...named(given) };
    if (question === undefined) return noProjects;
    const at = moment === undefined ? request.now : given.projects.length > 0 ? moment : (asked?.at ?? moment);
    const which = body.version ?? (moment === undefined ? undefined : versionAt(asked, at));
    const version =
      which === undefined ? found.written.version : await readVersion(request.env.LOG, found.place.name, which);
    if (version === undefined && body.version !== undefined) return noVersion;
    return tell(found, question, at, version?.who === DELETED ? undefined : version, asked);
  },
});

const noAgent = new Refusal("invalid_question", "Name the agent: userId, username or both.");
const noProjects = new Refusal(
  "invalid_question",
  "Name the projects: the log has no question of this agent in the day before that moment.",
);
const noVersion = new Refusal("not_found", "No such version of the map is kept.");

function named({ userId, username, groupId }: Question) {
  return Object.fromEntries(Object.entries({ userId, username, groupId }).filter(([, value]) => value !== undefined));
}

/** The version that decided the login at that very moment, if the log has it; else the one that was the newest then. */
function versionAt(asked: AskedQuestion | undefined, at: number) {
  return asked?.at === at && asked.login.mapVersion !== undefined ? { hash: asked.login.mapVersion } : { at };
}

function tell(
  { zone, ruleZone }: FoundMap,
  question: Question,
  at: number,
  version: WholeVersion | undefined,
  asked: AskedQuestion | undefined,
): z.input<typeof explanation> {
  const permissions = compilePermissions(readMap(version?.body) ?? {}, ruleZone);
  const { granted, blockedBy, projects } = explain(permissions, question, at, zone);
  const who = question.username ?? (question.userId === undefined ? "somebody" : `agent ${question.userId}`);
  const why = projects.filter((one) => !one.granted).map(({ project, text }) => `project ${project}: ${text}`);
  const text = `${who} ${granted ? "is let in" : "is refused"} at ${printMoment(at, zone)}`;
  return {
    text: version === undefined ? `${text}: there is no map` : [text, ...why].join("; "),
    question: { ...question, projects: [...question.projects], unreadable: question.unreadable?.slice() },
    at: toInstant(at),
    granted,
    blockedBy: [...blockedBy],
    projects: projects.map((one) => ({ ...one, considered: [...one.considered] })),
    ...(version === undefined ? {} : { map: tellVersion(version, at) }),
    ...(asked === undefined ? {} : { asked: tellAsked(asked) }),
  };
}

function tellVersion({ version, hash, who, at: since }: Version, at: number) {
  return { version, hash, who, since: toInstant(since), ageSeconds: Math.max(0, Math.floor((at - since) / 1000)) };
}

function tellAsked({ receipt, at, login }: AskedQuestion) {
  return { receipt, at: toInstant(at), ...login };
}
