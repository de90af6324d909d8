import * as z from "zod";
import { shown } from "../../platform/shown.ts";
import { etagOf } from "../documents/etag.ts";
import { operation, Refusal, Reply } from "../operation.ts";
import { findMap, mapPath } from "./map.ts";

/** A map in the API's description; its own schema is published. */
export const mapBody = z
  .record(z.string(), z.unknown())
  .meta({ description: "A map by /schemas/permissions.json" })
  .register(shown, { as: "user_name" });

/** `GET /api/permissions/:source` */
export const readPermissions = operation({
  who: "supervisor",
  summary: "The permission map of a source, as it was written; its ETag is its version",
  takes: { params: mapPath },
  gives: mapBody,
  refusals: ["not_found", "not_ready"],
  run: async ({ params, ...request }) => {
    const found = await findMap(params.source, request);
    if (found instanceof Refusal) return found;
    const { version } = found.written;
    if (version === undefined) {
      return new Refusal("not_found", "This source has no map yet, so every login is refused; PUT one.");
    }
    return new Reply(version.body, { etag: etagOf(version.hash) });
  },
});
