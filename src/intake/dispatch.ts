import { accept } from "./accept.ts";
import { answerByResponder } from "./answer-by-responder.ts";
import { answerQuestion } from "./answer-question.ts";
import type { InboundRequest } from "./inbound-request.ts";
import { explainKind } from "./kind.ts";
import { methodsOf } from "./methods.ts";
import type { Proved } from "./proved.ts";
import { readQuestion } from "./question.ts";
import { rejectWebhook } from "./refusals/reject-webhook.ts";

/** What becomes of a webhook whose key was proved: it is refused, answered or accepted. */
export async function dispatch(webhook: Proved, inbound: InboundRequest): Promise<Response> {
  const { source, kind, incoming, decoded } = webhook;
  const responder = source.responders.get(kind ?? "");
  if (!methodsOf(webhook).includes(incoming.method)) return rejectWebhook(webhook, "method_not_allowed", inbound);
  if (decoded.state === "too_large") return rejectWebhook(webhook, "too_large", inbound);
  const refused = responder === undefined ? explainKind(kind, source.vendor) : undefined;
  if (refused !== undefined) return rejectWebhook(webhook, "not_supported", inbound, refused);
  if (decoded.state !== "read") return rejectWebhook(webhook, decoded.state, inbound);
  if (responder !== undefined) return answerByResponder(webhook, decoded, responder, inbound);
  const asked = readQuestion(source.vendor, kind, decoded);
  if (asked.state === "invalid_question") return rejectWebhook(webhook, "invalid_question", inbound);
  return asked.state === "asked" ? answerQuestion(webhook, decoded, asked, inbound) : accept(webhook, decoded, inbound);
}
