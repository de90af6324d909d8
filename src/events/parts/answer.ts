import * as z from "zod";
import { part, word } from "./scalar.ts";

/** How a question was answered that only the customer's own system can answer. */
export const answerOutcome = z.enum(["answered", "otherwise", "refused"]);

/** Why a question was not answered by its responder. */
export const noAnswerReason = z.enum([
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
]);

/** What became of one question to a responder. Nothing of question or answer stands in it. */
export const answer = part({
  kind: word.describe("What asked: ivr or search."),
  outcome: answerOutcome.describe(
    "answered: by the responder; otherwise: by what the configuration has for this case; refused: with 503.",
  ),
  ms: z.number().nonnegative().describe("Milliseconds from the request to its answer."),
  status: z.number().describe("HTTP status of the responder, where it gave one for this question."),
  cached: z.boolean().describe("Whether the answer was kept from an earlier question."),
  reason: noAnswerReason.describe("Why it is not the responder's answer."),
});

export type Answer = z.infer<typeof answer>;
export type NoAnswerReason = z.infer<typeof noAnswerReason>;
