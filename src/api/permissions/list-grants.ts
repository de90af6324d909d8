import * as z from "zod";
import { type Granted, listGrants } from "../../login/map/list-grants.ts";
import { openText, userName } from "../../platform/shown.ts";
import { toInstant } from "../../platform/time/instant.ts";
import { operation, Refusal } from "../operation.ts";
import { findMap, mapPath, readMap } from "./map.ts";

const MAX_GRANTS = 500;
const item = z.object({
  id: openText.describe("takes the grant back: DELETE …/grants/:id"),
  owner: userName.describe("whose it is: users.41, usernames.nora_k or groups.3"),
  allow: z.array(openText).optional().describe("projects that are allowed meanwhile"),
  deny: z.array(openText).optional().describe("or denied"),
  made: z.iso.datetime(),
  until: z.iso.datetime(),
  note: userName.optional(),
});

/** `GET /api/permissions/:source/grants` */
export const readGrants = operation({
  who: "supervisor",
  summary: "What was granted or denied for a while and is in force, what ends first at first",
  takes: { params: mapPath },
  gives: z.object({
    items: z.array(item),
    more: z.number().describe("grants besides; the first 500 are told"),
  }),
  refusals: ["not_found", "not_ready"],
  run: async ({ params, ...request }) => {
    const found = await findMap(params.source, request);
    if (found instanceof Refusal) return found;
    const grants = listGrants(readMap(found.written.version?.body) ?? {}, found.zone, request.now);
    return { items: grants.slice(0, MAX_GRANTS).map(tell), more: Math.max(0, grants.length - MAX_GRANTS) };
  },
});

function tell({ allow, deny, made, until, ...grant }: Granted): z.input<typeof item> {
  return {
    ...grant,
    ...(allow === undefined ? {} : { allow: [allow].flat() }),
    ...(deny === undefined ? {} : { deny: [deny].flat() }),
    made: toInstant(made),
    until: toInstant(until),
  };
}
