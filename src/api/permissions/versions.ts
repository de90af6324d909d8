import * as z from "zod";
import { listVersions, readVersion } from "../../log/documents/versions.ts";
import { parsePermissions } from "../../login/store/parse-permissions.ts";
import { etagOf } from "../documents/etag.ts";
import { refuseInvalid } from "../documents/refusals.ts";
import { listed, MAX_VERSIONS, versionItem, versionName } from "../documents/versions.ts";
import { writtenAnswer } from "../documents/written.ts";
import { operation, Refusal, Reply } from "../operation.ts";
import { findMap, mapPath } from "./map.ts";
import { mapBody } from "./read.ts";
import { writeMap } from "./write.ts";

/** The same for all that ask for one version. */
export const noVersion = new Refusal("not_found", "No such version of the map is kept.");

/** `GET /api/permissions/:source/versions` */
export const listMapVersions = operation({
  who: "supervisor",
  summary: "The versions of a map, the newest first",
  takes: { params: mapPath },
  gives: z.object({ items: z.array(versionItem) }),
  refusals: ["not_found", "not_ready"],
  run: async ({ params, ...request }) => {
    const found = await findMap(params.source, request);
    if (found instanceof Refusal) return found;
    return { items: listed(await listVersions(request.env.LOG, found.place.name, MAX_VERSIONS)) };
  },
});

/** `GET /api/permissions/:source/versions/:version` */
export const readMapVersion = operation({
  who: "supervisor",
  summary: "One version of a map, by its number or hash",
  takes: { params: mapPath.extend({ version: versionName }) },
  gives: mapBody,
  refusals: ["not_found", "not_ready"],
  run: async ({ params, ...request }) => {
    const found = await findMap(params.source, request);
    if (found instanceof Refusal) return found;
    const version = await readVersion(request.env.LOG, found.place.name, params.version);
    return version === undefined ? noVersion : new Reply(version.body, { etag: etagOf(version.hash) });
  },
});

/** `POST /api/permissions/:source/rollback` */
export const rollBack = operation({
  who: "admin",
  summary: "Puts an older version of a map in force again, as its newest version",
  takes: { params: mapPath, body: z.strictObject({ version: versionName }) },
  gives: writtenAnswer,
  refusals: ["not_found", "not_ready", "precondition_failed", "body_too_large", "not_stored"],
  run: async ({ params, body, ...request }) => {
    const found = await findMap(params.source, request);
    if (found instanceof Refusal) return found;
    const version = await readVersion(request.env.LOG, found.place.name, body.version);
    if (version === undefined) return noVersion;
    const parsed = parsePermissions(version.body);
    if (parsed.state !== "valid") return refuseInvalid(parsed.faults);
    return writeMap(
      found,
      { text: version.body, document: parsed.value, confirmed: true, action: "permissions.rolled_back" },
      request,
    );
  },
});
