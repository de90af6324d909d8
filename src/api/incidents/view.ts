import * as z from "zod";
import { about } from "../../events/parts/incident.ts";
import { relayTypes } from "../../events/types.ts";
import type { Incident } from "../../incidents/incident.ts";
import { openText, userName } from "../../platform/shown.ts";
import { toInstant } from "../../platform/time/instant.ts";

/** An incident, as the API gives it. */
export const incidentView = z.object({
  id: openText,
  type: z.enum(relayTypes),
  state: z.enum(["opened", "closed"]),
  about: about.describe("`permissions` is the map of the source with that id"),
  since: z.iso.datetime(),
  until: z.iso.datetime().nullable().describe("from when on it was not so any more; null while it is open"),
  opened: z.iso.datetime().describe("when it was told of"),
  counts: z.record(openText, z.number()).describe("by name; what rises is counted within 10 minutes"),
  sentence: openText,
  next: openText.describe("a command that helps, or what to do"),
  ack: z
    .object({ who: userName, at: z.iso.datetime() })
    .nullable()
    .describe("who sees to it, as they said themselves; null while nobody has"),
});

/** Tells of an incident. */
export function tellIncident(incident: Incident): z.input<typeof incidentView> {
  const { id, type, about, since, seen, opened = seen, quiet, closed, counts, sentence, next, ack } = incident;
  return {
    id,
    type,
    state: closed === undefined ? "opened" : "closed",
    about,
    since: toInstant(since),
    until: closed === undefined ? null : toInstant(quiet ?? closed),
    opened: toInstant(opened),
    counts,
    sentence,
    next,
    ack: ack === undefined ? null : { who: ack.who, at: toInstant(ack.at) },
  };
}
