import * as z from "zod";
import { parseDocument } from "../../config/documents/parse.ts";
import { findFaultsInRules } from "../../login/faults.ts";
import { amend, rulesFor } from "../../login/map/amend.ts";
import { type RuleSection, rules } from "../../login/rules.ts";
import { refuseInvalid } from "../documents/refusals.ts";
import { writtenAnswer } from "../documents/written.ts";
import { operation, Refusal } from "../operation.ts";
import { editMap, editRefusals } from "./edit-map.ts";

/** The path of one agent's or group's rules. */
const rulesPath = z.object({ source: z.string(), id: z.string().min(1) });
const rulesBody = z.union([z.record(z.string(), z.unknown()), z.array(z.record(z.string(), z.unknown()))]);

/** `PUT /api/permissions/:source/{users,usernames,groups}/:id` */
export function putRules(section: RuleSection) {
  return operation({
    who: "admin",
    summary: `Sets the rules of one of the ${section}: one rule or a list`,
    takes: { params: rulesPath, body: rulesBody.meta({ description: "A rule or a list of rules" }) },
    gives: writtenAnswer,
    refusals: editRefusals,
    run: async ({ params: { source, id }, ...request }) => {
      const parsed = parseDocument(request.text, rules, (read) => findFaultsInRules(read));
      if (parsed.state !== "valid") return refuseInvalid(parsed.faults);
      const told = { action: "permissions.rules_set", part: `${section}/${id}` };
      return editMap(source, (map) => amend(map, section, id, JSON.parse(request.text)), told, request);
    },
  });
}

/** `DELETE /api/permissions/:source/{users,usernames,groups}/:id` */
export function deleteRules(section: RuleSection) {
  return operation({
    who: "admin",
    summary: `Removes the rules of one of the ${section}`,
    takes: { params: rulesPath },
    gives: writtenAnswer,
    refusals: editRefusals,
    run: async ({ params: { source, id }, ...request }) =>
      editMap(
        source,
        (map) => (rulesFor(map, section, id) === undefined ? noRules(section) : amend(map, section, id, undefined)),
        { action: "permissions.rules_removed", part: `${section}/${id}` },
        request,
      ),
  });
}

function noRules(section: RuleSection): Refusal<"not_found"> {
  return new Refusal("not_found", `The map has no rules under ${section} for this id.`);
}
