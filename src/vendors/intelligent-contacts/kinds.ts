import type { JsonObject } from "../../events/json.ts";
import { callRecord } from "./call-record.ts";

/** Call Created, Call Ended, Call Saved, and the Regulation F block. */
export const kinds = ["call-created", "call-ended", "call-saved", "reg-f"] as const;

export type Kind = (typeof kinds)[number];
export type CallKind = Exclude<Kind, "reg-f">;

export function isKind(word: string | undefined): word is Kind {
  return kinds.some((kind) => kind === word);
}

/**
 * The kind that a body looks like. No member names it, and it can look wrong: a call saved without a result looks
 * ended, a result set at hang-up looks saved, and an unanswered end looks like a beginning.
 */
export function kindByBody(body: JsonObject): Kind | undefined {
  const has = (name: string) => Object.hasOwn(body, name);
  if (!has("call_id")) return has("reason") && has("retry_at") ? "reg-f" : undefined;
  if (!has("call_result") && !has("agent_disp") && !has("call_final_event")) return undefined;
  const { call_result, agent_disp, call_final_event } = callRecord.parse(body);
  if (call_result !== undefined || agent_disp !== undefined) return "call-saved";
  return call_final_event === undefined ? "call-created" : "call-ended";
}
