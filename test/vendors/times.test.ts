import { describe, expect, it } from "vitest";
import { type Json, type JsonObject, parseJson } from "../../src/events/json.ts";
import { type VendorId, vendorOf } from "../../src/vendors/index.ts";
import { readWebhook } from "../../src/vendors/read.ts";
import type { SourceSettings } from "../../src/vendors/source-settings.ts";

const source: SourceSettings = { id: "s", generic: { time: "at" } };

async function timeOf(vendor: VendorId, kind: string | undefined, body: Json, receivedAt: string) {
  const webhook = { kind, body, receivedAt: Date.parse(receivedAt) };
  return (await readWebhook(vendorOf(vendor), webhook, source)).time?.at;
}

/** A body of a vendor with a time in it. */
const bodies: readonly (readonly [VendorId, string | undefined, (time: Json) => JsonObject])[] = [
  ["vcc-live", "call-disposition", (time) => ({ numberid: 1, timestamp: time })],
  ["vcc-live", "payment-transaction", (time) => ({ payment: { amount: 1 }, timestamp: time })],
  ["vcc-live", "user", (time) => ({ old: null, new: { userId: 1 }, timestamp: time })],
  ["vcc-live", "email", (time) => ({ emailId: 1, lastModifiedTime: time })],
  ["vcc-live", "sms", (time) => ({ smsId: 1, timestamp: time })],
  ["intelligent-contacts", "call-created", (time) => ({ call_id: 1, call_date: time })],
  ["ucontact", "AgentLog", (time) => ({ agent: "a", isLogin: true, date: time })],
  ["voiso", "inbound.call.ended", (time) => ({ timestamp: time, data: { id: "c" } })],
  ["voiso", "agent.status.update", (time) => ({ data: { id: 1, status: "Idle", activity_timestamp: time } })],
  ["generic", "alarm", (time) => ({ at: time })],
];

describe.each(bodies)("a time of %s %s", (vendor, kind, bodyWith) => {
  it.each([
    ["2024-05-21T10:14Z", "2024-05-21T10:14:00Z"],
    ["2024-05-21T10:14+02:00", "2024-05-21T08:14:00Z"],
    ["2024-05-21 10:14:09+02", "2024-05-21T08:14:09Z"],
    ["2024-05-21T10:14:09+0200", "2024-05-21T08:14:09Z"],
    ["2024-05-21T10:14:09-03:00", "2024-05-21T13:14:09Z"],
    ["2024-05-21T10:14:09 02:00", "2024-05-21T08:14:09Z"],
    ["2024-05-21T10:14 02", "2024-05-21T08:14:00Z"],
  ])("written %s is %s", async (written, at) => {
    expect(await timeOf(vendor, kind, bodyWith(written), "2024-05-21T10:20:00Z")).toBe(at);
  });

  it("with its offset needs no zone of the source", async () => {
    const webhook = { kind, body: bodyWith("2024-05-21T10:14+02:00"), receivedAt: Date.parse("2024-05-21T08:20:00Z") };
    expect((await readWebhook(vendorOf(vendor), webhook, source)).warnings).not.toContain("timezone_assumed");
  });
});

describe("a count from the epoch", () => {
  it.each(bodies.filter(([vendor]) => vendor === "voiso" || vendor === "generic" || vendor === "vcc-live"))(
    "of %s %s is read however its digits are written",
    async (vendor, kind, bodyWith) => {
      for (const digits of ["1716286449", "1716286449.0", "1.716286449E9", '"1716286449"']) {
        expect(await timeOf(vendor, kind, bodyWith(parseJson(digits)), "2024-05-21T10:20:00Z")).toBe(
          "2024-05-21T10:14:09Z",
        );
      }
      for (const nothing of ["0", "0.0", "-0", '"0"', "null"]) {
        expect(await timeOf(vendor, kind, bodyWith(parseJson(nothing)), "2024-05-21T10:20:00Z")).toBeUndefined();
      }
    },
  );
});
