/**
 * The public vocabulary, for projects downstream: `import type { HookEvent } from "hookswitch/events"`.
 * Written by `npx vitest run --project node test/project/docs.test.ts -u` from the schemas beside it.
 */
/** An event of one type, or of any: `if (event.type === "call.completed") event.data.call`. */
export type HookEvent<T extends EventType = EventType> = {
    [Type in T]: Envelope & {
        type: Type;
        data: EventData<Type>;
    };
}[T];
export type EventType = keyof DataByType;
/** What stands in `data` of an event of type T. */
export type EventData<T extends EventType = EventType> = DataByType[T];
/** The attributes that events of all types have (CloudEvents 1.0). */
export interface Envelope {
    /** The version of CloudEvents. */
    specversion: "1.0";
    /** The same for the same event, however often it is sent: keep events by it. */
    id: string;
    /** /sources/ and the account's name in the configuration; /relay of what the relay tells of itself. */
    source: string;
    /** What it is about: call/…, agent/…, ticket/<project>/<id>; 512 characters at most. */
    subject?: string;
    /** When it happened; RFC 3339 in UTC. */
    time: string;
    timesource: TimeSource;
    /** What data is written in. */
    datacontenttype: "application/json";
    /** Where the JSON Schema of data is served. */
    dataschema: string;
    /** The call's id, when the event belongs to a call. */
    callid?: string;
    /** The vendor that sent it. */
    vendor: string;
    /** The vendor's own word for the event. */
    vendorevent: string;
    /** When the relay accepted it; RFC 3339 in UTC. */
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
/** How time is known: the vendor told it, it was rebuilt from what the vendor told, or it is when it came. */
export type TimeSource = "vendor" | "derived" | "received";
/** Which way it went. */
export type Direction = "inbound" | "outbound" | "internal";
/** Seconds. Zeros are absent before call.completed, because until then zero means not known yet; they need not add up. */
export interface Durations {
    /** Of the whole call. */
    total?: number;
    /** In a queue. */
    queue?: number;
    /** In the menu. */
    ivr?: number;
    /** Ringing out, until somebody or something answered. */
    dialing?: number;
    /** The dialer waited for an agent. */
    waiting?: number;
    /** The agent looked at the record before dialing. */
    preview?: number;
    /** Agent and customer spoke. */
    talk?: number;
    /** The customer was on hold. */
    hold?: number;
    /** The agent finished up after the call. */
    wrap?: number;
    /** The agent waited for this call. */
    idle?: number;
    /** What the vendor charges for. */
    billable?: number;
}
/** How it ended: a call, a message or a conversation. */
export type Outcome = "answered" | "no_answer" | "busy" | "failed" | "abandoned" | "missed" | "rejected" | "voicemail" | "machine" | "blocked" | "sent" | "delivered" | "undelivered";
/** Who ended the call. */
export type EndedBy = "agent" | "customer" | "system";
/** A call, as far as it is known at this moment. */
export interface Call {
    /** The vendor's id of the call, as in callid. */
    id?: string;
    direction?: Direction;
    /** The vendor's own word for the direction. */
    directionLabel?: string;
    /** The number that called; E.164 when it is valid so, else as sent. */
    from?: string;
    /** The number that was called; E.164 when it is valid so, else as sent. */
    to?: string;
    /** When it began. */
    startedAt?: string;
    /** When it was answered, by whatever answered. */
    answeredAt?: string;
    /** When an agent was connected. */
    agentAt?: string;
    /** When it ended. */
    endedAt?: string;
    durations?: Durations;
    outcome?: Outcome;
    /** The vendor's own word for the outcome. */
    outcomeLabel?: string;
    /** The vendor's, or the tenant's, id of the result. */
    resultId?: string;
    /** What that id means, by the labels of the source or the vendor's own word. */
    resultLabel?: string;
    /** Why it ended, in the vendor's own word. */
    endReason?: string;
    endedBy?: EndedBy;
    /** Where the vendor shows the call. */
    url?: string;
}
/** The agent. */
export interface Agent {
    /** The vendor's id of the agent. */
    id?: string;
    /** The name that the agent signs in with. */
    username?: string;
    /** The agent's name. */
    name?: string;
    /** The agent's e-mail address. */
    email?: string;
    /** The agent's extension. */
    extension?: string;
    /** The group that the agent belongs to. */
    groupId?: string;
    /** The teams that the agent belongs to. */
    teamIds?: string[];
    /** The tenant's own fields: any names, any values. */
    fields?: Record<string, unknown>;
}
/** The customer: a record, lead or contact. */
export interface Customer {
    /** Of the record, lead or contact in the vendor's system. */
    id?: string;
    /** The number of the customer's account. */
    accountId?: string;
    /** Of the customer in the CRM. */
    externalId?: string;
    /** The customer's name. */
    name?: string;
    /** E.164 when the number is valid so, else as sent. */
    phone?: string;
    /** The customer's e-mail address. */
    email?: string;
    /** The name or id that the customer has on the channel. */
    handle?: string;
    /** Where the customer's page is. */
    url?: string;
    /** How often it has been tried to reach the customer. */
    attempts?: number;
    /** When it was first tried. */
    firstAttemptAt?: string;
    /** When the next call is due. */
    nextCallAt?: string;
    /** The tenant's own fields: any names, any values. */
    fields?: Record<string, unknown>;
}
/** On whose behalf the center works. */
export interface Client {
    /** The vendor's id of it. */
    id?: string;
    /** What it is called. */
    name?: string;
    /** Its other name: as the vendor wrote it, or by the source's labels. */
    label?: string;
}
/** The list of customers that is called through. */
export interface List {
    /** The vendor's id of it. */
    id?: string;
    /** What it is called. */
    name?: string;
    /** Its other name: as the vendor wrote it, or by the source's labels. */
    label?: string;
}
/** The campaign; VCC Live's project fills it, too. */
export interface Campaign {
    /** The vendor's id of it. */
    id?: string;
    /** What it is called. */
    name?: string;
    /** Its other name: as the vendor wrote it, or by the source's labels. */
    label?: string;
}
/** The project, of vendors that have projects. */
export interface Project {
    /** The vendor's id of it. */
    id?: string;
    /** What it is called. */
    name?: string;
    /** Its other name: as the vendor wrote it, or by the source's labels. */
    label?: string;
}
/** The vendor's customer, where one account has several. */
export interface Tenant {
    /** The vendor's id of it. */
    id?: string;
    /** What it is called. */
    name?: string;
    /** Its other name: as the vendor wrote it, or by the source's labels. */
    label?: string;
}
/** The queue that the call or conversation was in. */
export interface Queue {
    /** What the queue is called. */
    name?: string;
    /** The place in the queue; the first is 1. */
    position?: number;
    /** The flow or menu that led there. */
    flow?: string;
}
/** What a disposition says of the customer: reached, reached and the goal met, or not reached. */
export type DispositionOutcome = "reached" | "goal" | "not_reached";
/** How the agent, or the dialer, categorised it. */
export interface Disposition {
    /** The vendor's, or the tenant's, id of the disposition. */
    id?: string;
    /** What it is called. */
    label?: string;
    outcome?: DispositionOutcome;
    /** The vendor's own word for the outcome. */
    outcomeLabel?: string;
    /** What the agent wrote. */
    comment?: string;
    /** Whether the customer is to be called back. */
    callback?: boolean;
    /** When the customer is to be called back. */
    callbackAt?: string;
    /** Whether the record is closed with it. */
    final?: boolean;
    /** What was earned, in the tenant's currency. */
    revenue?: number;
    /** The categories that lead to it, outermost first. */
    levels?: string[];
}
/** The rule that stopped a contact: Regulation F, a do-not-call list, a cap on calls. */
export type ComplianceRule = "reg_f" | "dnc" | "call_cap";
/** Why a contact was stopped by law or by a cap. */
export interface Compliance {
    rule?: ComplianceRule;
    /** The reason's code, as the vendor sent it. */
    reason?: string;
    /** What that code means. */
    reasonLabel?: string;
    /** When the contact may be tried again. */
    retryAt?: string;
}
/** What an agent works on, on any channel. */
export interface Interaction {
    /** The vendor's id of the interaction. */
    id?: string;
    /** The vendor's word for the channel. */
    channel?: string;
}
/** A recording of the call. */
export interface Recording {
    /** Where the recording is; whoever has the link may hear it. */
    url?: string;
    /** Until when the link works. */
    expiresAt?: string;
}
/** What the vendor made of the conversation. */
export interface Analysis {
    /** The vendor's id of the analysis. */
    id?: string;
    /** What was said, in short. */
    summary?: string;
    /** A mark, on the vendor's scale. */
    score?: number;
    /** The score in the vendor's own word. */
    scoreLabel?: string;
}
/** Whether an agent takes work. */
export type Availability = "available" | "busy" | "wrap_up" | "break" | "offline";
/** What an agent's status is now, and was. */
export interface Status {
    current?: Availability;
    /** The vendor's own word for the current status. */
    currentLabel?: string;
    previous?: Availability;
    /** The vendor's own word for the status before. */
    previousLabel?: string;
    /** How long the status before lasted; seconds. */
    previousSeconds?: number;
    /** Why, such as the name of a break. */
    reason?: string;
}
/** An e-mail, SMS or chat message. */
export interface Message {
    /** The vendor's id of the message. */
    id?: string;
    /** The id that the channel gave it, such as a Message-ID. */
    externalId?: string;
    /** The vendor's word for the channel: email, sms, whatsapp. */
    channel?: string;
    direction?: Direction;
    /** What it holds, in the vendor's word. */
    contentType?: string;
    /** What it says. */
    text?: string;
    /** Of an e-mail. */
    subject?: string;
    /** Who wrote it: a number or an address, as the channel has it. */
    from?: string;
    /** Whom it was written to. */
    to?: string[];
    /** Who got a copy. */
    cc?: string[];
    /** Who got a copy unseen. */
    bcc?: string[];
    /** What became of it, in the vendor's word. */
    status?: string;
    /** When it was sent. */
    sentAt?: string;
    /** When it was received. */
    receivedAt?: string;
    /** When its status changed. */
    updatedAt?: string;
    /** The message that it answers, by the channel's id. */
    inReplyTo?: string;
}
/** One utterance. */
export interface TranscriptLine {
    /** Who said it. */
    from?: string;
    /** When, as the vendor writes it. */
    at?: string;
    /** What was said. */
    text?: string;
}
/** A chat, or another exchange of messages. */
export interface Conversation {
    /** The vendor's id of the conversation. */
    id?: string;
    /** The vendor's word for the channel. */
    channel?: string;
    outcome?: Outcome;
    /** The vendor's own word for the outcome. */
    outcomeLabel?: string;
    /** Names of the agents who took part. */
    agents?: string[];
    /** The queues that it went through. */
    queues?: string[];
    /** Whether it was marked as spam. */
    spam?: boolean;
    /** Whether it was answered in time, in the vendor's word. */
    sla?: string;
    /** What was said, in order. */
    transcript?: TranscriptLine[];
}
/** Who made the ticket. */
export interface CreatedBy {
    /** The vendor's id of the person. */
    id?: string;
    /** The person's name. */
    name?: string;
}
/** A ticket. An update names only what changed; a field that was sent empty is null. */
export interface Ticket {
    /** The vendor's id of the ticket; unique within its project only. */
    id?: string;
    /** The number that people know it by. */
    number?: string;
    /** What it is called. */
    title?: string | null;
    /** Its type, in the tenant's words. */
    type?: string | null;
    /** What it is about. */
    description?: string | null;
    /** Its status, in the tenant's words. */
    status?: string | null;
    /** Its status in detail. */
    substatus?: string | null;
    /** When it was opened. */
    openedAt?: string | null;
    /** When it was opened again. */
    reopenedAt?: string | null;
    /** When it is due. */
    dueAt?: string | null;
    createdBy?: CreatedBy;
    /** Names of the fields that were sent. */
    changed?: string[];
}
/** What has become of a payment; succeeded and failed are final. */
export type PaymentStatus = "pending" | "succeeded" | "failed";
/** The card that was used. */
export interface Card {
    /** Its last four digits. */
    last4?: string;
    /** As the vendor writes it. */
    expiry?: string;
}
/** A payment, and what has become of it. */
export interface Payment {
    /** The vendor's id of the payment. */
    id?: string;
    status?: PaymentStatus;
    /** The vendor's own word for the status. */
    statusLabel?: string;
    /** What the gateway said. */
    message?: string;
    /** As sent; the vendor does not say whether it counts major or minor units. */
    amount?: number;
    /** ISO 4217, upper case. */
    currency?: string;
    /** How it was paid, in the vendor's word. */
    method?: string;
    /** Who carried it out. */
    gateway?: string;
    card?: Card;
    /** Whether the customer was on the phone. */
    duringCall?: boolean;
}
/** The account of a person at the vendor, as it is or was. Wages never appear here. */
export interface Account {
    /** The person's name. */
    name?: string;
    /** The person's e-mail address. */
    email?: string;
    /** The person's extension. */
    extension?: string;
    /** Whether the account may be used. */
    active?: boolean;
    /** Whether the person takes calls. */
    isAgent?: boolean;
    /** The group that the person belongs to. */
    groupId?: string;
    /** The number that is shown to those who are called. */
    outboundPhone?: string;
    /** The person's own number. */
    contactPhone?: string;
    /** The person's mobile number. */
    mobilePhone?: string;
    /** The project that the mobile number is used for. */
    mobileProjectId?: string;
    /** Whether callbacks are shared out again (VCC Live: redistribution). */
    sharedCallbacks?: boolean;
    /** How the person's phone registers, such as sip-tcp. */
    registerTransport?: string;
    /** The sample rate of the sound, as it is set. */
    sampleRate?: string;
    /** The lists of messages that are set for the person. */
    messageLists?: string[];
}
/** An account at the vendor that was made or changed. */
export interface User {
    /** The vendor's id of the person. */
    id?: string;
    /** The name that the person signs in with. */
    username?: string;
    current?: Account;
    previous?: Account;
    /** Sorted names of what differs; a changed wage shows as wages. */
    changed?: string[];
    /** Whether the password changed; it never comes itself. */
    passwordChanged?: boolean;
}
/** One answer of the login guard. */
export interface Login {
    /** Whether the agent may work on every project that was asked about. */
    granted?: boolean;
    /** By project id: may the agent work there. */
    projects?: Record<string, boolean>;
    /** By project id, what decided: groups.3 allow, users.41 deny, none, unreadable. */
    rules?: Record<string, string>;
    /** What of the question was there and could not be read, by name: then nothing is granted. */
    unreadable?: string[];
    /** Hash of the permission document in force. */
    mapVersion?: string;
    /** How old the copy of the document was; seconds. */
    mapAgeSeconds?: number;
    /** Milliseconds from the request to the decision. */
    ms?: number;
    /** The guard only watched: the vendor was answered otherwise. */
    mode?: "shadow";
    /** In the shadow, by project id: what the vendor was answered. */
    answered?: Record<string, boolean>;
}
/** Whether it begins or is over. */
export type IncidentState = "opened" | "closed";
/** What of the relay it is about; permissions is the map of a source. */
export type IncidentAboutKind = "destination" | "source" | "permissions" | "config" | "log" | "limit" | "relay";
/** What an incident is about. */
export interface IncidentAbout {
    kind: IncidentAboutKind;
    /** Its name in the configuration. */
    id: string;
}
/** Something that needs a person, as the relay tells it of itself: once when it opens, once when it closes. */
export interface Incident {
    /** The same when it opens and when it closes. */
    id?: string;
    state?: IncidentState;
    about?: IncidentAbout;
    /** Since when it is so. */
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
