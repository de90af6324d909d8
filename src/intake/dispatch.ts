import { accept } from "./accept.ts";
import { answerByResponder } from "./answer-by-responder.ts";
import { answerQuestion } from "./answer-question.ts";
import type { InboundRequest } from "./inbound-request.ts";
import { judgeWebhook } from "./judge-webhook.ts";
import type { Proved } from "./proved.ts";
import { rejectWebhook } from "./refusals/reject-webhook.ts";

/** Does to a webhook whose key was proved what it was judged to: it is refused, answered or accepted. */
export async function dispatch(webhook: Proved, inbound: InboundRequest): Promise<Response> {
  const verdict = judgeWebhook(webhook);
  switch (verdict.state) {
    case "refused":
      return rejectWebhook(webhook, verdict.reason, inbound, verdict.sentence);
    case "asked":
      return answerQuestion(webhook, verdict.read, verdict.asked, inbound);
    case "asked_responder":
      return answerByResponder(webhook, verdict.read, verdict.responder, inbound);
    case "accepted":
      return accept(webhook, verdict.read, inbound);
  }
}
