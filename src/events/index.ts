/**
 * The public vocabulary, for projects downstream: `import type { HookEvent } from "hookswitch/events"`.
 * Written by `npx vitest run --project node test/project/docs.test.ts -u` from the schemas beside it.
 */

/** An event of one type, or of any: `if (event.type === "call.completed") event.data.call`. */
export type HookEvent<T extends EventType = EventType> = {
  [Type in T]: Envelope & { type: Type; data: EventData<Type> };
}[T];

export type EventType = keyof DataByType;

/** What stands in `data` of an event of type T. */
export type EventData<T extends EventType = EventType> = DataByType[T];

/** The attributes that events of all types have (CloudEvents 1.0). */
export interface Envelope {
  specversion: "1.0";
  id: string;
  source: string;
  subject?: string;
  time: string;
  timesource: "vendor" | "derived" | "received";
  datacontenttype: "application/json";
  dataschema: string;
  callid?: string;
  vendor: string;
  vendorevent: string;
  receivedtime: string;
  /** The receipt's ULID: sorts by acceptance. */
  sequence: string;
  /** The id of the event that this one corrects. */
  corrects?: string;
  /** The vendor's trace context, where its request had one. */
  traceparent?: string;
}

/** `data` by type: every part is left out when nothing is known of it. */
export interface DataByType {
  "call.started": {
    call?: Call;
    agent?: Agent;
    customer?: Customer;
    client?: Client;
    list?: List;
    campaign?: Campaign;
    project?: Project;
    tenant?: Tenant;
    queue?: Queue;
    disposition?: Disposition;
    compliance?: Compliance;
    warnings?: string[];
    raw?: unknown;
  };
  "call.answered": {
    call?: Call;
    agent?: Agent;
    customer?: Customer;
    client?: Client;
    list?: List;
    campaign?: Campaign;
    project?: Project;
    tenant?: Tenant;
    queue?: Queue;
    disposition?: Disposition;
    compliance?: Compliance;
    warnings?: string[];
    raw?: unknown;
  };
  "call.hungup": {
    call?: Call;
    agent?: Agent;
    customer?: Customer;
    client?: Client;
    list?: List;
    campaign?: Campaign;
    project?: Project;
    tenant?: Tenant;
    queue?: Queue;
    disposition?: Disposition;
    compliance?: Compliance;
    warnings?: string[];
    raw?: unknown;
  };
  "call.completed": {
    call?: Call;
    agent?: Agent;
    customer?: Customer;
    client?: Client;
    list?: List;
    campaign?: Campaign;
    project?: Project;
    tenant?: Tenant;
    queue?: Queue;
    disposition?: Disposition;
    compliance?: Compliance;
    warnings?: string[];
    raw?: unknown;
  };
  "call.dispositioned": {
    call?: Call;
    agent?: Agent;
    customer?: Customer;
    client?: Client;
    list?: List;
    campaign?: Campaign;
    project?: Project;
    tenant?: Tenant;
    queue?: Queue;
    interaction?: Interaction;
    disposition?: Disposition;
    warnings?: string[];
    raw?: unknown;
  };
  "call.recording.available": {
    call?: Call;
    agent?: Agent;
    customer?: Customer;
    client?: Client;
    list?: List;
    campaign?: Campaign;
    project?: Project;
    tenant?: Tenant;
    queue?: Queue;
    disposition?: Disposition;
    compliance?: Compliance;
    recording?: Recording;
    warnings?: string[];
    raw?: unknown;
  };
  "call.analysis.available": {
    call?: Call;
    agent?: Agent;
    customer?: Customer;
    client?: Client;
    list?: List;
    campaign?: Campaign;
    project?: Project;
    tenant?: Tenant;
    queue?: Queue;
    analysis?: Analysis;
    warnings?: string[];
    raw?: unknown;
  };
  "agent.ring_no_answer": {
    call?: Call;
    agent?: Agent;
    customer?: Customer;
    client?: Client;
    list?: List;
    campaign?: Campaign;
    project?: Project;
    tenant?: Tenant;
    queue?: Queue;
    warnings?: string[];
    raw?: unknown;
  };
  "agent.logged_in": {
    agent?: Agent;
    tenant?: Tenant;
    warnings?: string[];
    raw?: unknown;
  };
  "agent.logged_out": {
    agent?: Agent;
    tenant?: Tenant;
    warnings?: string[];
    raw?: unknown;
  };
  "agent.status_changed": {
    agent?: Agent;
    status?: Status;
    tenant?: Tenant;
    warnings?: string[];
    raw?: unknown;
  };
  "interaction.assigned": {
    call?: Call;
    agent?: Agent;
    customer?: Customer;
    client?: Client;
    list?: List;
    campaign?: Campaign;
    project?: Project;
    tenant?: Tenant;
    queue?: Queue;
    interaction?: Interaction;
    disposition?: Disposition;
    warnings?: string[];
    raw?: unknown;
  };
  "interaction.ended": {
    call?: Call;
    agent?: Agent;
    customer?: Customer;
    client?: Client;
    list?: List;
    campaign?: Campaign;
    project?: Project;
    tenant?: Tenant;
    queue?: Queue;
    interaction?: Interaction;
    disposition?: Disposition;
    warnings?: string[];
    raw?: unknown;
  };
  "message.received": {
    agent?: Agent;
    customer?: Customer;
    campaign?: Campaign;
    project?: Project;
    tenant?: Tenant;
    call?: Call;
    queue?: Queue;
    message?: Message;
    conversation?: Conversation;
    ticket?: Ticket;
    warnings?: string[];
    raw?: unknown;
  };
  "message.sent": {
    agent?: Agent;
    customer?: Customer;
    campaign?: Campaign;
    project?: Project;
    tenant?: Tenant;
    call?: Call;
    queue?: Queue;
    message?: Message;
    conversation?: Conversation;
    ticket?: Ticket;
    warnings?: string[];
    raw?: unknown;
  };
  "message.updated": {
    agent?: Agent;
    customer?: Customer;
    campaign?: Campaign;
    project?: Project;
    tenant?: Tenant;
    call?: Call;
    queue?: Queue;
    message?: Message;
    conversation?: Conversation;
    ticket?: Ticket;
    warnings?: string[];
    raw?: unknown;
  };
  "conversation.ended": {
    agent?: Agent;
    customer?: Customer;
    campaign?: Campaign;
    project?: Project;
    tenant?: Tenant;
    queue?: Queue;
    conversation?: Conversation;
    disposition?: Disposition;
    ticket?: Ticket;
    warnings?: string[];
    raw?: unknown;
  };
  "ticket.created": {
    agent?: Agent;
    customer?: Customer;
    campaign?: Campaign;
    project?: Project;
    tenant?: Tenant;
    ticket?: Ticket;
    warnings?: string[];
    raw?: unknown;
  };
  "ticket.updated": {
    agent?: Agent;
    customer?: Customer;
    campaign?: Campaign;
    project?: Project;
    tenant?: Tenant;
    ticket?: Ticket;
    warnings?: string[];
    raw?: unknown;
  };
  "ticket.deleted": {
    agent?: Agent;
    customer?: Customer;
    campaign?: Campaign;
    project?: Project;
    tenant?: Tenant;
    ticket?: Ticket;
    warnings?: string[];
    raw?: unknown;
  };
  "payment.updated": {
    agent?: Agent;
    customer?: Customer;
    campaign?: Campaign;
    project?: Project;
    tenant?: Tenant;
    call?: Call;
    payment?: Payment;
    warnings?: string[];
    raw?: unknown;
  };
  "user.created": {
    user?: User;
    agent?: Agent;
    tenant?: Tenant;
    warnings?: string[];
    raw?: unknown;
  };
  "user.updated": {
    user?: User;
    agent?: Agent;
    tenant?: Tenant;
    warnings?: string[];
    raw?: unknown;
  };
  "compliance.blocked": {
    compliance?: Compliance;
    customer?: Customer;
    client?: Client;
    list?: List;
    campaign?: Campaign;
    tenant?: Tenant;
    warnings?: string[];
    raw?: unknown;
  };
  "login.decided": {
    login?: Login;
    agent?: Agent;
    project?: Project;
    campaign?: Campaign;
    tenant?: Tenant;
    warnings?: string[];
    raw?: unknown;
  };
  "sync.answered": {
    answer?: Answer;
    call?: Call;
    warnings?: string[];
    raw?: unknown;
  };
  "relay.destination_failing": {
    incident?: Incident;
    warnings?: string[];
    raw?: unknown;
  };
  "relay.dead_letter": {
    incident?: Incident;
    warnings?: string[];
    raw?: unknown;
  };
  "relay.source_silent": {
    incident?: Incident;
    warnings?: string[];
    raw?: unknown;
  };
  "relay.source_refused": {
    incident?: Incident;
    warnings?: string[];
    raw?: unknown;
  };
  "relay.document_faulty": {
    incident?: Incident;
    warnings?: string[];
    raw?: unknown;
  };
  "relay.logins_refused": {
    incident?: Incident;
    warnings?: string[];
    raw?: unknown;
  };
  "relay.log_behind": {
    incident?: Incident;
    warnings?: string[];
    raw?: unknown;
  };
  "relay.limit_near": {
    incident?: Incident;
    warnings?: string[];
    raw?: unknown;
  };
  "vendor.unknown": {
    warnings?: string[];
    raw?: unknown;
  };
}

export interface Call {
  id?: string;
  direction?: "inbound" | "outbound" | "internal";
  directionLabel?: string;
  /** E.164 when the number is valid so, else as sent. */
  from?: string;
  /** E.164 when the number is valid so, else as sent. */
  to?: string;
  /** RFC 3339 in UTC. */
  startedAt?: string;
  /** RFC 3339 in UTC. */
  answeredAt?: string;
  /** RFC 3339 in UTC. */
  agentAt?: string;
  /** RFC 3339 in UTC. */
  endedAt?: string;
  /** Seconds. Zeros are absent before call.completed, because until then zero means not known yet. */
  durations?: {
    /** Seconds. */
    total?: number;
    /** Seconds. */
    queue?: number;
    /** Seconds. */
    ivr?: number;
    /** Seconds. */
    dialing?: number;
    /** Seconds. */
    waiting?: number;
    /** Seconds. */
    preview?: number;
    /** Seconds. */
    talk?: number;
    /** Seconds. */
    hold?: number;
    /** Seconds. */
    wrap?: number;
    /** Seconds. */
    idle?: number;
    /** Seconds. */
    billable?: number;
  };
  outcome?:
    | "answered"
    | "no_answer"
    | "busy"
    | "failed"
    | "abandoned"
    | "missed"
    | "rejected"
    | "voicemail"
    | "machine"
    | "blocked"
    | "sent"
    | "delivered"
    | "undelivered";
  outcomeLabel?: string;
  resultId?: string;
  resultLabel?: string;
  endReason?: string;
  endedBy?: "agent" | "customer" | "system";
  url?: string;
}

export interface Interaction {
  id?: string;
  channel?: string;
}

export interface Agent {
  id?: string;
  username?: string;
  name?: string;
  email?: string;
  extension?: string;
  groupId?: string;
  teamIds?: string[];
  /** The tenant's own fields: any names, any values. */
  fields?: Record<string, unknown>;
}

export interface Customer {
  /** Of the record, lead or contact in the vendor's system. */
  id?: string;
  accountId?: string;
  /** Of the customer in the CRM. */
  externalId?: string;
  name?: string;
  /** E.164 when the number is valid so, else as sent. */
  phone?: string;
  email?: string;
  handle?: string;
  url?: string;
  attempts?: number;
  /** RFC 3339 in UTC. */
  firstAttemptAt?: string;
  /** RFC 3339 in UTC. */
  nextCallAt?: string;
  /** The tenant's own fields: any names, any values. */
  fields?: Record<string, unknown>;
}

export interface Client {
  id?: string;
  name?: string;
  label?: string;
}

export interface List {
  id?: string;
  name?: string;
  label?: string;
}

export interface Campaign {
  id?: string;
  name?: string;
  label?: string;
}

export interface Project {
  id?: string;
  name?: string;
  label?: string;
}

export interface Tenant {
  id?: string;
  name?: string;
  label?: string;
}

export interface Queue {
  name?: string;
  position?: number;
  flow?: string;
}

export interface Disposition {
  id?: string;
  label?: string;
  outcome?: "reached" | "goal" | "not_reached";
  outcomeLabel?: string;
  comment?: string;
  callback?: boolean;
  /** RFC 3339 in UTC. */
  callbackAt?: string;
  final?: boolean;
  revenue?: number;
  levels?: string[];
}

export interface Status {
  current?: "available" | "busy" | "wrap_up" | "break" | "offline";
  currentLabel?: string;
  previous?: "available" | "busy" | "wrap_up" | "break" | "offline";
  previousLabel?: string;
  /** Seconds. */
  previousSeconds?: number;
  reason?: string;
}

export interface Message {
  id?: string;
  externalId?: string;
  channel?: string;
  direction?: "inbound" | "outbound" | "internal";
  contentType?: string;
  text?: string;
  subject?: string;
  from?: string;
  to?: string[];
  cc?: string[];
  bcc?: string[];
  status?: string;
  /** RFC 3339 in UTC. */
  sentAt?: string;
  /** RFC 3339 in UTC. */
  receivedAt?: string;
  /** RFC 3339 in UTC. */
  updatedAt?: string;
  inReplyTo?: string;
}

export interface Conversation {
  id?: string;
  channel?: string;
  outcome?:
    | "answered"
    | "no_answer"
    | "busy"
    | "failed"
    | "abandoned"
    | "missed"
    | "rejected"
    | "voicemail"
    | "machine"
    | "blocked"
    | "sent"
    | "delivered"
    | "undelivered";
  outcomeLabel?: string;
  agents?: string[];
  queues?: string[];
  spam?: boolean;
  sla?: string;
  transcript?: {
    from?: string;
    at?: string;
    text?: string;
  }[];
}

export interface Ticket {
  id?: string;
  number?: string;
  title?: string | null;
  type?: string | null;
  description?: string | null;
  status?: string | null;
  substatus?: string | null;
  openedAt?: string | null;
  reopenedAt?: string | null;
  dueAt?: string | null;
  createdBy?: {
    id?: string;
    name?: string;
  };
  /** Names of the fields that were sent. */
  changed?: string[];
}

export interface Payment {
  id?: string;
  status?: "pending" | "succeeded" | "failed";
  statusLabel?: string;
  message?: string;
  /** As sent; the vendor does not say whether it counts major or minor units. */
  amount?: number;
  /** ISO 4217, upper case. */
  currency?: string;
  method?: string;
  gateway?: string;
  card?: {
    last4?: string;
    expiry?: string;
  };
  duringCall?: boolean;
}

export interface User {
  id?: string;
  username?: string;
  current?: {
    name?: string;
    email?: string;
    extension?: string;
    active?: boolean;
    isAgent?: boolean;
    groupId?: string;
    /** E.164 when the number is valid so, else as sent. */
    outboundPhone?: string;
    /** E.164 when the number is valid so, else as sent. */
    contactPhone?: string;
    /** E.164 when the number is valid so, else as sent. */
    mobilePhone?: string;
    mobileProjectId?: string;
    sharedCallbacks?: boolean;
    registerTransport?: string;
    sampleRate?: string;
    messageLists?: string[];
  };
  previous?: {
    name?: string;
    email?: string;
    extension?: string;
    active?: boolean;
    isAgent?: boolean;
    groupId?: string;
    /** E.164 when the number is valid so, else as sent. */
    outboundPhone?: string;
    /** E.164 when the number is valid so, else as sent. */
    contactPhone?: string;
    /** E.164 when the number is valid so, else as sent. */
    mobilePhone?: string;
    mobileProjectId?: string;
    sharedCallbacks?: boolean;
    registerTransport?: string;
    sampleRate?: string;
    messageLists?: string[];
  };
  /** Sorted names of what differs; a changed wage shows as wages. */
  changed?: string[];
  passwordChanged?: boolean;
}

export interface Compliance {
  rule?: "reg_f" | "dnc" | "call_cap";
  reason?: string;
  reasonLabel?: string;
  /** RFC 3339 in UTC. */
  retryAt?: string;
}

export interface Recording {
  url?: string;
  /** RFC 3339 in UTC. */
  expiresAt?: string;
}

export interface Analysis {
  id?: string;
  summary?: string;
  score?: number;
  scoreLabel?: string;
}

export interface Login {
  granted?: boolean;
  /** By project id: may the agent work there. */
  projects?: Record<string, boolean>;
  /** By project id, what decided: groups.3 allow, users.41 deny, none, unreadable. */
  rules?: Record<string, string>;
  /** What of the question was there and could not be read, by name: then nothing is granted. */
  unreadable?: string[];
  /** Hash of the permission document in force. */
  mapVersion?: string;
  /** Seconds. */
  mapAgeSeconds?: number;
  /** Milliseconds from the request to the decision. */
  ms?: number;
  /** The guard only watched: the vendor was answered otherwise. */
  mode?: "shadow";
  /** In the shadow, by project id: what the vendor was answered. */
  answered?: Record<string, boolean>;
}

export interface Answer {
  /** What asked: ivr or search. */
  kind?: string;
  /** answered: by the responder; otherwise: by what the configuration has for this case; refused: with 503. */
  outcome?: "answered" | "otherwise" | "refused";
  /** Milliseconds from the request to its answer. */
  ms?: number;
  /** HTTP status of the responder, where it gave one for this question. */
  status?: number;
  /** Whether the answer was kept from an earlier question. */
  cached?: boolean;
  /** Why it is not the responder's answer. */
  reason?:
    | "timeout"
    | "connection"
    | "status"
    | "coding"
    | "too_large"
    | "type"
    | "form"
    | "known_dead"
    | "refused_url"
    | "unusable_secret"
    | "unresolved_header";
}

export interface Incident {
  id?: string;
  state?: "opened" | "closed";
  /** permissions is the map of the source with that id. */
  about?: {
    kind: "destination" | "source" | "permissions" | "config" | "log" | "limit" | "relay";
    id: string;
  };
  /** RFC 3339 in UTC. */
  since?: string;
  /** From when on it was not so any more; only once it is closed. */
  until?: string;
  /** What was counted, by name; the last 10 minutes, unless it waits. */
  counts?: Record<string, number>;
  /** What is so, for people. */
  sentence?: string;
  /** A command that helps, or what to do. */
  next?: string;
  /** Only somebody's test: nothing is wrong. */
  test?: true;
}
