import type * as z from "zod";
import { figure, instant, openId, part, personText, url, word } from "./scalar.ts";

export const recording = part({
  url: url.describe("Where the recording is; whoever has the link may hear it."),
  expiresAt: instant.describe("Until when the link works."),
}).meta({ title: "Recording", description: "A recording of the call." });
export const analysis = part({
  id: openId.describe("The vendor's id of the analysis."),
  summary: personText.describe("What was said, in short."),
  score: figure().describe("A mark, on the vendor's scale."),
  scoreLabel: word.describe("The score in the vendor's own word."),
}).meta({ title: "Analysis", description: "What the vendor made of the conversation." });

export type Recording = z.infer<typeof recording>;
export type Analysis = z.infer<typeof analysis>;
