import type { Json } from "../../src/events/json.ts";
import type { VendorId } from "../../src/vendors/index.ts";
import genericCallByPaths from "../vendors/generic/call.by-paths.json" with { type: "json" };
import genericTicketSubjectOfItsOwn from "../vendors/generic/ticket.subject-of-its-own.json" with { type: "json" };
import intelligentContactsCallCreated from "../vendors/intelligent-contacts/call-created.json" with { type: "json" };
import intelligentContactsCallEnded from "../vendors/intelligent-contacts/call-ended.json" with { type: "json" };
import intelligentContactsCallSaved from "../vendors/intelligent-contacts/call-saved.json" with { type: "json" };
import intelligentContactsRegFListsAndEmail from "../vendors/intelligent-contacts/reg-f.lists-and-email.json" with {
  type: "json",
};
import ucontactAgentBreakBegin from "../vendors/ucontact/agent-break.begin.json" with { type: "json" };
import ucontactAgentLogLogin from "../vendors/ucontact/agent-log.login.json" with { type: "json" };
import ucontactAgentRingNoAnswerWithGuid from "../vendors/ucontact/agent-ring-no-answer.with-guid.json" with {
  type: "json",
};
import ucontactAssignInteraction from "../vendors/ucontact/assign-interaction.json" with { type: "json" };
import ucontactFinishInteractionWebchat from "../vendors/ucontact/finish-interaction.webchat.json" with {
  type: "json",
};
import ucontactInteractionDisposition from "../vendors/ucontact/interaction-disposition.json" with { type: "json" };
import vccLiveCallDisposition from "../vendors/vcc-live/call-disposition.json" with { type: "json" };
import vccLiveChat from "../vendors/vcc-live/chat.json" with { type: "json" };
import vccLiveEmail from "../vendors/vcc-live/email.json" with { type: "json" };
import vccLivePaymentTransaction from "../vendors/vcc-live/payment-transaction.json" with { type: "json" };
import vccLiveProjectLoginCustomData from "../vendors/vcc-live/project-login.custom-data.json" with { type: "json" };
import vccLiveSms from "../vendors/vcc-live/sms.json" with { type: "json" };
import vccLiveTicketStatusAdd from "../vendors/vcc-live/ticket-status.add.json" with { type: "json" };
import vccLiveUserChanged from "../vendors/vcc-live/user.changed.json" with { type: "json" };
import voisoAgentStatusUpdate from "../vendors/voiso/agent.status.update.json" with { type: "json" };
import voisoCallAnalyticsAvailable from "../vendors/voiso/call.analytics.available.json" with { type: "json" };
import voisoCallRecordingAvailable from "../vendors/voiso/call.recording.available.json" with { type: "json" };
import voisoCallNotify from "../vendors/voiso/call-notify.json" with { type: "json" };
import voisoCallOutcomeOutboundSms from "../vendors/voiso/call-outcome.outbound-sms.json" with { type: "json" };
import voisoConversationEnded from "../vendors/voiso/conversation.ended.json" with { type: "json" };
import voisoDialerCallAnswered from "../vendors/voiso/dialer.call.answered.json" with { type: "json" };
import voisoDialerCallEnded from "../vendors/voiso/dialer.call.ended.json" with { type: "json" };
import voisoDialerCallHangupDoNotCall from "../vendors/voiso/dialer.call.hangup.do-not-call.json" with { type: "json" };
import voisoInboundCallAnswered from "../vendors/voiso/inbound.call.answered.json" with { type: "json" };
import voisoInboundCallEnded from "../vendors/voiso/inbound.call.ended.json" with { type: "json" };
import voisoInboundCallHangup from "../vendors/voiso/inbound.call.hangup.json" with { type: "json" };
import voisoInboundCallHangupUserUnderCallEvent from "../vendors/voiso/inbound.call.hangup.user-under-call-event.json" with {
  type: "json",
};
import voisoMessageReceived from "../vendors/voiso/message.received.json" with { type: "json" };
import voisoMessageSent from "../vendors/voiso/message.sent.json" with { type: "json" };
import voisoOutboundCallAnswered from "../vendors/voiso/outbound.call.answered.json" with { type: "json" };
import voisoOutboundCallEndedCallCap from "../vendors/voiso/outbound.call.ended.call-cap.json" with { type: "json" };

/** A body of each kind of each vendor, with the kind in its URL where no body names it. */
export const eachKind: readonly (readonly [VendorId, string | undefined, Json])[] = [
  ["vcc-live", "project-login", vccLiveProjectLoginCustomData],
  ["vcc-live", "user", vccLiveUserChanged],
  ["vcc-live", "call-disposition", vccLiveCallDisposition],
  ["vcc-live", "payment-transaction", vccLivePaymentTransaction],
  ["vcc-live", "sms", vccLiveSms],
  ["vcc-live", "email", vccLiveEmail],
  ["vcc-live", "chat", vccLiveChat],
  ["vcc-live", "ticket-status", vccLiveTicketStatusAdd],
  ["ucontact", undefined, ucontactAgentRingNoAnswerWithGuid],
  ["ucontact", undefined, ucontactAgentLogLogin],
  ["ucontact", undefined, ucontactAgentBreakBegin],
  ["ucontact", undefined, ucontactAssignInteraction],
  ["ucontact", undefined, ucontactFinishInteractionWebchat],
  ["ucontact", undefined, ucontactInteractionDisposition],
  ["intelligent-contacts", "call-created", intelligentContactsCallCreated],
  ["intelligent-contacts", "call-ended", intelligentContactsCallEnded],
  ["intelligent-contacts", "call-saved", intelligentContactsCallSaved],
  ["intelligent-contacts", "reg-f", intelligentContactsRegFListsAndEmail],
  ["voiso", undefined, voisoInboundCallAnswered],
  ["voiso", undefined, voisoInboundCallHangup],
  ["voiso", undefined, voisoInboundCallEnded],
  ["voiso", undefined, voisoOutboundCallAnswered],
  ["voiso", undefined, voisoOutboundCallEndedCallCap],
  ["voiso", undefined, voisoDialerCallAnswered],
  ["voiso", undefined, voisoDialerCallHangupDoNotCall],
  ["voiso", undefined, voisoDialerCallEnded],
  ["voiso", undefined, voisoMessageReceived],
  ["voiso", undefined, voisoMessageSent],
  ["voiso", undefined, voisoConversationEnded],
  ["voiso", undefined, voisoAgentStatusUpdate],
  ["voiso", undefined, voisoCallAnalyticsAvailable],
  ["voiso", undefined, voisoCallRecordingAvailable],
  ["voiso", "call-notify", voisoCallNotify],
  ["voiso", "call-outcome", voisoCallOutcomeOutboundSms],
  ["voiso", undefined, voisoInboundCallHangupUserUnderCallEvent],
  ["generic", undefined, genericCallByPaths],
  ["generic", undefined, genericTicketSubjectOfItsOwn],
];
