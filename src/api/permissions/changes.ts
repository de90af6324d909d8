import { readVersion, type WholeVersion } from "../../log/documents/versions.ts";
import { toInstant } from "../../platform/time/instant.ts";
import { versionItem, versionName } from "../documents/versions.ts";
import { operation, Refusal } from "../operation.ts";
import { mapDifference, tellMapDifference } from "./difference.ts";
import { findMap, mapPath, readMap } from "./map.ts";
import { noVersion } from "./versions.ts";

/** `GET /api/permissions/:source/versions/:version/changes` */
export const readMapChanges = operation({
  who: "supervisor",
  summary: "What a version of a map changed of the one before it, in words",
  takes: { params: mapPath.extend({ version: versionName }) },
  gives: versionItem.omit({ newest: true }).extend({
    difference: mapDifference
      .optional()
      .describe("from the version before; of the first from no map; absent where the one before is not kept any more"),
  }),
  refusals: ["not_found", "not_ready"],
  run: async ({ params, ...request }) => {
    const found = await findMap(params.source, request);
    if (found instanceof Refusal) return found;
    const { name } = found.place;
    const after = await readVersion(request.env.LOG, name, params.version);
    if (after === undefined) return noVersion;
    const { version, hash, who, at } = after;
    const before = version === 1 ? undefined : await readVersion(request.env.LOG, name, { version: version - 1 });
    const difference = version > 1 && before === undefined ? undefined : between(before, after);
    return { version, hash, who, at: toInstant(at), ...(difference === undefined ? {} : { difference }) };
  },
});

function between(before: WholeVersion | undefined, after: WholeVersion) {
  return tellMapDifference(readMap(before?.body) ?? {}, readMap(after.body) ?? {});
}
