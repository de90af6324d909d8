import type { ProblemCode } from "../../problem.ts";

/** Why a webhook with a proved key is refused: the code and the sentence for its sender. */
export const webhookRefusals = {
  method_not_allowed: ["method_not_allowed", "Use a method that this kind takes."],
  too_large: ["body_too_large", "A webhook may have 1 MiB at most."],
  not_supported: ["not_supported", "This kind cannot be served."],
  malformed: ["malformed_body", "The body is neither JSON nor a form."],
  unknown_coding: ["malformed_body", "A body may have one content coding, gzip or deflate."],
  broken_coding: ["malformed_body", "The body is not of the content coding that it says, or is damaged."],
  undecryptable: ["malformed_body", "The body cannot be decrypted with any key of this source."],
  invalid_question: [
    "invalid_question",
    "A login question names at least one project, and the agent by id or username.",
  ],
  not_stored: ["not_stored", "It could be stored nowhere in time; please send it again."],
} as const satisfies Record<string, readonly [ProblemCode, string]>;

export type WebhookRefusal = keyof typeof webhookRefusals;
