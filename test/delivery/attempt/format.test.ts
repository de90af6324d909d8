import { HTTP } from "cloudevents";
import { describe, expect, it } from "vitest";
import { render } from "../../../src/delivery/attempt/format.ts";
import { anEvent } from "../event.ts";

const event = anEvent({ call: { id: "11142" }, raw: { call_id: 11142 } });

describe("render", () => {
  it("makes a CloudEvent that the official package accepts", () => {
    const { body, headers } = render(event, { format: "cloudevents", raw: false });
    const parsed = HTTP.toEvent({ headers: { ...headers }, body });
    expect(Array.isArray(parsed)).toBe(false);
    expect(parsed).toMatchObject({ id: event.id, type: "call.completed", data: { call: { id: "11142" } } });
    expect(headers["content-type"]).toMatch("application/cloudevents+json");
  });

  it("shows the vendor's body only where it is wanted", () => {
    expect(JSON.parse(render(event, { format: "cloudevents", raw: false }).body).data).toEqual({
      call: { id: "11142" },
    });
    expect(JSON.parse(render(event, { format: "cloudevents", raw: true }).body).data.raw).toEqual({ call_id: 11142 });
    const unknown = anEvent({ raw: [1] }, { type: "vendor.unknown" });
    expect(JSON.parse(render(unknown, { format: "cloudevents", raw: false }).body).data.raw).toEqual([1]);
  });

  it("makes a Standard Webhooks payload", () => {
    const { body, headers } = render(event, { format: "standard", raw: false });
    expect(JSON.parse(body)).toEqual({
      type: "call.completed",
      timestamp: event.time,
      data: { call: { id: "11142" } },
      id: event.id,
      source: "/sources/acme",
      subject: "call/11142",
    });
    expect(headers).toMatchObject({
      "ce-id": event.id,
      "ce-source": "/sources/acme",
      "ce-type": "call.completed",
      "ce-subject": "call/11142",
      "ce-time": event.time,
    });
  });

  it("hands on the vendor's body alone", () => {
    expect(render(event, { format: "raw", raw: false }).body).toBe('{"call_id":11142}');
  });

  it("keeps header values printable", () => {
    const { headers } = render(anEvent({}, { subject: 'agent/tóth "é' }), { format: "raw", raw: false });
    expect(headers["ce-subject"]).toBe("agent/t%C3%B3th%20%22%C3%A9");
  });

  it.each([
    ["é".repeat(341), true],
    ["é".repeat(342), false],
    ["a".repeat(2048), true],
    ["a".repeat(2049), false],
    ["漢".repeat(2500), false],
    ['"'.repeat(3000), false],
  ])("leaves a subject out of the headers that has more than 2 KB there, and nothing else", (subject, kept) => {
    for (const format of ["standard", "raw"] as const) {
      const { body, headers } = render(anEvent({}, { subject }), { format, raw: false });
      const { "ce-subject": sent, ...rest } = headers;
      expect(sent !== undefined).toBe(kept);
      expect(Object.keys(rest)).toEqual(["content-type", "ce-id", "ce-source", "ce-type", "ce-time"]);
      if (format === "standard") expect(JSON.parse(body)).toMatchObject({ subject });
    }
    const source = `/sources/${"s".repeat(2100)}`;
    const { headers } = render(anEvent({}, { source }), { format: "raw", raw: false });
    expect(Object.keys(headers)).toEqual(["content-type", "ce-id", "ce-type", "ce-subject", "ce-time"]);
  });
});
