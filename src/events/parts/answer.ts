import * as z from "zod";
import { part, word } from "./scalar.ts";

/** How a question was answered that only the customer's own system can answer. */
export const answerOutcome = z.enum(["answered", "otherwise", "refused"]).meta({
  title: "AnswerOutcome",
  description: "answered: by the responder; otherwise: by what the configuration has for this case; refused: with 503.",
});

/** Why a question was not answered by its responder. */
export const noAnswerReason = z
  .enum([
    "timeout",
    "connection",
    "status",
    "coding",
    "too_large",
    "type",
    "form",
    "known_dead",
    "refused_url",
    "unusable_secret",
    "unresolved_header",
  ])
  .meta({ title: "NoAnswerReason", description: "Why it is not the responder's answer." });

/** What became of one question to a responder. Nothing of question or answer stands in it. */
export const answer = part({
  kind: word.describe("What asked: ivr or search."),
  outcome: answerOutcome,
  ms: z.number().nonnegative().describe("Milliseconds from the request to its answer."),
  status: z.number().describe("HTTP status of the responder, where it gave one for this question."),
  cached: z.boolean().describe("Whether the answer was kept from an earlier question."),
  reason: noAnswerReason,
}).meta({
  title: "Answer",
  description: "What became of one question to a responder. Nothing of question or answer stands in it.",
});

export type Answer = z.infer<typeof answer>;
export type NoAnswerReason = z.infer<typeof noAnswerReason>;
