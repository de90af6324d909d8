import { describe, expect, it } from "vitest";
import { MAX_ATTRIBUTE_CHARACTERS } from "../../src/events/attribute.ts";
import { type JsonObject, parseJson } from "../../src/events/json.ts";
import { type VendorId, vendorOf } from "../../src/vendors/index.ts";
import { readPlainly, readWebhook } from "../../src/vendors/read.ts";
import type { Mapping } from "../../src/vendors/source-settings.ts";
import type { Vendor } from "../../src/vendors/vendor.ts";

const receivedAt = Date.parse("2024-05-21T08:20:00Z");
const generic: Mapping = { event: "type", callId: "id", subject: "ticket/{id}" };

describe("what a body puts into the envelope", () => {
  it("holds neither control characters nor half surrogate pairs, whoever's body it is", async () => {
    const text = String.raw`{"type":"call\tended","id":"7\n8\ud800"}`;
    const webhook = { body: parseJson(text), receivedAt };
    expect(await readWebhook(vendorOf("generic"), webhook, { id: "fifth", generic })).toMatchObject({
      vendorEvent: "call%09ended",
      subject: "ticket/7%0A8\uFFFD",
      callId: "7%0A8\uFFFD",
    });
    const created = { kind: "call-created", body: { call_id: "7\n8" }, receivedAt };
    expect(await readWebhook(vendorOf("intelligent-contacts"), created, { id: "hcc" })).toMatchObject({
      subject: "call/7%0A8",
      callId: "7%0A8",
    });
  });

  const long = "é".repeat(20_000);
  const stamped = { timestamp: "2025-02-03T09:15:42Z" };

  it.each<[VendorId, string, JsonObject, readonly ("subject" | "callId" | "vendorEvent")[]]>([
    ["vcc-live", "call-disposition", { numberid: 1, uuid: long }, ["subject", "callId"]],
    ["vcc-live", "call-disposition", { numberid: long, projectid: 1 }, ["subject"]],
    ["vcc-live", "payment-transaction", { payment: { transactionid: long }, uuid: long }, ["subject", "callId"]],
    ["vcc-live", "user", { old: null, new: { username: long } }, ["subject"]],
    ["vcc-live", "chat", { projectId: 1, chatId: long }, ["subject"]],
    ["vcc-live", "email", { projectId: long, emailId: 1 }, ["subject"]],
    ["vcc-live", "sms", { projectId: 1, smsId: 1, uuid: long }, ["callId"]],
    ["vcc-live", "ticket-status", { action: "add", ticket: { projectId: 1, ticketId: long } }, ["subject"]],
    ["vcc-live", "project-login", { projectId: 1, username: long }, ["subject"]],
    ["ucontact", "InteractionDisposition", { guid: long }, ["subject", "callId"]],
    ["ucontact", "AgentLog", { agent: long, isLogin: true }, ["subject"]],
    ["ucontact", "AgentRingNoAnswer", { guid: long }, ["subject", "callId"]],
    ["intelligent-contacts", "call-saved", { call_id: long }, ["subject", "callId"]],
    ["voiso", "inbound.call.ended", { ...stamped, data: { id: long } }, ["subject", "callId"]],
    ["voiso", "message.sent", { ...stamped, data: { id: long } }, ["subject"]],
    ["voiso", "agent.status.update", { ...stamped, data: { id: long } }, ["subject"]],
    ["generic", "", { type: long, id: long }, ["subject", "callId", "vendorEvent"]],
  ])("of %s %s is never long, and told apart from its like", async (vendor, kind, body, attributes) => {
    const read = (body: JsonObject) =>
      readWebhook(vendorOf(vendor), { kind: kind || undefined, body, receivedAt }, { id: "s", generic });
    const one = await read(body);
    const other = await read(JSON.parse(JSON.stringify(body).replaceAll(long, `${long}é`)));
    for (const name of attributes) {
      expect(one[name]?.length).toBe(MAX_ATTRIBUTE_CHARACTERS);
      expect(other[name]).not.toBe(one[name]);
    }
  });

  it("is bounded also where the name of an event is unknown", async () => {
    for (const vendor of ["ucontact", "voiso"] as const) {
      const { type, vendorEvent } = await readWebhook(
        vendorOf(vendor),
        { body: { event: long }, receivedAt },
        { id: "s" },
      );
      expect([type, vendorEvent.length]).toEqual(["vendor.unknown", MAX_ATTRIBUTE_CHARACTERS]);
    }
  });
});

describe("a webhook whose normalizer cannot be asked", () => {
  const webhook = { kind: "call-saved", body: { call_id: 1 }, receivedAt };

  it("is kept as it came when the normalizer fails", async () => {
    const failing: Vendor = {
      ...vendorOf("intelligent-contacts"),
      normalize: () => {
        throw new Error("a fault");
      },
    };
    expect(await readWebhook(failing, webhook, { id: "hcc" })).toMatchObject({
      type: "vendor.unknown",
      vendorEvent: "call-saved",
      warnings: ["normalizer_failed"],
      windowMs: 600_000,
    });
  });

  it("is kept as it came when the normalizer is passed over", async () => {
    expect(await readPlainly(webhook)).toMatchObject({
      type: "vendor.unknown",
      vendorEvent: "call-saved",
      warnings: ["normalizer_skipped"],
      windowMs: 600_000,
    });
  });
});
