import type { KindDraft } from "../../events/draft.ts";
import { subjects } from "../../events/subject.ts";
import { readCall } from "./call.ts";
import type { EnvelopeContent } from "./envelope.ts";
import { frame } from "./frame.ts";
import { normalizeSms } from "./sms.ts";
import { normalizeWord } from "./words.ts";

export type CallEvent = "call.answered" | "call.hungup" | "call.completed";

/** `*.call.answered`, `*.call.hangup` and `*.call.ended`. */
export function normalizeCall(type: CallEvent, content: EnvelopeContent): KindDraft {
  const { parts, times } = readCall(content, type === "call.completed");
  return {
    ...frame(content, content.timestamp, Object.values(times)),
    type,
    subject: subjects.call(parts.call.id),
    callId: parts.call.id,
    data: parts,
  };
}

/** Call Notify: a conversation begins when the agent is connected. A blind transfer notifies again, for another agent. */
export function normalizeCallNotify(content: EnvelopeContent): KindDraft {
  const { parts, times } = readCall(content, false);
  const { id } = parts.call;
  return {
    ...frame(content, content.timestamp ?? times.agent, Object.values(times)),
    type: "call.answered",
    subject: subjects.call(id),
    callId: id,
    data: parts,
  };
}

/** Call Outcome Logging: after wrap-up, so its figures are final. It logs text messages as well. */
export function normalizeCallOutcome(content: EnvelopeContent): KindDraft {
  const { parts, times } = readCall(content, true);
  const { id } = parts.call;
  const common = frame(content, content.timestamp ?? times.ended, Object.values(times));
  if (normalizeWord(parts.call.directionLabel) === "outbound_sms") return normalizeSms(parts, common);
  return { ...common, type: "call.completed", subject: subjects.call(id), callId: id, data: parts };
}
