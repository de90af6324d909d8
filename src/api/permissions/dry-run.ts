import * as z from "zod";
import { type Parsed, toFaults } from "../../config/documents/parse.ts";
import { readJsonText } from "../../config/documents/read-json.ts";
import { agentId } from "../../events/parts/scalar.ts";
import { compilePermissions } from "../../login/compile.ts";
import { type Change, compareMaps } from "../../login/history/compare-maps.ts";
import { checkPermissions, findDangers } from "../../login/map/check.ts";
import type { PermissionsDocument } from "../../login/rules.ts";
import { parsePermissions } from "../../login/store/parse-permissions.ts";
import { openText, userName } from "../../platform/shown.ts";
import { toInstant } from "../../platform/time/instant.ts";
import { refuseInvalid } from "../documents/refusals.ts";
import { remark } from "../documents/written.ts";
import { operation, Refusal } from "../operation.ts";
import { askedPart, days, readAsked } from "./asked.ts";
import { findMap, mapPath, readMap } from "./map.ts";
import { mapBody } from "./read.ts";
import { MAX_MAP_BYTES } from "./replace.ts";

const MAX_CHANGES = 500;
const decision = z.object({ granted: z.boolean(), rule: userName });

/** `POST /api/permissions/:source/dry-run` */
export const dryRun = operation({
  who: "supervisor",
  summary: "Tries a new map against the questions really asked: whose answer would change",
  takes: { params: mapPath, body: z.strictObject({ map: mapBody, days }) },
  gives: z.object({
    ...askedPart,
    letIn: z.number().describe("questions whose login would be granted and is not"),
    shutOut: z.number().describe("questions whose login is granted and would not be"),
    changed: z.number().describe("how many changes there are; the first 500 are told"),
    changes: z.array(
      z.object({
        agent: z.object({
          userId: agentId.optional(),
          username: userName.optional(),
          groupId: openText.optional(),
        }),
        asked: z.array(openText).describe("the projects of the login"),
        times: z.number(),
        last: z.iso.datetime(),
        before: z.boolean().describe("whether the login as a whole is granted"),
        after: z.boolean(),
        projects: z.array(z.object({ project: openText, before: decision, after: decision })),
      }),
    ),
    dangers: z.array(remark).describe("what would have to be confirmed"),
    warnings: z.array(remark),
  }),
  refusals: ["not_found", "not_ready"],
  mostBytes: MAX_MAP_BYTES,
  run: async ({ params, body, ...request }) => {
    const found = await findMap(params.source, request);
    if (found instanceof Refusal) return found;
    const parsed = readGiven(request.text, body.map);
    if (parsed.state !== "valid") return refuseInvalid(parsed.faults);
    const { zone, ruleZone, written, source } = found;
    const current = readMap(written.version?.body);
    const { alike, told } = await readAsked(request.env.LOG, source.id, body.days, request.now);
    const compiled = {
      before: compilePermissions(current ?? {}, ruleZone),
      after: compilePermissions(parsed.value, ruleZone),
    };
    const changes = compareMaps(compiled.before, compiled.after, alike);
    return {
      ...told,
      letIn: count(changes, ({ before, after }) => after && !before),
      shutOut: count(changes, ({ before, after }) => before && !after),
      changed: changes.length,
      changes: changes.slice(0, MAX_CHANGES).map(tellChange),
      dangers: findDangers(current, parsed.value, zone, request.now),
      warnings: checkPermissions(parsed.value, zone, request.now),
    };
  },
});

/** The map of a request; a name that stands twice in it can only be seen in the request's text. */
function readGiven(text: string, map: object): Parsed<PermissionsDocument> {
  const parsed = parsePermissions(JSON.stringify(map));
  const repeated = readJsonText(text).repeated.filter(([first]) => first === "map");
  if (parsed.state === "invalid" || repeated.length === 0) return parsed;
  const faults = toFaults({ repeated: repeated.map((path) => path.slice(1)), unnameable: [] });
  return { ...parsed, state: "faulty", faults: [...faults, ...(parsed.state === "faulty" ? parsed.faults : [])] };
}

function count(changes: readonly Change[], counts: (change: Change) => boolean): number {
  return changes.filter(counts).reduce((sum, { times }) => sum + times, 0);
}

function tellChange({ question, at, times, before, after, projects }: Change) {
  const { projects: asked, ...agent } = question;
  return { agent, asked: [...asked], times, last: toInstant(at), before, after, projects: [...projects] };
}
