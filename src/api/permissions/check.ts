import * as z from "zod";
import { locate } from "../../config/documents/locate.ts";
import type { Fault } from "../../config/documents/parse.ts";
import { checkPermissions, findDangers } from "../../login/map/check.ts";
import { parsePermissions } from "../../login/store/parse-permissions.ts";
import { remark } from "../documents/written.ts";
import { operation, Refusal } from "../operation.ts";
import { mapDifference, tellMapDifference } from "./difference.ts";
import { findMap, mapPath, readMap } from "./map.ts";
import { mapBody } from "./read.ts";
import { MAX_MAP_BYTES } from "./replace.ts";

const MAX_TOLD = 500;
const located = remark.extend({
  line: z.number().optional().describe("where the member or the item begins in the text that was sent, from 1"),
  column: z.number().optional(),
});

/** `POST /api/permissions/:source/check` */
export const checkMap = operation({
  who: "supervisor",
  summary: "All that is wrong with a map, remarkable about it, and different from the one in force; nothing is changed",
  takes: { params: mapPath, body: mapBody },
  gives: z.object({
    state: z
      .enum(["valid", "faulty", "invalid"])
      .describe("`invalid`: not JSON, or not of the published schema; `faulty`: wrong all the same; both are refused"),
    faults: z.array(located).describe("for which it would be refused"),
    remarks: z.array(located).describe("what is remarkable about it; with it, it would be taken"),
    dangers: z.array(remark).describe("what would have to be confirmed"),
    difference: mapDifference.optional().describe("from the map in force; absent of a map that is not valid"),
  }),
  refusals: ["not_found", "not_ready"],
  mostBytes: MAX_MAP_BYTES,
  anyText: true,
  run: async ({ params, text, ...request }) => {
    const found = await findMap(params.source, request);
    if (found instanceof Refusal) return found;
    const parsed = parsePermissions(text);
    if (parsed.state !== "valid") {
      const faults = locate(text, parsed.faults).toSorted(byPlace).slice(0, MAX_TOLD);
      return { state: parsed.state, faults, remarks: [], dangers: [] };
    }
    const [before, after] = [readMap(found.written.version?.body), parsed.value];
    return {
      state: parsed.state,
      faults: [],
      remarks: locate(text, checkPermissions(after, found.zone, request.now).slice(0, MAX_TOLD)),
      dangers: findDangers(before, after, found.zone, request.now),
      difference: tellMapDifference(before ?? {}, after),
    };
  },
});

/** As one reads. */
function byPlace(one: Fault, other: Fault): number {
  return (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0);
}
