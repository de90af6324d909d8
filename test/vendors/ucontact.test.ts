import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Draft } from "../../src/events/draft.ts";
import { seal } from "../../src/events/envelope.ts";
import { type Json, parseJson } from "../../src/events/json.ts";
import { dataSchema } from "../../src/events/types.ts";
import { ucontact } from "../../src/vendors/ucontact/index.ts";
import { kinds, spell } from "../../src/vendors/ucontact/kinds.ts";

const RECEIVED = Date.parse("2024-05-21T08:20:00Z");

function draftOf(body: Json, kind?: string, receivedAt = RECEIVED): Draft {
  return ucontact.normalize({ kind, body, receivedAt }, { id: "acme" });
}

describe("the kinds of uContact", () => {
  it.each([
    ["AgentLog", "AgentLog"],
    ["agentlog", "AgentLog"],
    ["agent-log", "AgentLog"],
    ["agent_ring_no_answer", "AgentRingNoAnswer"],
    ["finish-interaction", "FinishInteraction"],
    ["Disposition", "InteractionDisposition"],
    ["SentDisposition", "InteractionDisposition"],
    ["finishedInteraction", "finishedInteraction"],
    ["", ""],
  ])("%s is %s", (word, kind) => {
    expect(spell(word)).toBe(kind);
  });

  it("lose to the kind in the URL", () => {
    const draft = draftOf({ event: "AgentBreak", agent: "mperez", isLogin: true, isBreak: true }, "AgentLog");
    expect(draft).toMatchObject({ type: "agent.logged_in", vendorEvent: "AgentLog", warnings: ["kind_mismatch"] });
  });

  it("do not mismatch over their spelling", () => {
    const draft = draftOf({ event: "SentDisposition", guid: "g-1" }, "disposition");
    expect(draft).toMatchObject({ type: "call.dispositioned", vendorEvent: "SentDisposition", warnings: [] });
  });

  it("are unknown when the URL names none that exists", () => {
    const draft = draftOf({ event: "AgentLog", agent: "mperez", isLogin: true }, "sales");
    expect(draft).toMatchObject({ type: "vendor.unknown", warnings: ["kind_mismatch", "unknown_kind"] });
  });
});

describe("bodies of uContact that say nothing", () => {
  it.each([
    [{}, "empty_body"],
    [null, "empty_body"],
    ["", "empty_body"],
    [[], "not_an_object"],
    [7, "not_an_object"],
    [{ agent: "mperez" }, "unknown_kind"],
    [{ event: "FinishInteraction", date: "2024-44-19 10:44:12", id: 1 }, "no_known_field"],
  ])("%j: %s", (body, warning) => {
    expect(draftOf(body)).toMatchObject({ type: "vendor.unknown", warnings: [warning] });
  });
});

describe("a call that an agent let ring", () => {
  it("has no outcome, because it may still be answered elsewhere", () => {
    const { data } = draftOf({ event: "AgentRingNoAnswer", agent: "mperez", callerIdNum: "1234", campaign: "Demo<-" });
    expect(data).toMatchObject({ call: { direction: "inbound", from: "1234" } });
    expect(data).not.toHaveProperty("call.outcome");
  });
});

describe("any body", () => {
  const names = [...new Set(Object.values(kinds).flatMap(({ schema }) => Object.keys(schema.shape)))];
  const value = fc.oneof(fc.jsonValue(), fc.constantFrom("Demo<-", "->", "true", "2024-20-21 08:20:00", "59825550123"));
  const likely = fc
    .dictionary(fc.constantFrom(...names), value)
    .chain((fields) => fc.constantFrom(...ucontact.kinds, "SentDisposition").map((event) => ({ ...fields, event })));
  const text = fc.oneof(
    fc.json(),
    likely.map((body) => JSON.stringify(body)),
  );
  const kind = fc.option(fc.oneof(fc.constantFrom(...ucontact.kinds), fc.string()), { nil: undefined });

  it("becomes the same valid event each time", () => {
    fc.assert(
      fc.property(text, kind, (json, word) => {
        const body = parseJson(json);
        const draft = draftOf(body, word);
        expect(draftOf(body, word)).toEqual(draft);
        const { type, data } = seal(draft, {
          eventId: "evt_00000000000000000000000000000000",
          source: "acme",
          vendor: ucontact.id,
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
