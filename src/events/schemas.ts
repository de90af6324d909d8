import * as z from "zod";
import type { JsonSchema } from "../platform/json-schema/inner.ts";
import { writeSchema } from "../platform/json-schema/write.ts";
import { envelope } from "./envelope.ts";
import { meanings } from "./meanings.ts";
import { dataSchema, type EventType, eventTypes } from "./types.ts";

/** What an event of any type is called in code that is generated from the schemas. */
export const ANY_EVENT = "HookEvent";

/** What an event of one type is called there: `call.recording.available` is CallRecordingAvailable. */
export function titleOf(type: EventType): string {
  return type
    .split(/[._]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/** JSON Schema (2020-12) of `data` of one event type. New fields may come, so none are forbidden. */
export function dataJsonSchema(type: EventType): JsonSchema {
  return writeSchema(titledData(type));
}

/** JSON Schema of a whole event of one type. */
export function eventJsonSchema(type: EventType): JsonSchema {
  return writeSchema(eventSchema(type));
}

/** JSON Schema of any event. */
export function anyEventJsonSchema(): JsonSchema {
  const { anyOf, ...rest } = writeSchema(
    z
      .union(eventTypes.map(eventSchema))
      .meta({ title: ANY_EVENT, description: "An event of any type; `type` tells which." }),
  );
  return { ...rest, oneOf: anyOf, discriminator: { propertyName: "type" } };
}

function eventSchema(type: EventType) {
  return envelope
    .extend({ type: z.literal(type).describe("What happened."), data: titledData(type) })
    .meta({ title: titleOf(type), description: meanings[type] });
}

function titledData(type: EventType) {
  return dataSchema(type).meta({
    title: `${titleOf(type)}Data`,
    description: `What is known of it. ${meanings[type]}`,
  });
}
