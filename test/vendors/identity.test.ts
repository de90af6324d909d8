import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../src/events/canonical.ts";
import { eventIds } from "../../src/events/identity.ts";
import { type Json, type JsonObject, parseJson } from "../../src/events/json.ts";
import { identify } from "../../src/vendors/identify.ts";
import { type VendorId, vendorIds, vendorOf } from "../../src/vendors/index.ts";
import { readWebhook } from "../../src/vendors/read.ts";
import type { SourceSettings } from "../../src/vendors/source-settings.ts";
import type { Webhook } from "../../src/vendors/vendor.ts";
import { leavesOf, listsOf, replaceAt, turned, valueAt } from "./bodies.ts";
import { fixturesOf, idOf } from "./fixtures.ts";

const RECEIVED_AT = Date.parse("2026-11-20T09:02:03Z");
const DAY = 24 * 60 * 60 * 1000;
/** Many runs take seconds on a busy machine. */
const SLOW = { timeout: 120_000 };

interface Sent extends Partial<Webhook> {
  readonly settings?: Partial<SourceSettings>;
  readonly signed?: { readonly id?: string };
  readonly receipt?: string;
}

/** The id of what a vendor sent, as text or as a body. */
async function id(vendor: VendorId, kind: string | undefined, sent: string | Json, rest: Sent = {}): Promise<string> {
  const { settings, signed, receipt, ...webhook } = rest;
  const body = typeof sent === "string" ? parseJson(sent) : sent;
  const accepted = { ...(signed === undefined ? {} : { signed }), ...(receipt === undefined ? {} : { receipt }) };
  const source = { id: "s", timezone: "UTC", ...settings };
  return (await idOf(vendorOf(vendor), { kind, body, receivedAt: RECEIVED_AT, ...webhook }, source, accepted)).id;
}

/** How long a body is the same event. */
async function windowOf(
  vendor: VendorId,
  kind: string | undefined,
  body: Json,
  settings: Partial<SourceSettings> = {},
) {
  const source = { id: "s", timezone: "UTC", ...settings };
  return (await idOf(vendorOf(vendor), { kind, body, receivedAt: RECEIVED_AT }, source)).draft.windowMs;
}

/** Values that differ from each other, some of them only for who looks closely. Each place gets one group of them. */
const values = [
  ["1", "1.0", '"1"'],
  ["null", '""', "0"],
  ["9007199254740993", "9007199254740992", "9007199254740992.0"],
];

describe.each(vendorIds.map(vendorOf))("of $id", SLOW, (vendor) => {
  describe.each(fixturesOf(vendor))("$name", ({ webhook, source }) => {
    const of = async (body: Json) => (await idOf(vendor, { ...webhook, body }, source)).id;

    it("is the same event with its members in another order, and with its text set otherwise", async () => {
      const same = await of(webhook.body);
      expect(await of(turned(webhook.body))).toBe(same);
      expect(await of(parseJson(JSON.stringify(webhook.body, null, 3)))).toBe(same);
      const later = { ...webhook, receivedAt: webhook.receivedAt + 1 };
      expect((await idOf(vendor, later, source)).id).toBe(same);
    });

    it("is another with any other value anywhere, without one of its values, and with one more", async () => {
      const ids = new Map<string, string>();
      const bodies = leavesOf(webhook.body).flatMap((path, at) => [
        ...(values[at % values.length] ?? []).map((text) => replaceAt(webhook.body, path, parseJson(text))),
        ...(path.length === 0 ? [] : [replaceAt(webhook.body, path, undefined)]),
        replaceAt(webhook.body, path, `${JSON.stringify(valueAt(webhook.body, path))} `),
        replaceAt(webhook.body, path, [valueAt(webhook.body, path) ?? null]),
        replaceAt(webhook.body, [...path, "more"], 1),
      ]);
      for (const body of [webhook.body, ...bodies]) {
        const text = canonicalJson(body);
        const made = await of(body);
        expect(ids.get(made) ?? text).toBe(text);
        ids.set(made, text);
      }
      expect(ids.size).toBe(new Set([webhook.body, ...bodies].map(canonicalJson)).size);
    });

    it("is another with a list in another order", async () => {
      for (const path of listsOf(webhook.body)) {
        const list = valueAt(webhook.body, path);
        const reversed = Array.isArray(list) ? list.toReversed() : [];
        if (JSON.stringify(reversed) === JSON.stringify(list)) continue;
        expect(await of(replaceAt(webhook.body, path, reversed))).not.toBe(await of(webhook.body));
      }
    });

    it("is the same whatever is configured, but for the mapping of a generic source", async () => {
      const otherwise: SourceSettings[] = [
        { id: source.id, generic: source.generic },
        { ...source, timezone: "Pacific/Kiritimati" },
        { ...source, timezone: "America/Los_Angeles", region: "GB", phones: "national" },
        { ...source, region: "HU", phones: "international" },
        {
          ...source,
          labels: { disposition: { "9": { label: "x" } }, campaign: { "7": { label: "y", outcome: "goal" } } },
        },
      ];
      const ids = await Promise.all(otherwise.map((settings) => idOf(vendor, webhook, settings)));
      for (const made of ids) expect(made.id).toBe((await idOf(vendor, webhook, source)).id);
    });

    it("is the same under any kind in the URL, if it was signed, and another under another message id", async () => {
      // A question that was answered is told by its receipt alone.
      const counted = (webhook.login ?? webhook.answer) === undefined ? 3 : 2;
      const kinds = [undefined, webhook.kind, ...vendor.kinds, "voicemail"];
      const under = (signed: { id?: string }) =>
        Promise.all(kinds.map(async (kind) => (await idOf(vendor, { ...webhook, kind }, source, { signed })).id));
      const [plain, first, second] = await Promise.all([under({}), under({ id: "msg_1" }), under({ id: "msg_2" })]);
      expect([new Set(plain).size, new Set(first).size, new Set(second).size]).toEqual([1, 1, 1]);
      expect(new Set([plain[0], first[0], second[0]]).size).toBe(counted);
    });
  });
});

const call = { guid: "g-1", campaign: "Soporte<-" };
const date = "2026-46-20 10:46:55";
const stamped = { contact_center_id: "a", timestamp: "2026-11-20T09:00:00Z" };
const outcome = { uuid: "c1", start_time: 1738574120.25, ani: "1", dnis: "2" };
const block = { account_id: "12", client_id: "3", reason: "RF: x", retry_at: "2026-12-06 01:00:00" };
const payment = { transactionid: "1001", status: "unsuccessful", amount: 5 };
const paid = { projectid: 7, timestamp: "2026-11-20T09:00:00+01:00" };
const chat = { projectId: 7, chatId: 1, disposition: "missed" };
const email = { projectId: 7, emailId: 1, status: "sent", lastModifiedTime: "2026-11-20 10:20:00", userId: 1 };
const set = { projectid: 7, numberid: 1, uuid: "c", timestamp: "2026-11-20T09:00:00+01:00", disposition: { id: 1 } };

/** Two things that happened, told apart by something that is no id and no time. */
const pairs: readonly (readonly [VendorId, string | undefined, JsonObject, JsonObject])[] = [
  [
    "ucontact",
    "InteractionDisposition",
    { date, uniqueid: "A1", user: "ana", l1: "Venta" },
    { date, uniqueid: "B2", user: "bea", l1: "Queja" },
  ],
  ["ucontact", "InteractionDisposition", { date, ...call, l1: "Venta" }, { date, ...call, l1: "Queja" }],
  ["ucontact", "InteractionDisposition", { date, ...call, comment: "a" }, { date, ...call, comment: "b" }],
  ["ucontact", "AssignInteraction", { date, id: "1", campaign: "x" }, { date, id: "2", campaign: "x" }],
  [
    "ucontact",
    "FinishInteraction",
    { date, interaction: "1", channel: "sms" },
    { date, interaction: "2", channel: "sms" },
  ],
  ["ucontact", "FinishInteraction", { date, ...call, duration: "10" }, { date, ...call, duration: "11" }],
  [
    "ucontact",
    "AgentBreak",
    { date, agent: "a", isBreak: true, motive: "Lunch" },
    { date, agent: "a", isBreak: true, motive: "Bath" },
  ],
  ["ucontact", "AgentBreak", { date, agentNumber: "1", isBreak: true }, { date, agentNumber: "2", isBreak: true }],
  ["ucontact", "AgentLog", { date, agentNumber: "7001", isLogin: true }, { date, agentNumber: "7002", isLogin: true }],
  ["ucontact", "AgentRingNoAnswer", { date, agentFullName: "Ana" }, { date, agentFullName: "Bea" }],
  [
    "voiso",
    "call-outcome",
    { ...outcome, type: "outbound_sms", disposition: "sent" },
    { ...outcome, type: "outbound_sms", disposition: "delivered" },
  ],
  [
    "voiso",
    "call-outcome",
    { ...outcome, end_time: 1, agent_extension: "1" },
    { ...outcome, end_time: 1, agent_extension: "2" },
  ],
  [
    "voiso",
    "call-outcome",
    { ...outcome, end_time: 1, disposition: "busy" },
    { ...outcome, end_time: 1, disposition: "failed" },
  ],
  [
    "voiso",
    "call-notify",
    { uuid: "c", agent_extension: "1", callcenter: "x" },
    { uuid: "c", agent_extension: "2", callcenter: "x" },
  ],
  [
    "voiso",
    "call.recording.available",
    { ...stamped, data: { id: "c", url: "https://a.example/1" } },
    { ...stamped, data: { id: "c", url: "https://a.example/2" } },
  ],
  [
    "voiso",
    "message.sent",
    { ...stamped, data: { id: "m", status: "sent" } },
    { ...stamped, data: { id: "m", status: "failed" } },
  ],
  [
    "voiso",
    "inbound.call.ended",
    { ...stamped, data: { id: "c", agent: { id: 1 } } },
    { ...stamped, data: { id: "c", agent: { id: 2 } } },
  ],
  [
    "voiso",
    "call.analytics.available",
    { ...stamped, data: { id: 1, score: "3.9" } },
    { ...stamped, data: { id: 1, score: "4.0" } },
  ],
  [
    "voiso",
    "agent.status.update",
    { ...stamped, data: { id: 1, status: { current: "Idle", previous: "Busy" } } },
    { ...stamped, data: { id: 1, status: { current: "Idle", previous: "Offline" } } },
  ],
  [
    "intelligent-contacts",
    "reg-f",
    { ...block, lead_email: "a@example.com" },
    { ...block, lead_email: "b@example.com" },
  ],
  ["intelligent-contacts", "reg-f", { ...block, camp_name: "A" }, { ...block, camp_name: "B" }],
  ["intelligent-contacts", "reg-f", { ...block, pool_id: 1 }, { ...block, pool_id: 2 }],
  [
    "intelligent-contacts",
    "call-saved",
    { call_id: 1, call_result: 2, api_sent: false },
    { call_id: 1, call_result: 2, api_sent: true },
  ],
  [
    "vcc-live",
    "payment-transaction",
    { ...paid, payment: { ...payment, payment_gw: "a" } },
    { ...paid, payment: { ...payment, payment_gw: "b" } },
  ],
  ["vcc-live", "payment-transaction", { ...paid, payment }, { ...paid, projectid: 8, payment }],
  [
    "vcc-live",
    "payment-transaction",
    { ...paid, payment },
    { ...paid, payment, timestamp: "2026-11-20T09:00:40+01:00" },
  ],
  ["vcc-live", "chat", chat, { ...chat, disposition: "completed", conversation: [{ from: "a", message: "b" }] }],
  ["vcc-live", "email", email, { ...email, userId: 2 }],
  ["vcc-live", "call-disposition", set, { ...set, disposition: { id: 2 } }],
  ["vcc-live", "call-disposition", set, { ...set, agent_description: "another word" }],
  [
    "vcc-live",
    "ticket-status",
    { action: "update", ticket: { ticketId: 1, status: "park" } },
    { action: "update", ticket: { ticketId: 1, status: "closed" } },
  ],
  [
    "vcc-live",
    "user",
    { old: null, new: { userId: 1 }, timestamp: "2026-11-20T09:00:00+01:00" },
    { old: null, new: { userId: 1, name: "B" }, timestamp: "2026-11-20T09:00:00+01:00" },
  ],
  ["vcc-live", "sms", { smsId: 1, text: "OK" }, { smsId: 1, text: "OK", status: "delivered" }],
  ["generic", "alarm", { id: 7, state: "on" }, { id: 7, state: "off" }],
];

describe("two things that happened are two events", () => {
  it.each(pairs)("%s %s: %j and %j", async (vendor, kind, one, other) => {
    expect(await id(vendor, kind, other)).not.toBe(await id(vendor, kind, one));
    expect(await id(vendor, kind, turned(one))).toBe(await id(vendor, kind, one));
  });

  it("whatever the body, the vendor and the kind", SLOW, async () => {
    const of = fc.constantFrom(...vendorIds).chain((vendor) => {
      const { kinds } = vendorOf(vendor);
      return fc.tuple(fc.constant(vendor), fc.constantFrom<string | undefined>(undefined, "voicemail", ...kinds));
    });
    const body = fc.jsonValue({ noUnicodeString: false, maxDepth: 3 });
    const two = fc.oneof(
      fc.tuple(body, body),
      body.map((one) => [one, one] as const),
      fc
        .tuple(fc.dictionary(fc.string(), body), fc.string(), body)
        .map(([o, name, v]) => [o, { ...o, [name]: v }] as const),
    );
    await fc.assert(
      fc.asyncProperty(of, two, async ([vendor, kind], [one, other]) => {
        const [first, second] = [JSON.stringify(one), JSON.stringify(other)];
        const same = canonicalJson(parseJson(first)) === canonicalJson(parseJson(second));
        expect((await id(vendor, kind, first)) === (await id(vendor, kind, second))).toBe(same);
      }),
      { numRuns: 500 },
    );
  });
});

describe("the kind", () => {
  it.each<[VendorId, JsonObject, readonly (string | undefined)[]]>([
    [
      "ucontact",
      { event: "AgentLog", date, agent: "a", isLogin: true },
      [undefined, "AgentLog", "agent-log", "agentlog"],
    ],
    ["ucontact", { event: "SentDisposition", date, ...call }, [undefined, "Disposition", "interaction-disposition"]],
    ["ucontact", { event: "NewEvent", date }, [undefined, "NewEvent"]],
    ["voiso", { event: "inbound.call.ended", ...stamped, data: { id: "c" } }, [undefined, "Inbound.Call.Ended"]],
    ["voiso", { event: "call.ended", data: { id: "c" } }, [undefined, "Call.Ended"]],
    ["voiso", { ...outcome, disposition: "busy" }, [undefined, "call-outcome", "CALL-OUTCOME"]],
    ["vcc-live", { action: "update", ticket: { ticketId: 1 } }, [undefined, "ticket-status"]],
    ["vcc-live", { old: null, new: null, timestamp: "2026-11-20T09:00:00Z" }, [undefined, "user"]],
    ["intelligent-contacts", { ...block }, [undefined, "reg-f"]],
  ])("of %s %j is one, whoever names it and however it is spelled", async (vendor, body, kinds) => {
    const ids = await Promise.all(kinds.map((kind) => id(vendor, kind, body)));
    expect(new Set(ids).size).toBe(1);
  });

  it.each<[VendorId, JsonObject, readonly (string | undefined)[]]>([
    ["intelligent-contacts", { call_id: 1, call_result: 2 }, ["call-created", "call-ended", "call-saved", "call-lost"]],
    ["vcc-live", { id: 1, text: "OK" }, ["sms", "email", undefined]],
    ["generic", { id: 1 }, ["a", "b", undefined]],
    ["ucontact", { event: "AgentLog", agent: "a", isLogin: true }, [undefined, "AgentBreak", "sales"]],
  ])("of %s %j makes two events of equal bodies", async (vendor, body, kinds) => {
    const ids = await Promise.all(kinds.map((kind) => id(vendor, kind, body)));
    expect(new Set(ids).size).toBe(kinds.length);
  });
});

describe("what a vendor is known to change when it sends an event again", () => {
  it("makes no other event, and anything else does", async () => {
    const of = async (body: Json) => {
      const read = (webhook: Webhook) => readWebhook(vendorOf("generic"), webhook, { id: "s" });
      const accepted = { source: "s", receipt: "rcpt_1" };
      const { identity } = await identify(read, { body, receivedAt: RECEIVED_AT }, accepted, [
        ["try"],
        ["meta", "sent"],
      ]);
      return (await eventIds(identity, { current: undefined })).id;
    };
    const body = { try: 1, meta: { sent: 1, by: "a" }, id: 7 };
    expect(await of({ ...body, try: 2, meta: { by: "a" } })).toBe(await of(body));
    expect(await of({ ...body, meta: { sent: 1, by: "b" } })).not.toBe(await of(body));
  });

  it("is nothing yet", () => {
    expect(vendorIds.filter((vendor) => vendorOf(vendor).volatile !== undefined)).toEqual([]);
  });
});

describe("a login that was answered", () => {
  const login = { granted: true, projects: { "7": true } };
  const question = { projectId: 7, userId: 41, secondaryProjectIds: [] };

  it("is an event of its own, and its message again the same", async () => {
    const ask = (receipt: string) => id("vcc-live", "project-login", question, { login, receipt });
    expect(await ask("rcpt_1")).not.toBe(await ask("rcpt_2"));
    expect(await ask("rcpt_1")).toBe(await ask("rcpt_1"));
  });
});

describe("how long the same body is the same event", () => {
  const MINUTES = 10 * 60 * 1000;
  const mapping = { generic: { id: "call.id", time: "at" } };

  it.each<[VendorId, string | undefined, JsonObject, number, Partial<SourceSettings>?]>([
    ["vcc-live", "call-disposition", set, 28 * DAY],
    ["vcc-live", "call-disposition", { numberid: 1, create_time: "2026-11-20 10-14-09" }, 28 * DAY],
    ["vcc-live", "call-disposition", { numberid: 1, uuid: "c" }, MINUTES],
    ["vcc-live", "call-disposition", { numberid: 1, timestamp: "0000-00-00 00:00:00" }, MINUTES],
    ["vcc-live", "call-disposition", { numberid: 1, timestamp: "soon" }, MINUTES],
    ["vcc-live", "payment-transaction", { ...paid, payment }, 28 * DAY],
    ["vcc-live", "payment-transaction", { payment }, MINUTES],
    ["vcc-live", "user", { old: null, new: { userId: 1 }, timestamp: 1716278400 }, 28 * DAY],
    ["vcc-live", "user", { old: null, new: { userId: 1 } }, MINUTES],
    ["vcc-live", "email", { emailid: 1, lastmodifiedtime: "2026-11-20 10:20" }, 28 * DAY],
    ["vcc-live", "email", { ticketId: 1, status: "open" }, MINUTES],
    ["vcc-live", "sms", { smsId: 1, text: "OK" }, 28 * DAY],
    ["vcc-live", "sms", { text: "OK", ticketId: 3, userId: 4, uuid: "c" }, MINUTES],
    ["vcc-live", "chat", chat, MINUTES],
    [
      "vcc-live",
      "ticket-status",
      { action: "update", ticket: { ticketId: 1, lastOpenTime: "2026-11-20 10:20" } },
      180_000,
    ],
    ["vcc-live", "voicemail", { userId: 5, timestamp: "2026-11-20T09:00:00Z" }, MINUTES],
    ["vcc-live", "user", { timestamp: "2026-11-20T09:00:00Z" }, MINUTES],
    ["intelligent-contacts", "call-created", { call_id: 1, call_date: "2026-11-20 10:20:00" }, 28 * DAY],
    ["intelligent-contacts", "call-saved", { json: { call_id: 1, call_date: "2026-11-20 10:20:00" } }, 28 * DAY],
    ["intelligent-contacts", "call-saved", { call_id: 1, call_date: 0 }, MINUTES],
    ["intelligent-contacts", "reg-f", block, 60_000],
    ["intelligent-contacts", "portal", { userId: 5, state: "ready" }, MINUTES],
    ["ucontact", "AgentLog", { agent: "a", isLogin: true, date }, 27 * DAY],
    ["ucontact", "AgentLog", { agent: "a", isLogin: true, date: "2026-46-20 10:46" }, MINUTES],
    ["ucontact", "AgentLog", { agent: "a", isLogin: true, date: "10:46:55" }, MINUTES],
    ["ucontact", "AgentLog", { agent: "a", isLogin: true }, MINUTES],
    ["ucontact", "AgentLog", { agent: "a", date }, MINUTES],
    ["ucontact", "FinishInteraction", { guid: "g" }, MINUTES],
    ["ucontact", "SomethingElse", { agent: "a", date }, MINUTES],
    ["voiso", "inbound.call.ended", { timestamp: "2026-11-20T09:00:00+0000", data: { id: "c" } }, 28 * DAY],
    ["voiso", "inbound.call.ended", { data: { id: "c" } }, MINUTES],
    ["voiso", "message.received", { data: { id: "m" } }, 28 * DAY],
    ["voiso", "message.received", { data: { conversation_id: "m", status: "x" } }, MINUTES],
    ["voiso", "message.received", { object: "user", data: { id: 4711, email: "a@example.com" } }, MINUTES],
    [
      "voiso",
      "agent.status.update",
      { data: { id: 1, status: "Idle", activity_timestamp: "2026-11-20T09:00:00Z" } },
      28 * DAY,
    ],
    [
      "voiso",
      "agent.status.update",
      { activity_timestamp: "2026-11-20T09:00:00Z", data: { id: 1, status: "Idle" } },
      28 * DAY,
    ],
    ["voiso", "agent.status.update", { data: { id: 1, status: "Idle" } }, MINUTES],
    ["voiso", "call-notify", { uuid: "c", agent_start_time: "1738574142.017" }, 28 * DAY],
    ["voiso", "call-notify", { uuid: "c", call_start_time: 1738574142.017 }, MINUTES],
    ["voiso", "call-outcome", { ...outcome, disposition: "sent" }, 28 * DAY],
    ["voiso", "call-outcome", { uuid: "c", start_time: 0, disposition: "sent" }, MINUTES],
    ["voiso", "call.ended", { timestamp: "2026-11-20T09:00:00Z", data: { id: "c" } }, MINUTES],
    ["generic", "alarm", { at: "2026-11-20T09:00Z" }, 28 * DAY, mapping],
    ["generic", "alarm", { at: 1738574142 }, 28 * DAY, mapping],
    ["generic", "alarm", { call: { id: 0 } }, 28 * DAY, mapping],
    ["generic", "alarm", { at: "soon", call: { id: null } }, MINUTES, mapping],
    ["generic", "alarm", { id: 1, time: "2026-11-20T09:00Z" }, MINUTES],
  ])("%s %s %j", async (vendor, kind, body, window, settings = {}) => {
    expect(await windowOf(vendor, kind, body, settings)).toBe(window);
  });

  it.each(vendorIds)(
    "%s: a body of an unknown kind is another event an hour later, a quick repeat is none",
    async (vendor) => {
      const ready = (receivedAt: number) => id(vendor, "presence", { userId: 5, state: "ready" }, { receivedAt });
      const start = Math.floor(RECEIVED_AT / MINUTES) * MINUTES;
      expect(await ready(start + 60_000)).toBe(await ready(start));
      expect(await ready(start + 3_600_000)).not.toBe(await ready(start));
    },
  );

  it("is 28 days where the message has a signed id", async () => {
    const sent = (receivedAt: number) => id("generic", "a", { state: "on" }, { receivedAt, signed: { id: "msg_1" } });
    const start = Math.floor(RECEIVED_AT / (28 * DAY)) * 28 * DAY;
    expect(await sent(start + 27 * DAY)).toBe(await sent(start));
  });
});
