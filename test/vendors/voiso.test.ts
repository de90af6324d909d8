import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seal } from "../../src/events/envelope.ts";
import { isObject, type Json, type JsonObject, parseJson } from "../../src/events/json.ts";
import { dataSchema } from "../../src/events/types.ts";
import type { SourceSettings } from "../../src/vendors/vendor.ts";
import { voiso } from "../../src/vendors/voiso/index.ts";

const events = [
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

function read(body: Json, kind?: string, settings: SourceSettings = source) {
  const receivedAt = Date.parse("2025-06-02T08:20:00Z");
  return voiso.normalize({ kind, body, text: JSON.stringify(body), receivedAt }, settings);
}

function dataOf(body: Json, kind?: string, settings?: SourceSettings) {
  return sealed(read(body, kind, settings)).data;
}

function sealed(draft: ReturnType<typeof read>) {
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

describe("kinds", () => {
  it.each(events)("%s is %s", (event, type) => {
    expect(read({ event, data: { id: "1" } })).toMatchObject({ type, vendorEvent: event, warnings: [] });
  });

  it("takes the name of an event from the URL where the body has none", () => {
    const draft = read({ timestamp: "2025-02-03T09:15:42Z", data: { id: "c1" } }, "inbound.call.hangup");
    expect(draft).toMatchObject({ type: "call.hungup", callId: "c1", warnings: [] });
  });

  it("believes the URL when the body names another event", () => {
    const draft = read({ event: "inbound.call.answered", data: { id: "c1" } }, "inbound.call.ended");
    expect(draft).toMatchObject({ type: "call.completed", warnings: ["kind_mismatch"] });
  });

  it("believes the URL when a legacy body has the other shape", () => {
    const draft = read({ uuid: "c1", callcenter: "acme", agent_start_time: 1738574142 }, "call-outcome");
    expect(draft).toMatchObject({ type: "call.completed", warnings: ["kind_mismatch"] });
  });

  it("does not know a kind that only the URL has heard of", () => {
    const draft = read({ event: "inbound.call.answered", data: { id: "c1" } }, "ivr");
    expect(draft).toMatchObject({
      type: "vendor.unknown",
      vendorEvent: "ivr",
      warnings: ["unknown_kind", "kind_mismatch"],
    });
  });

  it.each([
    ["an envelope without content", { event: "inbound.call.answered", timestamp: "2025-02-03T09:15:42Z" }, undefined],
    ["a flat body of other words", { colour: "blue" }, "call-notify"],
    [
      "a user said to be one, without any field of a user",
      { event: "message.sent", object: "user", data: { a: 1 } },
      undefined,
    ],
  ] as const)("%s shares no field with its kind", (_, body, kind) => {
    expect(read(body, kind)).toMatchObject({ type: "vendor.unknown", warnings: ["no_known_field"] });
  });

  it.each([
    [null, "empty_body"],
    ["", "empty_body"],
    [{}, "empty_body"],
    [[], "not_an_object"],
    ["text", "not_an_object"],
    [5, "not_an_object"],
    [true, "not_an_object"],
    [{ uuid: "c1", ani: "1" }, "unknown_kind"],
    [{ object: "call", data: { id: "c1" } }, "unknown_kind"],
    [{ event: "constructor", data: { id: "c1" } }, "unknown_kind"],
  ] as const)("%j is unknown: %s", (body, warning) => {
    expect(read(body)).toMatchObject({ type: "vendor.unknown", warnings: [warning] });
  });
});

describe("entities", () => {
  it("takes a person for the agent even when the envelope says nothing", () => {
    const draft = read({ event: "dialer.call.ended", data: { id: 7, name: "Ada Example", role_name: "agent" } });
    expect(draft).toMatchObject({
      type: "call.completed",
      subject: "agent/7",
      data: { agent: { id: "7", name: "Ada Example" } },
      warnings: ["entity_mismatch"],
    });
    expect(draft).not.toHaveProperty("callId");
    expect(draft.data).not.toHaveProperty("call");
  });

  it("reads a call that is called something else, with a warning", () => {
    const draft = read({ event: "dialer.call.ended", object: "xx", data: { id: "c1", type: "dialer" } });
    expect(draft).toMatchObject({ callId: "c1", warnings: ["entity_mismatch"] });
  });
});

describe("words", () => {
  it.each([
    ["Answered", "answered"],
    ["no_answer", "no_answer"],
    ["No answer", "no_answer"],
    ["Busy", "busy"],
    ["failed", "failed"],
    ["Route unavailable", "failed"],
    ["Abandoned", "abandoned"],
    ["Dialer Abandoned", "abandoned"],
    ["system_abandoned", "abandoned"],
    ["Missed", "missed"],
    ["rejected", "rejected"],
    ["answered_by_VM", "voicemail"],
    ["Answered by VM", "voicemail"],
    ["machine_answered", "machine"],
    ["System Reject", "blocked"],
    ["Sent", "sent"],
    ["Delivered", "delivered"],
    ["Not delivered", "undelivered"],
    ["Waiting", undefined],
    ["Archived", undefined],
    ["constructor", undefined],
  ])("disposition %s has the class %s", (disposition, outcome) => {
    const { data } = read({ event: "inbound.call.ended", data: { id: "1", disposition } });
    expect(data).toMatchObject({ call: { outcome, outcomeLabel: disposition } });
  });

  it.each([
    ["Agent disconnect", "agent", undefined],
    ["Customer disconnect", "customer", undefined],
    ["Contact disconnect", "customer", undefined],
    ["Remote party disconnect", "customer", undefined],
    ["Machine disconnect", "system", undefined],
    ["Manager terminate", "system", undefined],
    ["Timeout", "system", undefined],
    ["DNCR rejected", "system", { rule: "dnc", reason: "dncr_rejected", reasonLabel: "DNCR rejected" }],
    ["DNCR failure", "system", { rule: "dnc", reason: "dncr_failure", reasonLabel: "DNCR failure" }],
    [
      "System reject (drop)",
      "system",
      { rule: "call_cap", reason: "system_reject", reasonLabel: "System reject (drop)" },
    ],
    ["Solar flare", undefined, undefined],
  ])("end reason %s: ended by %s", (reason, endedBy, compliance) => {
    const { data } = read({
      event: "outbound.call.hangup",
      data: { id: "1", disposition: "Failed", end_reason: reason },
    });
    const outcome = compliance === undefined ? "failed" : "blocked";
    expect(data).toMatchObject({ call: { endReason: reason, endedBy, outcome }, compliance });
  });

  it.each([
    ["inbound", "inbound", "+35799000111"],
    ["outbound", "outbound", "+35722000222"],
    ["dialer", "outbound", "+35722000222"],
    ["click_to_call", "outbound", "+35722000222"],
    ["callback", "outbound", "+35722000222"],
    ["queue_callback", "outbound", "+35722000222"],
    ["HLR_lookup", undefined, undefined],
  ])("type %s goes %s and the customer has %s", (type, direction, phone) => {
    const body = { uuid: "1", end_time: 1738574180, type, ani: "35799000111", dnis: "35722000222" };
    expect(read(body).data).toMatchObject({ call: { direction, directionLabel: type }, customer: { phone } });
  });

  it("takes the direction from the event where the call does not name its type", () => {
    const { data } = read({ event: "dialer.call.answered", data: { id: "1" } });
    expect(data).toMatchObject({ call: { direction: "outbound", directionLabel: "dialer" } });
  });

  it("gives a status the tenant's class before its own, and none to a word that has none", () => {
    const labels = { status: { Idle: { outcome: "available" }, Lunch: { outcome: "not a class" } } };
    const status = (current: string) =>
      dataOf({ event: "agent.status.update", data: { id: 1, status: { current } } }, undefined, {
        id: "voiso",
        labels,
      });
    expect(status("Idle")).toMatchObject({ status: { current: "available", currentLabel: "Idle" } });
    expect(status("Lunch").status).toEqual({ currentLabel: "Lunch" });
    expect(status("Offline")).toMatchObject({ status: { current: "offline" } });
  });
});

describe("recordings", () => {
  const at = "2025-06-01T10:05:00+0000";
  const link = "https://files.example.com/r/1";

  it.each<JsonObject>([
    { recording_url: link },
    { recording_link: link },
    { recording: link },
    { recording: { url: link } },
    { recordings: [{ url: link }] },
    { recordings: [link] },
    { url: link },
    { download_link: link, cdr_url: "https://clusterx.voiso.com/cdr/1" },
  ])("finds the link in %j, good for a day", (members) => {
    const data = { id: "1", ...members };
    expect(dataOf({ event: "call.recording.available", timestamp: at, data }).recording).toEqual({
      url: link,
      expiresAt: "2025-06-02T10:05:00Z",
    });
  });

  it.each<JsonObject>([{ cdr_url: link }, { contacts_url: link }, { recording: "pending" }])(
    "finds no link in %j",
    (members) => {
      const data = { id: "1", ...members };
      expect(dataOf({ event: "call.recording.available", timestamp: at, data })).not.toHaveProperty("recording");
    },
  );
});

describe("identity", () => {
  const body = {
    event: "inbound.call.ended",
    contact_center_id: "a",
    timestamp: "2025-02-03T09:15:42Z",
    data: { id: "c1" },
  };

  it("is the same for the same event, whatever else a retry carries", () => {
    expect(read({ ...body, data: { id: "c1", disposition: "Answered" } }).identity).toEqual(read(body).identity);
  });

  it.each([
    { ...body, contact_center_id: "b" },
    { ...body, event: "outbound.call.ended" },
    { ...body, timestamp: "2025-02-03T09:15:43Z" },
    { ...body, data: { id: "c2" } },
  ])("is another for %j", (other) => {
    expect(read(other).identity).not.toEqual(read(body).identity);
  });

  it("is the whole body where the event cannot be told", () => {
    const bare = { event: "inbound.call.ended", data: { id: "c1" } };
    expect(read(bare).identity).toContain(JSON.stringify(bare));
  });

  it("tells the agents of a blind transfer apart", () => {
    const notify = { uuid: "c1", call_start_time: 1738574120.25, agent_id: 7 };
    expect(read({ ...notify, agent_id: 8 }).identity).not.toEqual(read(notify).identity);
  });

  it("tells the statuses of one second apart", () => {
    const status = (current: string) =>
      read({
        event: "agent.status.update",
        data: { id: 1, status: { current }, activity_timestamp: "2025-03-11T12:00:00Z" },
      });
    expect(status("Offline").identity).not.toEqual(status("Idle").identity);
  });
});

describe("any body", () => {
  const names = [
    ...[
      "event",
      "object",
      "entity",
      "timestamp",
      "contact_center_id",
      "data",
      "payload",
      "__proto__",
      "call",
      "id",
      "uuid",
    ],
    ...[
      "type",
      "start_time",
      "agent_start_time",
      "end_time",
      "duration",
      "queue",
      "script",
      "calling_number",
      "ani",
      "dnis",
    ],
    ...[
      "disposition",
      "end_reason",
      "wrap_up_code",
      "agent",
      "campaign",
      "email",
      "name",
      "status",
      "current",
      "channel",
    ],
    ...[
      "contact",
      "content_data",
      "text",
      "score",
      "summary",
      "recording_url",
      "activity_timestamp",
      "previous_duration",
    ],
  ];
  const words = fc.constantFrom(
    ...events.map(([event]) => event),
    ...[
      "user",
      "call",
      "outbound_sms",
      "DNCR rejected",
      "9999-12-31T23:59:59-01:00",
      "2025-02-03 09:15:42",
      "1e20",
      "null",
    ],
    ...["https://files.example.com/r/1", "{}", '{"id":1}', "[", "888888", "+35799000111"],
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "medium", withCrossShrink: true },
      fc.oneof(words, fc.string(), fc.double(), fc.integer(), fc.boolean(), fc.constant(null)),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...names) }, fc.string()), tie("value"), {
        maxKeys: 8,
      }),
    ),
  }));
  const bodies = fc.oneof(
    value,
    fc.tuple(fc.constantFrom(...events.map(([event]) => event)), value).map(([event, data]) => ({ event, data })),
  );
  const kinds = fc.constantFrom(undefined, "call-notify", "call-outcome", "nothing", ...events.map(([event]) => event));

  it("becomes a valid event, always the same", () => {
    let understood = 0;
    fc.assert(
      fc.property(bodies, kinds, (made, kind) => {
        const body = parseJson(JSON.stringify(made));
        const draft = read(body, kind);
        expect(read(body, kind)).toEqual(draft);
        const event = sealed(draft);
        expect(dataSchema(event.type).strict().parse(event.data)).toEqual(event.data);
        if (draft.type !== "vendor.unknown") understood++;
        else expect(draft.warnings.length).toBeGreaterThan(0);
        expect(isObject(draft.data)).toBe(true);
      }),
      { numRuns: 1000 },
    );
    expect(understood).toBeGreaterThan(100);
  });
});
