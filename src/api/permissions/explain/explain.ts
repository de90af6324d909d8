import * as z from "zod";
import { isAboutSomebody } from "../../../login/decide.ts";
import { versionName } from "../../documents/versions.ts";
import { operation, Refusal } from "../../operation.ts";
import { momentText, readMoment } from "../../times/moment.ts";
import { findMap, mapPath } from "../map.ts";
import { chooseMap } from "./deciding-map.ts";
import { explanation } from "./explanation.ts";
import { findMeant } from "./find-meant.ts";
import { questionBody, readQuestion } from "./question.ts";
import { explainMeant, tellExplanation } from "./tell-explanation.ts";

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
      suppose: z
        .array(z.union([z.string().min(1), z.int()]).transform(String))
        .min(1)
        .max(100)
        .optional()
        .describe("answers as if the agent were allowed these projects besides; nothing is changed"),
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
    const meant = await findMeant(found, given, moment, request);
    const map = await chooseMap(found, meant, body.version, request.env.LOG);
    if (map === undefined) return noVersion;
    const told = tellExplanation(found, explainMeant(found, meant, map, body.suppose));
    // Of a moment that is past, what is known is an answer; of now there is nothing to explain.
    return meant.isPast || told.question.projects.length > 0 ? told : refuseOpen(told);
  },
});

const noAgent = new Refusal("invalid_question", "Name the agent: userId, username or both.");
const noVersion = new Refusal("not_found", "No such version of the map is kept.");

function refuseOpen({ text, attempts, refused, near }: z.input<typeof explanation>): Refusal<"invalid_question"> {
  const end = text.endsWith("?") ? "" : ".";
  return new Refusal("invalid_question", `Name the projects. ${text}${end}`, { attempts, refused, near });
}
