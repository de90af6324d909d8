import * as z from "zod";
import type { Notice } from "../events/notice.ts";
import { about } from "../events/parts/incident.ts";
import { relayTypes } from "../events/types.ts";
import { toInstant } from "../platform/time/instant.ts";

/** The id of an incident: `inc_` and a ULID, which sorts by when it was first seen. */
export const incidentId = z.templateLiteral(["inc_", z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)]);

/** What is watched. Times are milliseconds since the epoch. */
export const incident = z.object({
  id: z.string(),
  type: z.enum(relayTypes),
  about,
  since: z.number(),
  /** When it was first seen. */
  seen: z.number(),
  /** When it was told; undefined while it may still be over before that. */
  opened: z.number().optional(),
  /** From when on it was not seen any more. */
  quiet: z.number().optional(),
  closed: z.number().optional(),
  counts: z.record(z.string(), z.number()),
  sentence: z.string(),
  next: z.string(),
  /** Who saw to it first. */
  ack: z.object({ who: z.string(), at: z.number() }).optional(),
});
export type Incident = z.infer<typeof incident>;

/** An incident as an event tells it. */
export function toPart({ id, about, since, closed, quiet, counts, sentence, next }: Incident): Notice["incident"] {
  const told = { id, about, since: toInstant(since), counts, sentence, next };
  return closed === undefined
    ? { ...told, state: "opened" }
    : { ...told, state: "closed", until: toInstant(quiet ?? closed) };
}
