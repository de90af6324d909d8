import { isObject, type Json, type JsonObject } from "../events/json.ts";

/**
 * What may lie round any vendor's body, as a vendor's log shows it: `headers`, which the sender says of itself, and
 * the body in `json`.
 */
export const ENVELOPE = { headers: "headers", body: "json" } as const;

/** The body within an envelope; undefined when there is no object. */
export function enclosedBody(body: JsonObject): JsonObject | undefined {
  const inner: Json | undefined = Object.hasOwn(body, ENVELOPE.body) ? body[ENVELOPE.body] : undefined;
  return isObject(inner) ? inner : undefined;
}
