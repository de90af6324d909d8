import * as z from "zod";
import { compilePermissions } from "../../login/compile.ts";
import { type Cell, matrixOf } from "../../login/map/matrix.ts";
import { openText, userName } from "../../platform/shown.ts";
import { toInstant } from "../../platform/time/instant.ts";
import { operation, Refusal } from "../operation.ts";
import { momentText, readMoment, zoneName } from "../times/moment.ts";
import { findMap, mapPath, readMap } from "./map.ts";

const MAX_ROWS = 200;
const MAX_PROJECTS = 60;

const cellShape = z.object({
  project: openText,
  granted: z.boolean(),
  owner: userName.describe("whose rule decides: users.41, usernames.nora_k, groups.3 or default"),
  position: z.number().describe("which of the owner's rules, from 1"),
  until: z.iso.datetime().optional().describe("when that rule ends, if it does"),
  byHours: z.literal(true).optional().describe("that rule applies at some hours only"),
  note: userName.optional(),
});

/** `GET /api/permissions/:source/matrix?at=&agent=&project=` */
export const readMatrix = operation({
  who: "supervisor",
  summary: "A map as a matrix for one moment: everyone, groups and agents by projects, each with the rule that decides",
  takes: {
    params: mapPath,
    query: z.strictObject({
      at: momentText.optional(),
      zone: zoneName.optional().describe("IANA zone of a time that names none: the source's"),
      agent: z.string().optional().describe("only owners of rules that have this in their name: 41, nora, groups.3"),
      project: z.string().optional().describe("only this project"),
      limit: z.coerce.number().int().min(1).max(MAX_ROWS).default(MAX_ROWS).describe("how many rows, 200 at most"),
    }),
  },
  gives: z.object({
    at: z.iso.datetime(),
    projects: z.array(openText).describe("the columns; *: any project that no rule names"),
    moreProjects: z.number().describe("projects that are named besides"),
    rows: z
      .array(z.object({ owner: userName, cells: z.array(cellShape).describe("where no rule decides there is none") }))
      .describe("of each owner its own rules and the default; who is in which group a map does not know"),
    moreRows: z.number().describe("owners of rules besides"),
  }),
  refusals: ["not_found", "not_ready"],
  run: async ({ params, query, ...request }) => {
    const found = await findMap(params.source, request);
    if (found instanceof Refusal) return found;
    const { at: asked, zone = found.zone, agent, project, limit } = query;
    const at = (asked === undefined ? undefined : readMoment(asked, zone, request.now)) ?? request.now;
    const permissions = compilePermissions(readMap(found.written.version?.body) ?? {}, found.ruleZone);
    const matrix = matrixOf(permissions, at, { agent, project, mostRows: limit, mostProjects: MAX_PROJECTS });
    return {
      ...matrix,
      at: toInstant(at),
      projects: [...matrix.projects],
      rows: matrix.rows.map(({ owner, cells }) => ({ owner, cells: cells.map(tellCell) })),
    };
  },
});

function tellCell({ until, byHours, note, ...cell }: Cell): z.input<typeof cellShape> {
  return {
    ...cell,
    ...(until === undefined ? {} : { until: toInstant(until) }),
    ...(byHours ? { byHours } : {}),
    ...(note === undefined ? {} : { note }),
  };
}
