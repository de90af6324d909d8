import type { CallOutcome, ComplianceRule, Direction, EndedBy, Status } from "../../events/classes.ts";
import { cutWord } from "../../events/values/read.ts";

/** One form for what Voiso prints as `System Reject`, `System reject (drop)`, `system_reject` and `answered_by_VM`. */
export function normalizeWord(word = ""): string {
  const bare = withoutBrackets(cutWord(word)).trim();
  return bare.toLowerCase().replace(/[\s_-]+/g, "_");
}

/** A text without what stands in brackets. What is never closed stays. */
export function withoutBrackets(text: string): string {
  const kept: string[] = [];
  let from = 0;
  for (let open = text.indexOf("("); open >= 0; open = text.indexOf("(", from)) {
    const close = text.indexOf(")", open);
    if (close < 0) break;
    kept.push(text.slice(from, open));
    from = close + 1;
  }
  return [...kept, text.slice(from)].join("");
}

/** Call types (docs.voiso.com/apidocs/cdr-1). A call back is dialled by the centre, so it goes out. */
const directions: Readonly<Record<string, Direction>> = {
  inbound: "inbound",
  outbound: "outbound",
  dialer: "outbound",
  click_to_call: "outbound",
  callback: "outbound",
  queue_callback: "outbound",
  outbound_sms: "outbound",
};

/** Disposition codes (docs.voiso.com/docs/disposition-codes); those that only name a state have no class. */
const outcomes: Readonly<Record<string, CallOutcome>> = {
  answered: "answered",
  no_answer: "no_answer",
  busy: "busy",
  failed: "failed",
  route_unavailable: "failed",
  not_sent: "failed",
  abandoned: "abandoned",
  dialer_abandoned: "abandoned",
  system_abandoned: "abandoned",
  missed: "missed",
  rejected: "rejected",
  answered_by_vm: "voicemail",
  machine_answered: "machine",
  system_reject: "blocked",
  sent: "sent",
  delivered: "delivered",
  not_delivered: "undelivered",
};

/** End reasons (docs.voiso.com/docs/end-reasons); `Contact disconnect` stands in the webhook pages only. */
const enders: Readonly<Record<string, EndedBy>> = {
  agent_disconnect: "agent",
  customer_disconnect: "customer",
  contact_disconnect: "customer",
  remote_party_disconnect: "customer",
  machine_disconnect: "system",
  manager_terminate: "system",
  timeout: "system",
  system_reject: "system",
  dncr_rejected: "system",
  dncr_failure: "system",
};

/** What stops a call before it is made: the do-not-call registry, or the cap of calls to one number. */
const blocks: Readonly<Record<string, ComplianceRule>> = {
  dncr_rejected: "dnc",
  dncr_failure: "dnc",
  system_reject: "call_cap",
};

/** Agent statuses; the list is open, and `Idle` fits no class. */
const statuses: Readonly<Record<string, Status>> = {
  available: "available",
  busy: "busy",
  break: "break",
  on_break: "break",
  offline: "offline",
  wrap_up: "wrap_up",
};

export const directionOf = (word: string | undefined) => classOf(directions, word);
export const outcomeOf = (word: string | undefined) => classOf(outcomes, word);
export const enderOf = (word: string | undefined) => classOf(enders, word);
export const blockOf = (word: string | undefined) => classOf(blocks, word);
export const statusOf = (word: string | undefined) => classOf(statuses, word);

function classOf<Class>(classes: Readonly<Record<string, Class>>, word: string | undefined): Class | undefined {
  const normalized = normalizeWord(word);
  return Object.hasOwn(classes, normalized) ? classes[normalized] : undefined;
}
