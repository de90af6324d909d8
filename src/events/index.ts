/** The public vocabulary, for downstream projects: `import type { HookEvent } from "hookswitch/events"`. */
export type { HookEvent } from "./envelope.ts";
export { envelope } from "./envelope.ts";
export type { EventData, EventParts, EventType } from "./types.ts";
export { dataSchema, eventTypes } from "./types.ts";
