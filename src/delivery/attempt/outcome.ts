import type { AttemptFailure } from "../../log/reasons.ts";

/** What came of one HTTP request. */
export type Outcome =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly retryAfter?: string | undefined;
      /** The beginning of the answer, for the operator. */
      readonly answer?: string | undefined;
    }
  /** No answer: too late, no connection, or nothing that may be sent to. */
  | { readonly kind: "failed"; readonly reason: AttemptFailure };

/** The status of an outcome, if there was an answer. */
export function answeredStatus(outcome: Outcome): { status?: number } {
  return outcome.kind === "answered" ? { status: outcome.status } : {};
}

/** What an answer said, if it was kept. */
export function answerOf(outcome: Outcome): { answer?: string } {
  return outcome.kind === "answered" && outcome.answer !== undefined ? { answer: outcome.answer } : {};
}
