import { describe, expect, it } from "vitest";
import { type Json, parseJson } from "../../src/events/json.ts";
import { type VendorId, vendorOf } from "../../src/vendors/index.ts";
import { toEvent } from "./fixtures.ts";

/** The data of an event as JSON text: what a receiver gets. */
async function printed(vendor: VendorId, kind: string, text: string): Promise<string> {
  const { raw: _, ...data } = (
    await toEvent(vendorOf(vendor), { kind, body: parseJson(text), receivedAt: 0 }, { id: "s" })
  ).data;
  return JSON.stringify(data);
}

/** Where a vendor's body has a figure, and where the event has it. */
const places: readonly (readonly [VendorId, string, string, string])[] = [
  ["vcc-live", "payment-transaction", '{"payment":{"amount":@}}', '"amount":'],
  ["vcc-live", "call-disposition", '{"numberid":1,"sum_attempted_calls":@}', '"attempts":'],
  ["intelligent-contacts", "call-saved", '{"call_id":1,"revenue":@}', '"revenue":'],
  ["intelligent-contacts", "call-saved", '{"call_id":1,"talk_time":@}', '"talk":'],
  ["intelligent-contacts", "call-saved", '{"call_id":1,"position":@}', '"position":'],
  ["voiso", "inbound.call.ended", '{"data":{"id":"c","duration":{"talk_time":@}}}', '"talk":'],
  ["voiso", "call-outcome", '{"uuid":"c","duration":@}', '"total":'],
  ["voiso", "call.analytics.available", '{"data":{"id":1,"score":@}}', '"score":'],
  [
    "voiso",
    "agent.status.update",
    '{"data":{"id":1,"status":{"current":"Idle","previous_duration":@}}}',
    '"previousSeconds":',
  ],
];

describe.each(places)("a figure of %s %s in %s", (vendor, kind, template, name) => {
  it.each([
    "24900",
    "24900.50",
    "24900.00",
    "1.0",
    "9007199254740993",
    "0.10000000000000000001",
    "123456789012345678901234567890",
    "1e3",
  ])("keeps the digits of %s, as number and as text", async (digits) => {
    for (const sent of [digits, `"${digits}"`, `" ${digits} "`]) {
      expect(await printed(vendor, kind, template.replace("@", sent))).toMatch(
        new RegExp(`${name}${digits.replace(".", "\\.")}[,}]`),
      );
    }
  });

  it.each(['"24 900,00"', '"1,234.50"', '"a"', '""', "null", "true", "[]", "{}", "1e400", '"Infinity"'])(
    "is absent where it is %s",
    async (sent) => {
      expect(await printed(vendor, kind, template.replace("@", sent))).not.toContain(name);
    },
  );

  it.each([
    ['"007"', "7"],
    ['"+5"', "5"],
    ['".5"', "0.5"],
  ])("written %s, which JSON has not, is %s", async (sent, digits) => {
    expect(await printed(vendor, kind, template.replace("@", sent))).toMatch(new RegExp(`${name}${digits}[,}]`));
  });
});

describe("a figure that is not known yet", () => {
  it.each(["0", "0.0", "-0", "0e5", '"0.00"'])("is absent before the end where it is %s", async (zero) => {
    expect(await printed("intelligent-contacts", "call-ended", `{"call_id":1,"talk_time":${zero}}`)).not.toContain(
      "talk",
    );
    expect(
      await printed("voiso", "inbound.call.hangup", `{"data":{"id":"c","duration":{"total":${zero}}}}`),
    ).not.toContain("total");
    expect(await printed("intelligent-contacts", "call-saved", `{"call_id":1,"talk_time":${zero}}`)).toContain("talk");
  });

  it.each(["-1", "-1.0", '"-0.5"'])("is no figure of seconds below zero: %s", async (sent) => {
    expect(await printed("voiso", "call-outcome", `{"uuid":"c","duration":${sent}}`)).not.toContain("total");
  });
});

describe("what stands for nothing", () => {
  it.each<[VendorId, string, string]>([
    ["intelligent-contacts", "call-saved", '{"call_id":@}'],
    ["vcc-live", "sms", '{"smsId":@,"text":"x"}'],
    ["voiso", "inbound.call.ended", '{"data":{"id":@,"type":"inbound"}}'],
  ])("of %s %s is nothing however it is written: %s", async (vendor, kind, template) => {
    for (const none of ["0", "0.0", "-0", "-1", "-1.0", "-1e0"]) {
      const webhook = { kind, body: parseJson(template.replace("@", none)), receivedAt: 0 };
      expect((await toEvent(vendorOf(vendor), webhook, { id: "s" })).subject).toBeUndefined();
    }
  });

  it("a flag is one however its digits are written", async () => {
    const flag = (digits: string): Json => parseJson(`{"event":"AgentLog","agent":"a","isLogin":${digits}}`);
    const typeOf = async (body: Json) =>
      (await toEvent(vendorOf("ucontact"), { body, receivedAt: 0 }, { id: "s" })).type;
    for (const yes of ["1", "1.0", "1e0"]) expect(await typeOf(flag(yes))).toBe("agent.logged_in");
    for (const no of ["0", "0.0", "-0"]) expect(await typeOf(flag(no))).toBe("agent.logged_out");
  });
});
