import type { Fault } from "../../config/documents/parse.ts";
import { readWrittenMap, type WrittenMap } from "../../login/map/amend.ts";
import { parsePermissions } from "../../login/store/parse-permissions.ts";
import { refuseInvalid } from "../documents/refusals.ts";
import { type ApiRequest, Refusal, type Reply } from "../operation.ts";
import { type FoundMap, findMap } from "./map.ts";
import { writeMap } from "./write.ts";

/** What an edit of a part of a map may be refused with. */
export const editRefusals = ["not_found", "not_ready", "precondition_failed", "body_too_large", "not_stored"] as const;

/** How often an edit is repeated when another one came first. */
const MAX_TRIES = 3;

type Edit = Promise<Reply | Refusal<(typeof editRefusals)[number] | "invalid_request">>;

/** What becomes of the map that stands there. */
export type ChangeMap = (map: WrittenMap, found: FoundMap) => WrittenMap | Refusal<"not_found" | "invalid_request">;

/** What the audit calls an edit, and of which part of the map it tells: `users/41`. */
export interface ToldEdit {
  readonly action: string;
  readonly part: string;
  /** Why, in somebody's own words. */
  readonly reason?: string | undefined;
}

/** Nothing of another edit is lost: what came in between is read again, unless the request names the map it means. */
export async function editMap(source: string, change: ChangeMap, told: ToldEdit, request: ApiRequest): Edit {
  for (let tries = 1; ; tries++) {
    const found = await findMap(source, request);
    if (found instanceof Refusal) return found;
    const result = await editOnce(found, change, told, request);
    const lost = result instanceof Refusal && result.code === "precondition_failed";
    if (!lost || request.headers.has("if-match") || tries === MAX_TRIES) return result;
  }
}

async function editOnce(found: FoundMap, change: ChangeMap, told: ToldEdit, request: ApiRequest): Edit {
  const before = found.written.version?.body ?? "{}";
  const changed = change(readWrittenMap(before), found);
  if (changed instanceof Refusal) return changed;
  const text = JSON.stringify(changed, undefined, 2);
  const parsed = parsePermissions(text);
  if (parsed.state === "invalid") return refuseInvalid(parsed.faults);
  const added = parsed.state === "faulty" ? newFaults(before, parsed.faults) : [];
  if (added.length > 0) return refuseInvalid(added);
  // An edit of one agent has to be quick, above all one that shuts somebody out: it needs no confirmation.
  const { action, part, reason } = told;
  const audited = { action, what: `${found.place.name}/${part}`, reason };
  const onlyAfter = found.written.newest;
  return writeMap(found, { text, document: parsed.value, confirmed: true, onlyAfter, ...audited }, request);
}

/**
 * What was wrong with other rules before must not keep an agent from being shut out now. Where one rule becomes a list,
 * or the other way round, an old fault has a new path.
 */
function newFaults(before: string, faults: readonly Fault[]): Fault[] {
  const parsed = parsePermissions(before);
  const known = parsed.state === "valid" ? [] : parsed.faults.map(({ path }) => path);
  return faults.length <= known.length ? [] : faults.filter(({ path }) => !known.includes(path));
}
