import type { HookEvent } from "./events.ts";

/** What was received is no event: JSON of another kind, or none. */
export class NotAnEvent extends Error {
  override readonly name = "NotAnEvent";
}

const TEXTS = ["id", "source", "type", "time"];

/**
 * The event that a verified delivery brings in the format `cloudevents`. It is as it was sent: there will be types and
 * members that this version does not know, so have a `default` where you tell types apart.
 * @param delivery what `verify` returned, or its body
 * @throws NotAnEvent
 */
export function parse(delivery: { readonly body: Uint8Array } | Uint8Array | string): HookEvent {
  const body = typeof delivery === "string" || delivery instanceof Uint8Array ? delivery : delivery.body;
  const value = read(typeof body === "string" ? body : new TextDecoder().decode(body));
  if (!isEvent(value)) throw new NotAnEvent("the body is no CloudEvent of a relay");
  return value;
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isEvent(value: unknown): value is HookEvent {
  if (!isObject(value) || value.specversion !== "1.0" || !isObject(value.data)) return false;
  return TEXTS.every((name) => typeof value[name] === "string");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
