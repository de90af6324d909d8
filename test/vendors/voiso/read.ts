import { seal } from "../../../src/events/envelope.ts";
import type { Json } from "../../../src/events/json.ts";
import type { SourceSettings } from "../../../src/vendors/source-settings.ts";
import { voiso } from "../../../src/vendors/voiso/index.ts";

/** Every event of the Webhooks page and its type. */
export const events = [
  ["inbound.call.answered", "call.answered"],
  ["inbound.call.hangup", "call.hungup"],
  ["inbound.call.ended", "call.completed"],
  ["outbound.call.answered", "call.answered"],
  ["outbound.call.hangup", "call.hungup"],
  ["outbound.call.ended", "call.completed"],
  ["dialer.call.answered", "call.answered"],
  ["dialer.call.hangup", "call.hungup"],
  ["dialer.call.ended", "call.completed"],
  ["message.received", "message.received"],
  ["message.sent", "message.sent"],
  ["conversation.ended", "conversation.ended"],
  ["agent.status.update", "agent.status_changed"],
  ["call.analytics.available", "call.analysis.available"],
  ["call.recording.available", "call.recording.available"],
] as const;

const source: SourceSettings = { id: "voiso" };

/** Reads a body as the vendor does. */
export function read(body: Json, kind?: string, settings: SourceSettings = source) {
  const receivedAt = Date.parse("2025-06-02T08:20:00Z");
  return voiso.normalize({ kind, body, receivedAt }, settings);
}

/** `data` of the event in its envelope, without what is unknown. */
export function dataOf(body: Json, kind?: string, settings?: SourceSettings) {
  return sealed(read(body, kind, settings)).data;
}

/** The event in its envelope. */
export function sealed(draft: ReturnType<typeof read>) {
  return seal(draft, {
    eventId: `evt_${"0".repeat(32)}`,
    source: "voiso",
    vendor: "voiso",
    receipt: "rcpt_01J00000000000000000000000",
    receivedAt: 0,
    publicUrl: "https://relay.example.com",
    raw: null,
    warnings: [],
  });
}
