import type { JsonObject } from "../../events/json.ts";
import type { Kind } from "../kind.ts";
import { readFields } from "../values/fields.ts";
import { callKind } from "./call-kind.ts";
import { callRecord } from "./call-record.ts";
import { regF } from "./reg-f.ts";

/** Call Created, Call Ended, Call Saved, and the Regulation F block. */
export const kinds = {
  "call-created": callKind("call.started"),
  "call-ended": callKind("call.hungup"),
  "call-saved": callKind("call.completed"),
  "reg-f": regF,
} as const satisfies Record<string, Kind>;

/** What a body is told by. */
const signs = callRecord.pick({ call_result: true, agent_disp: true, call_final_event: true });

/**
 * The kind that a body looks like. No member names it, and it can look wrong: a call saved without a result looks
 * ended, a result set at hang-up looks saved, and an unanswered end looks like a beginning.
 */
export function kindByBody(body: JsonObject): keyof typeof kinds | undefined {
  const has = (name: string) => Object.hasOwn(body, name);
  if (!has("call_id")) return has("reason") && has("retry_at") ? "reg-f" : undefined;
  if (!has("call_result") && !has("agent_disp") && !has("call_final_event")) return undefined;
  const { call_result, agent_disp, call_final_event } = readFields(signs, body);
  if (call_result !== undefined || agent_disp !== undefined) return "call-saved";
  return call_final_event === undefined ? "call-created" : "call-ended";
}
