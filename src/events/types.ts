import * as z from "zod";
import { type PartName, parts } from "./parts/index.ts";

const CALL = ["call", "agent", "customer", "client", "list", "campaign", "project", "tenant", "queue"] as const;
const RECORD = ["agent", "customer", "campaign", "project", "tenant"] as const;

/** The vocabulary: each event type and the parts its data may have. */
const partsOf = {
  "call.started": [...CALL, "disposition", "compliance"],
  "call.answered": [...CALL, "disposition", "compliance"],
  "call.hungup": [...CALL, "disposition", "compliance"],
  "call.completed": [...CALL, "disposition", "compliance"],
  "call.dispositioned": [...CALL, "interaction", "disposition"],
  "call.recording.available": [...CALL, "disposition", "compliance", "recording"],
  "call.analysis.available": [...CALL, "analysis"],
  "agent.ring_no_answer": [...CALL],
  "agent.logged_in": ["agent", "tenant"],
  "agent.logged_out": ["agent", "tenant"],
  "agent.status_changed": ["agent", "status", "tenant"],
  "interaction.assigned": [...CALL, "interaction", "disposition"],
  "interaction.ended": [...CALL, "interaction", "disposition"],
  "message.received": [...RECORD, "call", "queue", "message", "conversation", "ticket"],
  "message.sent": [...RECORD, "call", "queue", "message", "conversation", "ticket"],
  "message.updated": [...RECORD, "call", "queue", "message", "conversation", "ticket"],
  "conversation.ended": [...RECORD, "queue", "conversation", "disposition", "ticket"],
  "ticket.created": [...RECORD, "ticket"],
  "ticket.updated": [...RECORD, "ticket"],
  "ticket.deleted": [...RECORD, "ticket"],
  "payment.updated": [...RECORD, "call", "payment"],
  "user.created": ["user", "agent", "tenant"],
  "user.updated": ["user", "agent", "tenant"],
  "compliance.blocked": ["compliance", "customer", "client", "list", "campaign", "tenant"],
  "login.decided": ["login", "agent", "project", "campaign", "tenant"],
  "sync.answered": ["answer", "call"],
  "relay.destination_failing": ["incident"],
  "relay.dead_letter": ["incident"],
  "relay.source_silent": ["incident"],
  "relay.source_refused": ["incident"],
  "relay.document_faulty": ["incident"],
  "relay.logins_refused": ["incident"],
  "relay.log_behind": ["incident"],
  "relay.limit_near": ["incident"],
  "vendor.unknown": [],
} as const satisfies Record<string, readonly PartName[]>;

export type EventType = keyof typeof partsOf;
export const eventTypes = Object.keys(partsOf).filter((name): name is EventType => name in partsOf);

const RELAY = "relay.";

/** What the relay tells of itself. */
export type RelayType = Extract<EventType, `${typeof RELAY}${string}`>;
export const relayTypes = eventTypes.filter((type): type is RelayType => type.startsWith(RELAY));

/** Whether an event of a type is one that the relay tells of itself. */
export function isOfRelay(type: string): boolean {
  return type.startsWith(RELAY);
}

/**
 * Whether a type is the one that a pattern names, or is of its group: `call.completed`, `call.*`, `*`. What the relay
 * tells of itself has to be named.
 */
export function matchesType(pattern: string, type: string): boolean {
  return (
    (pattern === "*" && !isOfRelay(type)) ||
    pattern === type ||
    (pattern.endsWith(".*") && type.startsWith(pattern.slice(0, -1)))
  );
}

export type EventParts<T extends EventType> = {
  [Name in (typeof partsOf)[T][number]]?: z.infer<(typeof parts)[Name]> | undefined;
};

/** What stands in `data` of an event of type T. */
export type EventData<T extends EventType = EventType> = EventParts<T> & {
  warnings?: string[] | undefined;
  raw?: unknown;
};

const warnings = z.array(z.string()).describe("What was odd about the webhook; none of it makes the event invalid.");
const raw = z.unknown().meta({
  description: "The vendor's body without secrets, where the destination asks for it.",
  // Without any type some generators take it for an object.
  type: ["object", "array", "string", "number", "boolean", "null"],
});

/** The zod schema of `data` for one event type: its parts, `warnings` and `raw`. */
export function dataSchema(type: EventType): z.ZodObject {
  const shape = Object.fromEntries(partsOf[type].map((name) => [name, parts[name].optional()]));
  return z.object({ ...shape, warnings: warnings.optional(), raw: raw.optional() });
}
