import * as z from "zod";
import { openText } from "../../platform/shown.ts";
import { instant, part, word } from "./scalar.ts";

/** What an incident may be about. */
export const aboutKind = z.enum(["destination", "source", "permissions", "config", "log", "limit", "relay"]).meta({
  title: "IncidentAboutKind",
  description: "What of the relay it is about; permissions is the map of a source.",
});

const incidentState = z
  .enum(["opened", "closed"])
  .meta({ title: "IncidentState", description: "Whether it begins or is over." });

/** What an incident is about: `permissions` is the map of the source that `id` names. */
export const about = z
  .object({
    kind: aboutKind,
    id: word.describe("Its name in the configuration."),
  })
  .meta({ title: "IncidentAbout", description: "What an incident is about." });
export type About = z.infer<typeof about>;

/** Something that needs a person, as the relay tells it of itself: once when it opens, once when it closes. */
export const incident = part({
  id: word.describe("The same when it opens and when it closes."),
  state: incidentState,
  about,
  since: instant.describe("Since when it is so."),
  until: instant.describe("From when on it was not so any more; only once it is closed."),
  counts: z.record(openText, z.number()).describe("What was counted, by name; the last 10 minutes, unless it waits."),
  sentence: word.describe("What is so, for people."),
  next: word.describe("A command that helps, or what to do."),
  test: z.literal(true).describe("Only somebody's test: nothing is wrong."),
}).meta({
  title: "Incident",
  description:
    "Something that needs a person, as the relay tells it of itself: once when it opens, once when it closes.",
});

/** The source that an incident is about, where it is about one. */
export function sourceAbout({ kind, id }: About): string | undefined {
  return kind === "source" || kind === "permissions" ? id : undefined;
}
