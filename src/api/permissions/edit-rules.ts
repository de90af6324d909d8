import * as z from "zod";
import { type Fault, parseDocument } from "../../config/documents/parse.ts";
import { findFaultsInRules } from "../../login/faults.ts";
import { amend, readWrittenMap, rulesFor } from "../../login/map/amend.ts";
import { type RuleSection, rules } from "../../login/rules.ts";
import { parsePermissions } from "../../login/store/parse-permissions.ts";
import { refuseInvalid } from "../documents/refusals.ts";
import { writtenAnswer } from "../documents/written.ts";
import { type ApiRequest, operation, Refusal, type Reply } from "../operation.ts";
import { type FoundMap, findMap } from "./map.ts";
import { writeMap } from "./write.ts";

/** The path of one agent's or group's rules. */
const rulesPath = z.object({ source: z.string(), id: z.string().min(1) });
const rulesBody = z.union([z.record(z.string(), z.unknown()), z.array(z.record(z.string(), z.unknown()))]);
const refusals = ["not_found", "not_ready", "precondition_failed", "body_too_large", "not_stored"] as const;
/** How often an edit is repeated when another one came first. */
const MAX_TRIES = 3;

/** `PUT /api/permissions/:source/{users,usernames,groups}/:id` */
export function putRules(section: RuleSection) {
  return operation({
    who: "admin",
    summary: `Sets the rules of one of the ${section}: one rule or a list`,
    takes: { params: rulesPath, body: rulesBody.meta({ description: "A rule or a list of rules" }) },
    gives: writtenAnswer,
    refusals,
    run: async ({ params, ...request }) => {
      const parsed = parseDocument(request.text, rules, (read) => findFaultsInRules(read));
      if (parsed.state !== "valid") return refuseInvalid(parsed.faults);
      return edit({ ...params, section }, JSON.parse(request.text), request);
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
    refusals,
    run: async ({ params, ...request }) => edit({ ...params, section }, undefined, request),
  });
}

/** Whose rules are edited. */
type Edited = z.output<typeof rulesPath> & { readonly section: RuleSection };

type Edit = Promise<Reply | Refusal<(typeof refusals)[number] | "invalid_request">>;

/** Nothing of another edit is lost: what came in between is read again, unless the request names the map it means. */
async function edit(path: Edited, rules: unknown, request: ApiRequest): Edit {
  for (let tries = 1; ; tries++) {
    const found = await findMap(path.source, request);
    if (found instanceof Refusal) return found;
    const result = await editOnce(found, path, rules, request);
    const lost = result instanceof Refusal && result.code === "precondition_failed";
    if (!lost || request.headers.has("if-match") || tries === MAX_TRIES) return result;
  }
}

async function editOnce(found: FoundMap, { section, id }: Edited, rules: unknown, request: ApiRequest): Edit {
  const before = found.written.version?.body ?? "{}";
  const map = readWrittenMap(before);
  if (rules === undefined && rulesFor(map, section, id) === undefined) {
    return new Refusal("not_found", `The map has no rules under ${section} for this id.`);
  }
  const text = JSON.stringify(amend(map, section, id, rules), undefined, 2);
  const parsed = parsePermissions(text);
  if (parsed.state === "invalid") return refuseInvalid(parsed.faults);
  const added = parsed.state === "faulty" ? newFaults(before, parsed.faults) : [];
  if (added.length > 0) return refuseInvalid(added);
  // An edit of one agent has to be quick, above all one that shuts somebody out: it needs no confirmation.
  return writeMap(found, { text, document: parsed.value, confirmed: true, onlyAfter: found.written.newest }, request);
}

/** What was wrong with other rules before must not keep an agent from being shut out now. */
function newFaults(before: string, faults: readonly Fault[]): Fault[] {
  const parsed = parsePermissions(before);
  const known = parsed.state === "valid" ? [] : parsed.faults.map(({ path }) => path);
  return faults.filter(({ path }) => !known.includes(path));
}
