import * as z from "zod";
import { compilePermissions } from "../../login/compile.ts";
import { findUnused } from "../../login/history/unused-rules.ts";
import { userName } from "../../platform/shown.ts";
import { operation, Refusal } from "../operation.ts";
import { askedPart, days, readAsked } from "./asked.ts";
import { findMap, mapPath, readMap } from "./map.ts";

const MAX_RULES = 1000;

/** `GET /api/permissions/:source/unused?days=` */
export const unusedRules = operation({
  who: "supervisor",
  summary: "The rules of a map that no question came to in the last days",
  takes: { params: mapPath, query: z.object({ days }) },
  gives: z.object({
    ...askedPart,
    unused: z.number().describe("how many rules there are; the first 1,000 are told"),
    rules: z.array(z.object({ owner: userName, position: z.number(), note: userName.optional() })),
  }),
  refusals: ["not_found", "not_ready"],
  run: async ({ params, query, ...request }) => {
    const found = await findMap(params.source, request);
    if (found instanceof Refusal) return found;
    const { alike, told } = await readAsked(request.env.LOG, found.source.id, query.days, request.now);
    const map = compilePermissions(readMap(found.written.version?.body) ?? {}, found.ruleZone);
    const unused = findUnused(map, alike);
    return { ...told, unused: unused.length, rules: unused.slice(0, MAX_RULES) };
  },
});
