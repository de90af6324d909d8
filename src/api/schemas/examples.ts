import agentLoggedIn from "../../../docs/events/examples/agent.logged_in.json" with { type: "json" };
import agentLoggedOut from "../../../docs/events/examples/agent.logged_out.json" with { type: "json" };
import agentRingNoAnswer from "../../../docs/events/examples/agent.ring_no_answer.json" with { type: "json" };
import agentStatusChanged from "../../../docs/events/examples/agent.status_changed.json" with { type: "json" };
import callAnalysisAvailable from "../../../docs/events/examples/call.analysis.available.json" with { type: "json" };
import callAnswered from "../../../docs/events/examples/call.answered.json" with { type: "json" };
import callCompleted from "../../../docs/events/examples/call.completed.json" with { type: "json" };
import callDispositioned from "../../../docs/events/examples/call.dispositioned.json" with { type: "json" };
import callHungup from "../../../docs/events/examples/call.hungup.json" with { type: "json" };
import callRecordingAvailable from "../../../docs/events/examples/call.recording.available.json" with { type: "json" };
import callStarted from "../../../docs/events/examples/call.started.json" with { type: "json" };
import complianceBlocked from "../../../docs/events/examples/compliance.blocked.json" with { type: "json" };
import conversationEnded from "../../../docs/events/examples/conversation.ended.json" with { type: "json" };
import interactionAssigned from "../../../docs/events/examples/interaction.assigned.json" with { type: "json" };
import interactionEnded from "../../../docs/events/examples/interaction.ended.json" with { type: "json" };
import loginDecided from "../../../docs/events/examples/login.decided.json" with { type: "json" };
import messageReceived from "../../../docs/events/examples/message.received.json" with { type: "json" };
import messageSent from "../../../docs/events/examples/message.sent.json" with { type: "json" };
import messageUpdated from "../../../docs/events/examples/message.updated.json" with { type: "json" };
import paymentUpdated from "../../../docs/events/examples/payment.updated.json" with { type: "json" };
import relayDeadLetter from "../../../docs/events/examples/relay.dead_letter.json" with { type: "json" };
import relayDestinationFailing from "../../../docs/events/examples/relay.destination_failing.json" with {
  type: "json",
};
import relayDocumentFaulty from "../../../docs/events/examples/relay.document_faulty.json" with { type: "json" };
import relayLimitNear from "../../../docs/events/examples/relay.limit_near.json" with { type: "json" };
import relayLogBehind from "../../../docs/events/examples/relay.log_behind.json" with { type: "json" };
import relayLoginsRefused from "../../../docs/events/examples/relay.logins_refused.json" with { type: "json" };
import relaySourceRefused from "../../../docs/events/examples/relay.source_refused.json" with { type: "json" };
import relaySourceSilent from "../../../docs/events/examples/relay.source_silent.json" with { type: "json" };
import syncAnswered from "../../../docs/events/examples/sync.answered.json" with { type: "json" };
import ticketCreated from "../../../docs/events/examples/ticket.created.json" with { type: "json" };
import ticketDeleted from "../../../docs/events/examples/ticket.deleted.json" with { type: "json" };
import ticketUpdated from "../../../docs/events/examples/ticket.updated.json" with { type: "json" };
import userCreated from "../../../docs/events/examples/user.created.json" with { type: "json" };
import userUpdated from "../../../docs/events/examples/user.updated.json" with { type: "json" };
import vendorUnknown from "../../../docs/events/examples/vendor.unknown.json" with { type: "json" };
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
