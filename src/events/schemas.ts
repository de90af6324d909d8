import * as z from "zod";
import { envelope } from "./envelope.ts";
import { dataSchema, type EventType, eventTypes } from "./types.ts";

/** JSON Schema (2020-12) of `data` of one event type. New fields may come, so none are forbidden. */
export function dataJsonSchema(type: EventType) {
  return z.toJSONSchema(dataSchema(type), { io: "input" });
}

/** JSON Schema of a whole event of one type. */
export function eventJsonSchema(type: EventType) {
  return z.toJSONSchema(eventSchema(type), { io: "input" });
}

/** JSON Schema of any event. */
export function anyEventJsonSchema() {
  return z.toJSONSchema(z.union(eventTypes.map(eventSchema)), { io: "input" });
}

function eventSchema(type: EventType) {
  return envelope.extend({ type: z.literal(type), data: dataSchema(type) });
}
