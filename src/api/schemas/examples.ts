import agentLoggedIn from "../../events/examples/agent.logged_in.json" with { type: "json" };
import agentLoggedOut from "../../events/examples/agent.logged_out.json" with { type: "json" };
import agentRingNoAnswer from "../../events/examples/agent.ring_no_answer.json" with { type: "json" };
import agentStatusChanged from "../../events/examples/agent.status_changed.json" with { type: "json" };
import callAnalysisAvailable from "../../events/examples/call.analysis.available.json" with { type: "json" };
import callAnswered from "../../events/examples/call.answered.json" with { type: "json" };
import callCompleted from "../../events/examples/call.completed.json" with { type: "json" };
import callDispositioned from "../../events/examples/call.dispositioned.json" with { type: "json" };
import callHungup from "../../events/examples/call.hungup.json" with { type: "json" };
import callRecordingAvailable from "../../events/examples/call.recording.available.json" with { type: "json" };
import callStarted from "../../events/examples/call.started.json" with { type: "json" };
import complianceBlocked from "../../events/examples/compliance.blocked.json" with { type: "json" };
import conversationEnded from "../../events/examples/conversation.ended.json" with { type: "json" };
import interactionAssigned from "../../events/examples/interaction.assigned.json" with { type: "json" };
import interactionEnded from "../../events/examples/interaction.ended.json" with { type: "json" };
import loginDecided from "../../events/examples/login.decided.json" with { type: "json" };
import messageReceived from "../../events/examples/message.received.json" with { type: "json" };
import messageSent from "../../events/examples/message.sent.json" with { type: "json" };
import messageUpdated from "../../events/examples/message.updated.json" with { type: "json" };
import paymentUpdated from "../../events/examples/payment.updated.json" with { type: "json" };
import relayDeadLetter from "../../events/examples/relay.dead_letter.json" with { type: "json" };
import relayDestinationFailing from "../../events/examples/relay.destination_failing.json" with { type: "json" };
import relayDocumentFaulty from "../../events/examples/relay.document_faulty.json" with { type: "json" };
import relayLimitNear from "../../events/examples/relay.limit_near.json" with { type: "json" };
import relayLogBehind from "../../events/examples/relay.log_behind.json" with { type: "json" };
import relayLoginsRefused from "../../events/examples/relay.logins_refused.json" with { type: "json" };
import relaySourceRefused from "../../events/examples/relay.source_refused.json" with { type: "json" };
import relaySourceSilent from "../../events/examples/relay.source_silent.json" with { type: "json" };
import syncAnswered from "../../events/examples/sync.answered.json" with { type: "json" };
import ticketCreated from "../../events/examples/ticket.created.json" with { type: "json" };
import ticketDeleted from "../../events/examples/ticket.deleted.json" with { type: "json" };
import ticketUpdated from "../../events/examples/ticket.updated.json" with { type: "json" };
import userCreated from "../../events/examples/user.created.json" with { type: "json" };
import userUpdated from "../../events/examples/user.updated.json" with { type: "json" };
import vendorUnknown from "../../events/examples/vendor.unknown.json" with { type: "json" };
import type { EventType } from "../../events/types.ts";

/** An event of each type, as a destination gets it that asks for nothing special. */
export const examples: Readonly<Record<EventType, object>> = {
  "call.started": callStarted,
  "call.answered": callAnswered,
  "call.hungup": callHungup,
  "call.completed": callCompleted,
  "call.dispositioned": callDispositioned,
  "call.recording.available": callRecordingAvailable,
  "call.analysis.available": callAnalysisAvailable,
  "agent.ring_no_answer": agentRingNoAnswer,
  "agent.logged_in": agentLoggedIn,
  "agent.logged_out": agentLoggedOut,
  "agent.status_changed": agentStatusChanged,
  "interaction.assigned": interactionAssigned,
  "interaction.ended": interactionEnded,
  "message.received": messageReceived,
  "message.sent": messageSent,
  "message.updated": messageUpdated,
  "conversation.ended": conversationEnded,
  "ticket.created": ticketCreated,
  "ticket.updated": ticketUpdated,
  "ticket.deleted": ticketDeleted,
  "payment.updated": paymentUpdated,
  "user.created": userCreated,
  "user.updated": userUpdated,
  "compliance.blocked": complianceBlocked,
  "login.decided": loginDecided,
  "sync.answered": syncAnswered,
  "relay.destination_failing": relayDestinationFailing,
  "relay.dead_letter": relayDeadLetter,
  "relay.source_silent": relaySourceSilent,
  "relay.source_refused": relaySourceRefused,
  "relay.document_faulty": relayDocumentFaulty,
  "relay.logins_refused": relayLoginsRefused,
  "relay.log_behind": relayLogBehind,
  "relay.limit_near": relayLimitNear,
  "vendor.unknown": vendorUnknown,
};
