import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { readSample, sampleNames } from "../../src/cli/webhooks/sample.ts";
import { type Json, parseJson } from "../../src/events/json.ts";
import { findStrange } from "../../src/vendors/drift.ts";
import { type VendorId, vendorIds, vendorOf } from "../../src/vendors/index.ts";
import type { SourceSettings } from "../../src/vendors/source-settings.ts";
import { SCRUBBED } from "../../src/vendors/vendor.ts";

function strangeIn(vendor: VendorId, kind: string | undefined, body: Json, settings: Partial<SourceSettings> = {}) {
  return findStrange(vendorOf(vendor), { kind, body }, { id: "acme", ...settings });
}
const pathsIn = (...parameters: Parameters<typeof strangeIn>) =>
  strangeIn(...parameters).map(({ what, path }) => `${what} ${path}`);

/** The bodies that the vendors' pages print, as `npx hookswitch send` sends them. */
const samples = vendorIds.flatMap((vendor) =>
  sampleNames(vendor).map((name) => {
    const { kind, body } = readSample(vendor, name);
    return { name: `${vendor} ${name}`, vendor, kind, body: parseJson(JSON.stringify(body)) };
  }),
);

/** A placeholder stands for a figure that is filled in later. */
function withoutPlaceholders(body: Json): Json {
  return parseJson(JSON.stringify(body).replaceAll(/"\{\{[^"]*\}\}"/g, "0"));
}

describe("what the vendors' pages print", () => {
  it.each(samples)("holds nothing strange: $name", ({ vendor, kind, body }) => {
    const found = strangeIn(vendor, kind, withoutPlaceholders(body));
    expect(found.filter(({ what }) => what !== "unlisted_label")).toEqual([]);
  });
});

describe("a field that no schema knows", () => {
  test("is found with its path and a sample, at any depth", () => {
    expect(strangeIn("vcc-live", "call-disposition", { numberid: 1, callQuality: 4.5 })).toEqual([
      { path: "callQuality", what: "unknown_field", sample: "number, 2 digits" },
    ]);
    expect(pathsIn("vcc-live", "payment-transaction", { payment: { status: "successful", fee: null } })).toEqual([
      "unknown_field payment.fee",
    ]);
    expect(pathsIn("vcc-live", "user", { old: null, new: { userId: 1, shift: "night" } })).toEqual([
      "unknown_field new.shift",
    ]);
    expect(
      pathsIn("vcc-live", "chat", {
        chatId: 1,
        conversation: [
          { from: "a", mood: 1 },
          { from: "b", mood: 2 },
        ],
      }),
    ).toEqual(["unknown_field conversation[].mood"]);
    expect(
      pathsIn("voiso", undefined, { event: "inbound.call.ended", data: { id: "7", agent: { id: 1, mood: "" } } }),
    ).toEqual(["unknown_field data.agent.mood"]);
    expect(pathsIn("voiso", "call-outcome", { uuid: "7", end_time: 1, cost: 0.1 })).toEqual(["unknown_field cost"]);
    expect(
      pathsIn("intelligent-contacts", "call-saved", { headers: {}, json: { call_id: 1, sentiment: "+" } }),
    ).toEqual(["unknown_field sentiment"]);
    expect(pathsIn("ucontact", undefined, { event: "AgentLog", agent: "a", isLogin: 1, site: "x" })).toEqual([
      "unknown_field site",
    ]);
  });

  test("is not one that is only spelled as another page of the vendor spells it", () => {
    expect(strangeIn("vcc-live", "user", { new: { userid: 1, User_Name: "anna", is_agent: true } })).toEqual([]);
  });

  test("is not one of the tenant's own data", () => {
    const mine = { anything: { at: { all: 1 } } };
    expect(strangeIn("vcc-live", "call-disposition", { numberid: 1, client_data: mine })).toEqual([]);
    expect(strangeIn("vcc-live", "chat", { chatId: 1, clientData: mine })).toEqual([]);
    expect(strangeIn("vcc-live", "project-login", { projectId: 1, customData: mine })).toEqual([]);
    expect(strangeIn("generic", "anything", mine)).toEqual([]);
  });

  test("tells no id in the place of a name", () => {
    expect(pathsIn("vcc-live", "sms", { smsId: 1, "4711": 1, "7c2e9d40-1b7a-4f0e-a2f8-6f1d5b9e3c11": 2 })).toEqual([
      "unknown_field *",
    ]);
  });

  test("is told by type and length, and of a webhook at most 20 are", () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`field${n}x`, "s".repeat(500)]));
    const found = strangeIn("vcc-live", "sms", { smsId: 1, ...many });
    expect(found).toHaveLength(20);
    expect(found[0]?.sample).toBe("text, 500 characters");
  });

  test.each<[Json, string]>([
    ["jane.doe@example.com", "text, 20 characters"],
    ["", "text, 0 characters"],
    [2_125_550, "number, 7 digits"],
    [-4.25, "number, 3 digits"],
    [parseJson("123456789012345678901234567890"), "number, 30 digits"],
    [true, "boolean"],
    [null, "null"],
    [["a", "b", "c"], "list, 3"],
    [{ name: "Jane", phone: "+1212" }, "object, 2"],
  ])("of the value %j tells %s", (mood, sample) => {
    expect(strangeIn("vcc-live", "sms", { smsId: 1, mood })).toEqual([{ path: "mood", what: "unknown_field", sample }]);
  });

  test.each([
    "jane.doe@example.com",
    "+36 20 555 0100",
    "2125550173",
    "(212) 555-0173",
    "lead_8841273",
    "A12345",
    "deadbeefdeadbeefdead",
    "n".repeat(65),
  ])("has no name of its own where that is of somebody: %s", (name) => {
    expect(pathsIn("vcc-live", "sms", { smsId: 1, [name]: "x" })).toEqual(["unknown_field *"]);
    expect(pathsIn("vcc-live", "chat", { chatId: 1, conversation: [{ from: "a", [name]: 1 }] })).toEqual([
      "unknown_field conversation[].*",
    ]);
  });
});

describe("a field whose type changed", () => {
  test("is found when it reads as nothing", () => {
    expect(strangeIn("intelligent-contacts", "call-saved", { call_id: 1, talk_time: { seconds: 4 } })).toEqual([
      { path: "talk_time", what: "unreadable_field", sample: "object, 1" },
    ]);
    expect(pathsIn("vcc-live", "user", { old: "none", new: { userId: [4], isAgent: "maybe" } })).toEqual([
      "unreadable_field old",
      "unreadable_field new.userId",
      "unreadable_field new.isAgent",
    ]);
  });

  test.each<{ nothing: Json }>(
    [null, "", "null", false, [], {}, 0, "0", -1, "-1", "0000-00-00 00:00:00", SCRUBBED].map((nothing) => ({
      nothing,
    })),
  )("is not one that says $nothing", ({ nothing }) => {
    const body = { call_id: 1, agent_id: nothing, callback_time: nothing, account_id: nothing, lead_id: nothing };
    expect(strangeIn("intelligent-contacts", "call-saved", body)).toEqual([]);
    const user = { userId: 1, name: nothing, messageLists: nothing, privGroup: nothing };
    expect(strangeIn("vcc-live", "user", { old: nothing, new: user })).toEqual([]);
  });
});

describe("a word that no class knows", () => {
  const call = (data: Record<string, Json>) => ({ event: "inbound.call.ended", data: { id: "7", ...data } });

  test.each<[string, VendorId, string | undefined, Json]>([
    [
      "disposition.assesment=maybe",
      "vcc-live",
      "call-disposition",
      { numberid: 1, disposition: { assesment: "maybe" } },
    ],
    ["payment.status=refunded", "vcc-live", "payment-transaction", { payment: { status: "refunded" } }],
    ["action=merge", "vcc-live", "ticket-status", { action: "merge", ticket: { ticketId: 1 } }],
    ["ticket.status=open", "vcc-live", "ticket-status", { action: "add", ticket: { status: "open" } }],
    ["ticket.substatus=asleep", "vcc-live", "ticket-status", { action: "add", ticket: { substatus: "asleep" } }],
    ["disposition=bot", "vcc-live", "chat", { chatId: 1, disposition: "bot" }],
    ["new.state=retired", "vcc-live", "user", { old: null, new: { userId: 1, state: "retired" } }],
    ["event=AgentLunch", "ucontact", undefined, { event: "AgentLunch", agent: "a", menu: "soup" }],
    ["event=AgentLunch", "ucontact", "AgentLog", { event: "AgentLunch", agent: "a", isLogin: true }],
    [
      "call_final_event=BOTHANDOVER",
      "intelligent-contacts",
      "call-saved",
      { call_id: 1, call_final_event: "BOTHANDOVER" },
    ],
    ["call_type=Blended", "intelligent-contacts", "call-saved", { call_id: 1, call_type: "Blended" }],
    ["reason=text, 14 characters", "intelligent-contacts", "reg-f", { reason: "RF: moratorium" }],
    ["event=text, 16 characters", "voiso", undefined, { event: "call.transferred", data: { a: 1 } }],
    ["data.disposition=Teleported", "voiso", undefined, call({ disposition: "Teleported" })],
    ["data.end_reason=text, 9 characters", "voiso", undefined, call({ end_reason: "Power cut" })],
    ["data.type=hologram", "voiso", undefined, call({ type: "hologram" })],
    [
      "data.status.current=Yoga",
      "voiso",
      undefined,
      { event: "agent.status.update", data: { id: 1, status: { current: "Yoga", previous: "On Break" } } },
    ],
  ])("is found: %s", (path, vendor, kind, body) => {
    expect(pathsIn(vendor, kind, body)).toEqual([`unknown_word ${path}`]);
  });

  test.each([
    "jane.doe@example.com",
    "Jane Doe",
    "+36205550100",
    "2125550173",
    "A12345",
    "a,b",
    "x".repeat(33),
    "ab\ncd",
  ])("is not told where it does not look like a word: %j", (word) => {
    const found = strangeIn("voiso", undefined, call({ disposition: word }));
    const shape = `text, ${word.length} characters`;
    expect(found).toEqual([{ path: `data.disposition=${shape}`, what: "unknown_word", sample: shape }]);
  });

  test.each(["refunded", "Teleported", "wrap-up_2", "Üdvözölve", "v2024", "x".repeat(32)])("is told: %s", (word) => {
    expect(pathsIn("voiso", undefined, call({ disposition: word }))).toEqual([`unknown_word data.disposition=${word}`]);
  });

  test("is not one that is known to say nothing about a class", () => {
    expect(strangeIn("voiso", undefined, call({ disposition: "Archived", type: "HLR_lookup" }))).toEqual([]);
    expect(strangeIn("intelligent-contacts", "call-saved", { call_id: 1, call_final_event: "EXITWITHKEY" })).toEqual(
      [],
    );
  });

  test("is not one that the source's labels list", () => {
    const body = { event: "agent.status.update", data: { id: 1, status: { current: "Yoga" } } };
    expect(strangeIn("voiso", undefined, body, { labels: { status: { Yoga: { outcome: "break" } } } })).toEqual([]);
  });
});

describe("an id without a label", () => {
  const saved = { call_id: 1, call_result: 2, agent_disp: 51, camp_id: 7 };

  test("is found where only the tenant can tell its meaning", () => {
    expect(strangeIn("intelligent-contacts", "call-saved", saved)).toEqual([
      { path: "labels.result.2", what: "unlisted_label", sample: "text, 1 characters" },
      { path: "labels.disposition.51", what: "unlisted_label", sample: "text, 2 characters" },
    ]);
    expect(strangeIn("vcc-live", "call-disposition", { numberid: 1, disposition: { id: 9, name: "Later" } })).toEqual([
      { path: "labels.disposition.9", what: "unlisted_label", sample: "text, 1 characters" },
    ]);
    for (const wrap_up_code of [{ code: "77" }, [{ code: 77 }], "77"]) {
      const body = { event: "dialer.call.ended", data: { id: "7", wrap_up_code } };
      expect(pathsIn("voiso", undefined, body)).toEqual(["unlisted_label labels.disposition.77"]);
    }
  });

  test("is told by its id only where that is short and looks like a word", () => {
    const path = (agent_disp: Json) => pathsIn("intelligent-contacts", "call-saved", { call_id: 1, agent_disp });
    expect(path("40012")).toEqual(["unlisted_label labels.disposition.40012"]);
    expect(path("promise-2")).toEqual(["unlisted_label labels.disposition.promise-2"]);
    for (const id of ["2125550173", "jane.doe@example.com", "Jane Doe", "x".repeat(40)]) {
      expect(path(id)).toEqual(["unlisted_label labels.disposition.*"]);
    }
  });

  test("is found elsewhere once the source has a table for its kind", () => {
    const labels = { campaign: { "1": {} }, disposition: { Sale: {} }, status: { Lunch: {} } };
    expect(pathsIn("vcc-live", "email", { emailId: 1, projectId: 7 })).toEqual([]);
    expect(pathsIn("vcc-live", "email", { emailId: 1, projectId: 7 }, { labels })).toEqual([
      "unlisted_label labels.campaign.7",
    ]);
    const finish = { event: "FinishInteraction", guid: "1.2", campaign: "Demo<-", l1: "A", l2: "Refund" };
    expect(pathsIn("ucontact", undefined, finish)).toEqual([]);
    expect(pathsIn("ucontact", undefined, finish, { labels })).toEqual([
      "unlisted_label labels.campaign.Demo",
      "unlisted_label labels.disposition.Refund",
    ]);
    const rest = { event: "AgentBreak", agent: "a", isBreak: 1, motive: "Yoga" };
    expect(pathsIn("ucontact", undefined, rest, { labels })).toEqual(["unlisted_label labels.status.Yoga"]);
  });

  test("is none once it is listed", () => {
    const labels = {
      disposition: { "51": {}, Later: {}, "77": {} },
      result: { "2": { label: "Contact" } },
      campaign: { Demo: {} },
    };
    expect(strangeIn("intelligent-contacts", "call-saved", { ...saved, camp_id: -1 }, { labels })).toEqual([]);
    const disposition = { id: 9, name: "Later" };
    expect(strangeIn("vcc-live", "call-disposition", { numberid: 1, disposition }, { labels })).toEqual([]);
    expect(strangeIn("ucontact", undefined, { event: "FinishInteraction", campaign: "Demo->" }, { labels })).toEqual(
      [],
    );
  });
});

describe("any body", () => {
  it("is looked through without a fault, and always with the same findings", () => {
    const bodies = fc.oneof(
      fc.jsonValue(),
      fc
        .constantFrom(...samples)
        .chain(({ body }) => fc.dictionary(fc.string(), fc.jsonValue()).map((more) => ({ ...Object(body), ...more }))),
      fc
        .constantFrom(...samples)
        .chain(({ body }) =>
          fc.jsonValue().map((value) => Object.fromEntries(Object.keys(Object(body)).map((name) => [name, value]))),
        ),
    );
    const kinds = fc.constantFrom(undefined, ...vendorIds.flatMap((id) => vendorOf(id).kinds));
    fc.assert(
      fc.property(fc.constantFrom(...vendorIds), kinds, bodies, (vendor, kind, value) => {
        const body = parseJson(JSON.stringify(value));
        const found = strangeIn(vendor, kind, body);
        expect(found.length).toBeLessThanOrEqual(20);
        expect(strangeIn(vendor, kind, body)).toEqual(found);
        for (const { sample, path } of found) {
          expect(sample).toMatch(/^(text, \d+ characters|number, \d+ digits|(list|object), \d+|boolean|null)$/);
          expect(path.length).toBeLessThan(500);
          expect(path).not.toBe("");
        }
      }),
      { numRuns: 2000 },
    );
  });
});
