import { describe, expect, it } from "vitest";
import { events, read } from "./voiso/read.ts";

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
