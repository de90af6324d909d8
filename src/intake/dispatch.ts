import { accept } from "./accept.ts";
import { answerQuestion } from "./answer-question.ts";
import { explainKind } from "./kind.ts";
import { METHODS } from "./methods.ts";
import type { Proved } from "./proved.ts";
import { readQuestion } from "./question.ts";
import { rejectWebhook } from "./refusals/reject-webhook.ts";
import type { Visit } from "./visit.ts";

/** What becomes of a webhook whose key was proved: it is refused, answered or accepted. */
export async function judge(webhook: Proved, visit: Visit): Promise<Response> {
  const { source, kind, incoming, decoded } = webhook;
  if (!METHODS.includes(incoming.method)) return rejectWebhook(webhook, "method_not_allowed", visit);
  if (decoded.state === "too_large") return rejectWebhook(webhook, "too_large", visit);
  const refused = explainKind(kind, source.vendor);
  if (refused !== undefined) return rejectWebhook(webhook, "not_supported", visit, refused);
  if (decoded.state !== "read") return rejectWebhook(webhook, decoded.state, visit);
  const asked = readQuestion(source.vendor, kind, decoded);
  if (asked.state === "invalid_question") return rejectWebhook(webhook, "invalid_question", visit);
  return asked.state === "asked" ? answerQuestion(webhook, decoded, asked, visit) : accept(webhook, decoded, visit);
}
