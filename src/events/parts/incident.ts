import * as z from "zod";
import { openText } from "../../platform/shown.ts";
import { instant, part, word } from "./scalar.ts";

/** What an incident may be about. */
export const aboutKind = z.enum(["destination", "source", "permissions", "config", "log", "limit", "relay"]);

/** What an incident is about: `permissions` is the map of the source that `id` names. */
export const about = z.object({ kind: aboutKind, id: word });
export type About = z.infer<typeof about>;

/** Something that needs a person, as the relay tells it of itself: once when it opens, once when it closes. */
export const incident = part({
  id: word,
  state: z.enum(["opened", "closed"]),
  about: about.describe("permissions is the map of the source with that id."),
  since: instant,
  until: instant.describe("From when on it was not so any more; only once it is closed."),
  counts: z.record(openText, z.number()).describe("What was counted, by name; the last 10 minutes, unless it waits."),
  sentence: word.describe("What is so, for people."),
  next: word.describe("A command that helps, or what to do."),
  test: z.literal(true).describe("Only somebody's test: nothing is wrong."),
});
export type IncidentPart = z.infer<typeof incident>;

/** The source that an incident is about, where it is about one. */
export function sourceAbout({ kind, id }: About): string | undefined {
  return kind === "source" || kind === "permissions" ? id : undefined;
}
