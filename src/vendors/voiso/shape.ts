import type * as z from "zod";
import type { JsonObject } from "../../events/json.ts";

const NOTIFY = ["callcenter", "call_start_time", "agent_start_time", "agent_id", "agent_name", "agent_email"] as const;
const OUTCOME = ["end_time", "duration", "disposition"] as const;
const CALL = ["uuid", "ani", "dnis"] as const;

/** Which legacy hook a body comes from: neither of them names itself, and they share all that identifies a call. */
export function legacyKind(body: JsonObject): "call-notify" | "call-outcome" | undefined {
  if (!hasOneOf(body, CALL)) return undefined;
  if (hasOneOf(body, OUTCOME)) return "call-outcome";
  return hasOneOf(body, NOTIFY) ? "call-notify" : undefined;
}

export function hasOneOf(body: JsonObject, names: readonly string[]): boolean {
  return names.some((name) => Object.hasOwn(body, name));
}

/** Whether a body has any of the schema's fields. */
export function shares(body: JsonObject, schema: z.ZodObject): boolean {
  return hasOneOf(body, Object.keys(schema.shape));
}
