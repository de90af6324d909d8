import type { InboundRequest } from "../inbound-request.ts";
import type { Proved } from "../proved.ts";
import { noteRejection } from "./note-rejection.ts";
import { reject } from "./reject.ts";

const CODE = "no_answer";
const SENTENCE = "Whoever knows the answer did not give one in time, and the configuration has none for this case.";

/** The answer to a question that nobody answered. Nothing of the question is kept, not even its outline. */
export function rejectUnanswered({ source, kind, liveKeys }: Proved, inbound: InboundRequest): Response {
  noteRejection({ source: source.id, reason: CODE, code: CODE, kind, detail: {}, liveKeys }, inbound);
  return reject(CODE, { reason: CODE, source: source.id }, inbound, SENTENCE);
}
