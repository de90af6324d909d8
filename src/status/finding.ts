import * as z from "zod";
import { openText } from "../platform/shown.ts";
import { type FindingKind, findingKind } from "./kinds.ts";

/** One thing that needs a person, as the relay tells it and the command line reads it. */
export const finding = z.object({
  kind: findingKind,
  subject: openText.describe("the source, destination, secret or limit that it is about; else `relay`"),
  since: z.iso.datetime().nullable().describe("since when it is so, where that is known"),
  sentence: openText.describe("what is so, for people"),
  next: openText.describe("a command that helps, or what to do"),
});
export type Finding = z.infer<typeof finding>;

export const verdict = z.enum(["ok", "attention", "broken"]);
export type Verdict = z.infer<typeof verdict>;

/** What a judgement found. `since`: milliseconds since the epoch; without words of its own it says those of its kind. */
export interface Found {
  readonly kind: FindingKind;
  readonly subject?: string | undefined;
  readonly since?: number | undefined;
  readonly sentence?: string | undefined;
  readonly next?: string | undefined;
}

/** The subject of what is about no part of it. */
export const WHOLE_RELAY = "relay";
