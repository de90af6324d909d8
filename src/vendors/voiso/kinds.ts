import type { Kind } from "../kind.ts";
import type { Window } from "../windows.ts";
import { agentStatusSchema, normalizeAgentStatus } from "./agent-status.ts";
import { analysisSchema, normalizeAnalysis } from "./analysis.ts";
import { type CallEvent, normalizeCall, normalizeCallNotify, normalizeCallOutcome } from "./call-events.ts";
import { anyCallSchema } from "./call-schema.ts";
import { conversationSchema, normalizeConversation } from "./conversation.ts";
import type { EnvelopeContent } from "./envelope.ts";
import { messageSchema, normalizeMessage } from "./message.ts";
import { normalizeRecording, recordingSchema } from "./recording.ts";

type KindType =
  | "call.answered"
  | "call.hungup"
  | "call.completed"
  | "call.recording.available"
  | "call.analysis.available"
  | "message.received"
  | "message.sent"
  | "conversation.ended"
  | "agent.status_changed";

/** A kind whose fields may stand in an envelope. */
export interface ContentKind extends Kind<EnvelopeContent> {
  readonly type: KindType;
  /** What the envelope may say that the content describes. The content may stand below the first of them. */
  readonly entities: readonly [string, ...string[]];
}

/** The time that every event of the Webhooks page has in its envelope. */
const stamped = { times: ["timestamp"] } as const satisfies Window;

function callKind(type: CallEvent): ContentKind {
  const draft = (content: EnvelopeContent) => normalizeCall(type, content);
  return { type, entities: ["call"], schema: anyCallSchema, window: stamped, draft };
}

function messageKind(type: "message.received" | "message.sent"): ContentKind {
  const draft = (content: EnvelopeContent) => normalizeMessage(type, content);
  return { type, entities: ["message"], schema: messageSchema, window: { ...stamped, ids: ["id"] }, draft };
}

/** The events of the Webhooks page, then the two legacy hooks. */
export const kinds: Readonly<Record<string, ContentKind>> = {
  "inbound.call.answered": callKind("call.answered"),
  "inbound.call.hangup": callKind("call.hungup"),
  "inbound.call.ended": callKind("call.completed"),
  "outbound.call.answered": callKind("call.answered"),
  "outbound.call.hangup": callKind("call.hungup"),
  "outbound.call.ended": callKind("call.completed"),
  "dialer.call.answered": callKind("call.answered"),
  "dialer.call.hangup": callKind("call.hungup"),
  "dialer.call.ended": callKind("call.completed"),
  "message.received": messageKind("message.received"),
  "message.sent": messageKind("message.sent"),
  "conversation.ended": {
    type: "conversation.ended",
    entities: ["conversation"],
    schema: conversationSchema,
    window: stamped,
    draft: normalizeConversation,
  },
  "agent.status.update": {
    type: "agent.status_changed",
    entities: ["agent", "user"],
    schema: agentStatusSchema,
    window: { times: ["timestamp", "activity_timestamp"] },
    draft: normalizeAgentStatus,
  },
  "call.analytics.available": {
    type: "call.analysis.available",
    entities: ["analytics", "analysis", "call"],
    schema: analysisSchema,
    window: stamped,
    draft: normalizeAnalysis,
  },
  "call.recording.available": {
    type: "call.recording.available",
    entities: ["call", "recording"],
    schema: recordingSchema,
    window: stamped,
    draft: normalizeRecording,
  },
  "call-notify": {
    type: "call.answered",
    entities: ["call"],
    schema: anyCallSchema,
    // A call that comes back to an agent began when it began: only when the agent was connected tells.
    window: { times: ["timestamp", "agent_start_time"] },
    draft: normalizeCallNotify,
  },
  "call-outcome": {
    type: "call.completed",
    entities: ["call"],
    schema: anyCallSchema,
    // A text message has no end.
    window: { times: ["timestamp", "end_time", "start_time"] },
    draft: normalizeCallOutcome,
  },
};

/** The name of a kind from a word in any case. */
export function spell(word: string): string {
  return word.toLowerCase();
}
