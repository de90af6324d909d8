import { writeDocument } from "../../config/documents/edit.ts";
import { checkPermissions, findDangers, isDanger } from "../../login/map/check.ts";
import { withoutEnded } from "../../login/map/temporary.ts";
import type { PermissionsDocument } from "../../login/rules.ts";
import { forgetPermissions } from "../../login/store/permissions.ts";
import type { ProblemCode } from "../../problem.ts";
import { mayChange } from "../documents/etag.ts";
import { lostRace, refuseOutcome, type WriteRefusal } from "../documents/refusals.ts";
import { answerWritten } from "../documents/written.ts";
import { type ApiRequest, Refusal, type Reply } from "../operation.ts";
import { authorOf } from "../people/deed.ts";
import { type FoundMap, readMap } from "./map.ts";

/** A map that is to replace the one there. */
export interface Replacement {
  readonly text: string;
  readonly document: PermissionsDocument;
  /** Whether its dangers are meant. */
  readonly confirmed: boolean;
  /** Hash of the version from which it was made, `""` for none; undefined when it was made from none. */
  readonly onlyAfter?: string;
  /** What the audit calls it. */
  readonly action: string;
  /** The part of the map that is meant. */
  readonly what?: string;
  /** Why, in somebody's own words. */
  readonly reason?: string | undefined;
}

const MAX_WARNINGS = 100;

type Written<Code extends ProblemCode> = Promise<Reply | Refusal<WriteRefusal | Code>>;
type Conditions = Pick<ApiRequest, "headers" | "now" | "caller">;

/**
 * Puts a valid map in the place of the one that was found, if it still stands there where the request insists on that.
 * Grants that are over are left out.
 */
export function writeMap(found: FoundMap, by: Replacement & { confirmed: true }, request: Conditions): Written<never>;
export function writeMap(found: FoundMap, by: Replacement, request: Conditions): Written<"confirmation_needed">;
export async function writeMap(
  { place, written, zone }: FoundMap,
  { text, document, confirmed, onlyAfter, action, what, reason }: Replacement,
  { headers, now, caller }: Conditions,
): Written<"confirmation_needed"> {
  if (!mayChange(headers, written.version?.hash)) return lostRace;
  const dangers = confirmed ? [] : findDangers(readMap(written.version?.body), document, zone, now);
  if (dangers.length > 0) return refuseUnconfirmed(dangers);
  const expected = headers.has("if-match") ? written.newest : onlyAfter;
  const left = withoutEnded(text, zone, now);
  const outcome = await writeDocument(place, left, expected, now, { ...authorOf(caller, action, what), reason });
  if (outcome.state !== "written") return refuseOutcome(outcome.state);
  forgetPermissions();
  const findings = checkPermissions(left === text ? document : (readMap(left) ?? document), zone, now);
  return answerWritten(outcome.hash, findings.slice(0, MAX_WARNINGS), now);
}

function refuseUnconfirmed(dangers: ReturnType<typeof findDangers>): Refusal<"confirmation_needed"> {
  const reasons = dangers.filter(isDanger).map(({ code, message }) => ({ code, message }));
  const words = reasons.map(({ message }) => message).join("; ");
  return new Refusal("confirmation_needed", `With this map ${words}. If that is meant, repeat with ?confirm=1.`, {
    reasons,
  });
}
