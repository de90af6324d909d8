import * as z from "zod";
import { parsePermissions } from "../../login/store/parse-permissions.ts";
import { refuseInvalid } from "../documents/refusals.ts";
import { writtenAnswer } from "../documents/written.ts";
import { operation, Refusal } from "../operation.ts";
import { findMap, mapPath } from "./map.ts";
import { mapBody } from "./read.ts";
import { writeMap } from "./write.ts";

/** KV takes values of 25 MiB; a map of a hundred thousand agents has about four. */
export const MAX_MAP_BYTES = 20 * 1_048_576;

/** Whether what is dangerous about a change is meant. */
export const confirmation = z.object({ confirm: z.enum(["1", "true"]).optional() });

/** `PUT /api/permissions/:source` */
export const replacePermissions = operation({
  who: "admin",
  summary: "Replaces the permission map of a source; honours If-Match",
  takes: { params: mapPath, query: confirmation, body: mapBody },
  gives: writtenAnswer,
  refusals: ["not_found", "not_ready", "confirmation_needed", "precondition_failed", "body_too_large", "not_stored"],
  mostBytes: MAX_MAP_BYTES,
  run: async ({ params, query, text, ...request }) => {
    const found = await findMap(params.source, request);
    if (found instanceof Refusal) return found;
    const parsed = parsePermissions(text);
    if (parsed.state !== "valid") return refuseInvalid(parsed.faults);
    const confirmed = query.confirm !== undefined;
    return writeMap(found, { text, document: parsed.value, confirmed, action: "permissions.replaced" }, request);
  },
});
