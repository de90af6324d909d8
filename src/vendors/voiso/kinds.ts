import type * as z from "zod";
import type { Draft } from "../../events/draft.ts";
import { agentStatusSchema, normalizeAgentStatus } from "./agent-status.ts";
import { analysisSchema, normalizeAnalysis } from "./analysis.ts";
import { type CallEvent, normalizeCall, normalizeCallNotify, normalizeCallOutcome } from "./call-events.ts";
import { anyCallSchema } from "./call-schema.ts";
import { conversationSchema, normalizeConversation } from "./conversation.ts";
import type { Reading } from "./envelope.ts";
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

export interface Kind {
  readonly type: KindType;
  /** What the envelope may say that the content describes. The content may stand below the first of them. */
  readonly entities: readonly [string, ...string[]];
  readonly schema: z.ZodObject;
  readonly normalize: (reading: Reading) => Draft;
}

function callKind(type: CallEvent): Kind {
  return { type, entities: ["call"], schema: anyCallSchema, normalize: (reading) => normalizeCall(type, reading) };
}

function messageKind(type: "message.received" | "message.sent"): Kind {
  const normalize = (reading: Reading) => normalizeMessage(type, reading);
  return { type, entities: ["message"], schema: messageSchema, normalize };
}

/** The events of the Webhooks page, then the two legacy hooks. */
const kinds: Readonly<Record<string, Kind>> = {
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
    normalize: normalizeConversation,
  },
  "agent.status.update": {
    type: "agent.status_changed",
    entities: ["agent", "user"],
    schema: agentStatusSchema,
    normalize: normalizeAgentStatus,
  },
  "call.analytics.available": {
    type: "call.analysis.available",
    entities: ["analytics", "analysis", "call"],
    schema: analysisSchema,
    normalize: normalizeAnalysis,
  },
  "call.recording.available": {
    type: "call.recording.available",
    entities: ["call", "recording"],
    schema: recordingSchema,
    normalize: normalizeRecording,
  },
  "call-notify": { type: "call.answered", entities: ["call"], schema: anyCallSchema, normalize: normalizeCallNotify },
  "call-outcome": {
    type: "call.completed",
    entities: ["call"],
    schema: anyCallSchema,
    normalize: normalizeCallOutcome,
  },
};

/** The kind of that name, in any case. */
export function kindNamed(name: string): Kind | undefined {
  const lower = name.toLowerCase();
  return Object.hasOwn(kinds, lower) ? kinds[lower] : undefined;
}
