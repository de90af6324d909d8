import { describe, expect, it } from "vitest";
import { parseJson } from "../../src/events/json.ts";
import { vendorOf } from "../../src/vendors/index.ts";
import { readWebhook } from "../../src/vendors/read.ts";

const receivedAt = Date.parse("2024-05-21T08:20:00Z");

describe("what a body puts into the envelope", () => {
  it("holds neither control characters nor half surrogate pairs, whoever's body it is", () => {
    const text = String.raw`{"type":"call\tended","id":"7\n8\ud800"}`;
    const generic = { event: "type", callId: "id", subject: "ticket/{id}" };
    const webhook = { body: parseJson(text), text, receivedAt };
    expect(readWebhook(vendorOf("generic"), webhook, { id: "fifth", generic })).toMatchObject({
      vendorEvent: "call%09ended",
      subject: "ticket/7%0A8\uFFFD",
      callId: "7%0A8\uFFFD",
    });
    const call = String.raw`{"call_id":"7\n8"}`;
    const created = { kind: "call-created", body: parseJson(call), text: call, receivedAt };
    expect(readWebhook(vendorOf("intelligent-contacts"), created, { id: "hcc" })).toMatchObject({
      subject: "call/7%0A8",
      callId: "7%0A8",
    });
  });
});
