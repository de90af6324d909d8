import { logLine } from "../platform/log-line.ts";
import { answerJson } from "./answer-json.ts";
import type { Read } from "./body/formats.ts";
import type { InboundRequest } from "./inbound-request.ts";
import type { Proved } from "./proved.ts";
import { rejectWebhook } from "./refusals/reject-webhook.ts";
import { hashOfSent, lostSome } from "./sent-hash.ts";
import { store } from "./store.ts";
import { writeMessage } from "./write-message.ts";

/** Stores a webhook, and only then answers with its receipt. */
export async function accept(webhook: Proved, read: Read, inbound: InboundRequest): Promise<Response> {
  const written = writeMessage(webhook, read, inbound.now);
  const message = lostSome(read, written)
    ? { ...written.message, sent: await hashOfSent(webhook, read) }
    : written.message;
  const { receipt, source, kind, key } = message;
  const isStored = await inbound.inSpan("intake.store", () => store(message, inbound), { receipt, source });
  if (!isStored) return rejectWebhook(webhook, "not_stored", inbound);
  const { body } = webhook.incoming;
  const bytes = body.state === "whole" ? body.bytes.byteLength : undefined;
  logLine("info", "webhook.received", { receipt, source, kind, key, bytes, ms: Date.now() - inbound.now });
  return answerJson({ receipt });
}
