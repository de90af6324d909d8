import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Draft } from "../../src/events/draft.ts";
import { seal } from "../../src/events/envelope.ts";
import { type Json, type JsonObject, parseJson } from "../../src/events/json.ts";
import { dataSchema } from "../../src/events/types.ts";
import { callRecord } from "../../src/vendors/intelligent-contacts/call-record.ts";
import { intelligentContacts } from "../../src/vendors/intelligent-contacts/index.ts";
import { kindByBody } from "../../src/vendors/intelligent-contacts/kinds.ts";
import { regFRecord } from "../../src/vendors/intelligent-contacts/reg-f.ts";
import { directionOf, outcomes } from "../../src/vendors/intelligent-contacts/words.ts";
import type { SourceSettings } from "../../src/vendors/source-settings.ts";

const RECEIVED = Date.parse("2023-06-27T18:23:00Z");

function draftOf(body: Json, kind?: string, settings: Partial<SourceSettings> = {}, receivedAt = RECEIVED): Draft {
  const source = { id: "acme", ...settings };
  return intelligentContacts.normalize({ kind, body, receivedAt }, source);
}

describe("the kind that a body of HCC looks like", () => {
  const none = { call_id: 1, call_result: -1, agent_disp: -1, call_final_event: null };
  it.each<[string, JsonObject, string | undefined]>([
    ["nothing is known yet", none, "call-created"],
    ["the queue spoke its last word", { ...none, call_final_event: "COMPLETEAGENT" }, "call-ended"],
    ["there is a result", { ...none, call_result: 2 }, "call-saved"],
    ["there is a disposition", { ...none, agent_disp: "51", call_final_event: "ABANDON" }, "call-saved"],
    ["a reason and a time to retry stand without a call", { reason: "RF: x", retry_at: "" }, "reg-f"],
    ["there is a reason and a call", { ...none, reason: "RF: x", retry_at: "" }, "call-created"],
    ["there is only a call", { call_id: 1 }, undefined],
    ["there is only a reason", { reason: "RF: x" }, undefined],
  ])("%s", (_name, body, kind) => {
    expect(kindByBody(body)).toBe(kind);
  });
});

describe("the words of HCC", () => {
  it.each([
    ["Outbound", "outbound"],
    ["INBOUND", "inbound"],
    ["Manual Outbound", "outbound"],
    ["Internal", "internal"],
    ["Predictive", undefined],
    [undefined, undefined],
  ])("call type %s is %s", (word, direction) => {
    expect(directionOf(word)).toBe(direction);
  });

  it.each([
    ["COMPLETECALLER", "answered"],
    ["ABANDON", "abandoned"],
    ["RINGNOANSWER", "no_answer"],
    ["EXITWITHTIMEOUT", undefined],
    ["EXITWITHKEY", undefined],
    ["ENTERQUEUE", undefined],
  ])("final event %s is %s", (word, outcome) => {
    expect(outcomes.get(word)).toBe(outcome);
  });
});

describe("times of HCC", () => {
  const created = { call_id: 1, call_date: "2023-06-27 13:22:18" };

  it("count as UTC, with a warning, when the source has no zone", () => {
    const draft = draftOf(created, "call-created");
    expect(draft).toMatchObject({
      time: { at: "2023-06-27T13:22:18Z", from: "vendor" },
      warnings: ["timezone_assumed"],
    });
  });

  it("keep the offset that they carry", () => {
    const draft = draftOf({ ...created, call_date: "2023-06-27T13:22:18-05:00" }, "call-created");
    expect(draft).toMatchObject({ time: { at: "2023-06-27T18:22:18Z" }, warnings: [] });
  });

  it.each(["0000-00-00 00:00:00", 0, null, ""])("are none when they are %j", (call_date) => {
    const draft = draftOf({ ...created, call_date }, "call-created");
    expect(draft).toMatchObject({ time: undefined, warnings: [] });
  });
});

describe("numbers of HCC", () => {
  const call = { call_id: 1, call_type: "Outbound", phone: "6135550142" };

  it("are those of the United States and its neighbours unless the source has a region", () => {
    expect(draftOf(call, "call-created").data).toMatchObject({ call: { to: "+16135550142" } });
  });

  it("are read in the source's region", () => {
    const british = { ...call, phone: "02079460018" };
    expect(draftOf(british, "call-created", { region: "GB" }).data).toMatchObject({ call: { to: "+442079460018" } });
  });
});

describe("bodies of HCC that say nothing", () => {
  it.each<[Json, string | undefined, string]>([
    [{}, "call-saved", "empty_body"],
    [{ json: {} }, "call-saved", "empty_body"],
    [null, "call-saved", "empty_body"],
    ["", undefined, "empty_body"],
    [[], "call-saved", "not_an_object"],
    ["text", "reg-f", "not_an_object"],
    [{ payment: 1 }, "reg-f", "no_known_field"],
    [{ call_id: 1 }, undefined, "unknown_kind"],
    [{ call_id: 1 }, "call-lost", "unknown_kind"],
  ])("%j at %s: %s", (body, kind, warning) => {
    expect(draftOf(body, kind)).toMatchObject({ type: "vendor.unknown", warnings: [warning] });
  });

  it("do not hide a record that has a member called json", () => {
    const draft = draftOf({ call_id: 5, json: { call_id: 6 } }, "call-created");
    expect(draft.callId).toBe("5");
  });
});

describe("any body", () => {
  const names = [...Object.keys(callRecord.shape), ...Object.keys(regFRecord.shape)];
  const value = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(-1, 0, "Outbound", "ABANDON", "2023-06-27 13:22:18", "9725550138"),
  );
  const record = fc.dictionary(fc.constantFrom(...names), value);
  const likely = fc.oneof(
    record,
    record.map((json) => ({ json })),
  );
  const text = fc.oneof(
    fc.json(),
    likely.map((body) => JSON.stringify(body)),
  );
  const kind = fc.option(fc.oneof(fc.constantFrom(...intelligentContacts.kinds), fc.string()), { nil: undefined });

  it("becomes the same valid event each time", () => {
    fc.assert(
      fc.property(text, kind, (json, word) => {
        const body = parseJson(json);
        const draft = draftOf(body, word);
        expect(draftOf(body, word)).toEqual(draft);
        const { type, data } = seal(draft, {
          eventId: "evt_00000000000000000000000000000000",
          source: "acme",
          vendor: intelligentContacts.id,
          receipt: "rcpt_01J00000000000000000000000",
          receivedAt: RECEIVED,
          publicUrl: "https://relay.example.com",
          raw: body,
          warnings: [],
        });
        expect(dataSchema(type).strict().parse(data)).toEqual(data);
      }),
    );
  });
});
