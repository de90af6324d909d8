import type { JsonSchema } from "../platform/json-schema/inner.ts";
import { publishSchema } from "../platform/json-schema/publish.ts";
import { newestVersion } from "../platform/json-schema/version.ts";
import { writeMembers } from "../platform/json-schema/write.ts";
import { envelope } from "./envelope.ts";
import { meanings } from "./meanings.ts";
import { dataSchema, type EventType, eventTypes } from "./types.ts";

/** What an event of one type is called in code that is generated: `call.recording.available` is CallRecordingAvailable. */
export function titleOf(type: EventType): string {
  return type
    .split(/[._]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/**
 * JSON Schema (2020-12) of `data` of one event type. New fields may come, so none are forbidden.
 * @param version the newest unless given
 */
export function dataJsonSchema(type: EventType, version?: number): JsonSchema {
  return publishSchema(dataOf(type), version);
}

/** How many versions of the schema of a type's data there are. None that was published ever changes. */
export function dataVersions(type: EventType): number {
  return newestVersion(dataOf(type));
}

/** JSON Schema of a whole event of one type. */
export function eventJsonSchema(type: EventType): JsonSchema {
  return publishSchema(eventOf(type));
}

/** JSON Schema of any event. */
export function anyEventJsonSchema(): JsonSchema {
  return publishSchema(anyEvent());
}

/** The same, with what it is made of in its place. */
export function anyEvent(): JsonSchema {
  return {
    title: "HookEvent",
    description: "An event of any type; its type tells which.",
    oneOf: eventTypes.map(eventOf),
    discriminator: { propertyName: "type" },
  };
}

function eventOf(type: EventType): JsonSchema {
  const { properties, ...rest } = writeMembers(envelope);
  const told = { type: "string", const: type, description: "What happened." } as const;
  return {
    title: titleOf(type),
    description: meanings[type],
    ...rest,
    properties: { ...properties, type: told, data: dataOf(type) },
  };
}

function dataOf(type: EventType): JsonSchema {
  return {
    title: `${titleOf(type)}Data`,
    description: `What is known of it. ${meanings[type]}`,
    ...writeMembers(dataSchema(type)),
  };
}
