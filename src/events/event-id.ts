import * as z from "zod";
import { shown } from "../platform/shown.ts";

const PREFIX = "evt_";

/** The id of one event: `evt_`, 8 characters of its subject's hash and 24 of its identity's. */
export type EventId = `${typeof PREFIX}${string}`;

/** The id that an event may have. */
export const eventId = z.templateLiteral([PREFIX, z.string().regex(/^[0-9a-z]{32}$/)]).register(shown, { as: "open" });

/** The id of these hashes; without an identity's, the beginning that all ids of a subject share. */
export function eventIdOf(subjectHash: string, identityHash = ""): EventId {
  return `${PREFIX}${subjectHash}${identityHash}`;
}

/** Whether a text is meant as the id of an event. */
export function isEventId(text: string): text is EventId {
  return text.startsWith(PREFIX);
}
