import type { Responder } from "../config/responders.ts";
import { logLine } from "../platform/log-line.ts";
import { respond } from "../respond/respond.ts";
import type { Reply } from "../vendors/asked-kind.ts";
import { RECORD } from "../vendors/read-answered.ts";
import type { Read } from "./body/formats.ts";
import type { InboundRequest } from "./inbound-request.ts";
import type { WholeMessage } from "./message.ts";
import type { Proved } from "./proved.ts";
import { rejectUnanswered } from "./refusals/reject-unanswered.ts";
import { keyScrubbingOf, scrubbingOf } from "./scrub/rules.ts";
import { scrub } from "./scrub/scrub.ts";
import { scrubReply } from "./scrub/scrub-reply.ts";
import { store } from "./store.ts";
import { writeMessage } from "./write-message.ts";

/** No part of question or answer: what is stored unless the source records them. */
const NOTHING = "null";

/**
 * Has a responder answer a question, which gets it decoded and without its key. That it was asked is stored behind the
 * answer, as well as it can.
 */
export async function answerByResponder(
  webhook: Proved,
  read: Read,
  responder: Responder,
  inbound: InboundRequest,
): Promise<Response> {
  const { source, incoming, liveKeys, origin } = webhook;
  const { now, defer, inSpan } = inbound;
  const { message: written } = writeMessage(webhook, read, now);
  const { receipt, kind, key } = written;
  // A question by nothing but its URL asks for all that it does not say.
  const body = scrub(read.body ?? {}, keyScrubbingOf(source, liveKeys)).body;
  const question = { receipt, origin, method: incoming.method, body };
  const responded = await inSpan("sync.answer", () => respond(responder, question, now), {
    receipt,
    source: source.id,
  });
  const answer = { ...responded.answer, ms: Math.max(0, Date.now() - now) };
  const record = responder.record ? recordOf(written.body, webhook, responded.reply) : NOTHING;
  const message: WholeMessage = { ...written, body: record, answer };
  defer(
    store(message, inbound).then((stored) => {
      if (!stored) logLine("warn", "sync.not_stored", { receipt, source: source.id });
    }),
  );
  const { outcome, status, cached, reason, ms } = answer;
  const level = outcome === "answered" ? "info" : "warn";
  logLine(level, "sync.answered", { receipt, source: source.id, kind, key, outcome, reason, status, cached, ms });
  return responded.reply === undefined ? rejectUnanswered(webhook, inbound) : toResponse(responded.reply);
}

/** Question and answer as JSON, both scrubbed as any body. */
function recordOf(question: string, { source, liveKeys }: Proved, reply: Reply | undefined): string {
  const answer = reply === undefined ? null : scrubReply(reply, scrubbingOf(source, liveKeys));
  return `{"${RECORD.question}":${question},"${RECORD.answer}":${JSON.stringify(answer)}}`;
}

function toResponse({ type, bytes }: Reply): Response {
  const headers = { "content-type": type, "cache-control": "no-store", "x-content-type-options": "nosniff" };
  return new Response(new Uint8Array(bytes), { headers });
}
