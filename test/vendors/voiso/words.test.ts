import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/events/json.ts";
import { dataOf, read } from "./read.ts";

describe("words", () => {
  it.each([
    ["Answered", "answered"],
    ["no_answer", "no_answer"],
    ["No answer", "no_answer"],
    ["Busy", "busy"],
    ["failed", "failed"],
    ["Route unavailable", "failed"],
    ["Abandoned", "abandoned"],
    ["Dialer Abandoned", "abandoned"],
    ["system_abandoned", "abandoned"],
    ["Missed", "missed"],
    ["rejected", "rejected"],
    ["answered_by_VM", "voicemail"],
    ["Answered by VM", "voicemail"],
    ["machine_answered", "machine"],
    ["System Reject", "blocked"],
    ["Sent", "sent"],
    ["Delivered", "delivered"],
    ["Not delivered", "undelivered"],
    ["Waiting", undefined],
    ["Archived", undefined],
    ["constructor", undefined],
  ])("disposition %s has the class %s", (disposition, outcome) => {
    const { data } = read({ event: "inbound.call.ended", data: { id: "1", disposition } });
    expect(data).toMatchObject({ call: { outcome, outcomeLabel: disposition } });
  });

  it.each([
    ["Agent disconnect", "agent", undefined],
    ["Customer disconnect", "customer", undefined],
    ["Contact disconnect", "customer", undefined],
    ["Remote party disconnect", "customer", undefined],
    ["Machine disconnect", "system", undefined],
    ["Manager terminate", "system", undefined],
    ["Timeout", "system", undefined],
    ["DNCR rejected", "system", { rule: "dnc", reason: "dncr_rejected", reasonLabel: "DNCR rejected" }],
    ["DNCR failure", "system", { rule: "dnc", reason: "dncr_failure", reasonLabel: "DNCR failure" }],
    [
      "System reject (drop)",
      "system",
      { rule: "call_cap", reason: "system_reject", reasonLabel: "System reject (drop)" },
    ],
    ["Solar flare", undefined, undefined],
  ])("end reason %s: ended by %s", (reason, endedBy, compliance) => {
    const { data } = read({
      event: "outbound.call.hangup",
      data: { id: "1", disposition: "Failed", end_reason: reason },
    });
    const outcome = compliance === undefined ? "failed" : "blocked";
    expect(data).toMatchObject({ call: { endReason: reason, endedBy, outcome }, compliance });
  });

  it.each([
    ["inbound", "inbound", "+35799000111"],
    ["outbound", "outbound", "+35722000222"],
    ["dialer", "outbound", "+35722000222"],
    ["click_to_call", "outbound", "+35722000222"],
    ["callback", "outbound", "+35722000222"],
    ["queue_callback", "outbound", "+35722000222"],
    ["HLR_lookup", undefined, undefined],
  ])("type %s goes %s and the customer has %s", (type, direction, phone) => {
    const body = { uuid: "1", end_time: 1738574180, type, ani: "35799000111", dnis: "35722000222" };
    expect(read(body).data).toMatchObject({ call: { direction, directionLabel: type }, customer: { phone } });
  });

  it("takes the direction from the event where the call does not name its type", () => {
    const { data } = read({ event: "dialer.call.answered", data: { id: "1" } });
    expect(data).toMatchObject({ call: { direction: "outbound", directionLabel: "dialer" } });
  });

  it("gives a status the tenant's class before its own, and none to a word that has none", () => {
    const labels = { status: { Idle: { outcome: "available" }, Lunch: { outcome: "not a class" } } };
    const status = (current: string) =>
      dataOf({ event: "agent.status.update", data: { id: 1, status: { current } } }, undefined, {
        id: "voiso",
        labels,
      });
    expect(status("Idle")).toMatchObject({ status: { current: "available", currentLabel: "Idle" } });
    expect(status("Lunch").status).toEqual({ currentLabel: "Lunch" });
    expect(status("Offline")).toMatchObject({ status: { current: "offline" } });
  });
});

describe("recordings", () => {
  const at = "2025-06-01T10:05:00+0000";
  const link = "https://files.example.com/r/1";

  it.each<JsonObject>([
    { recording_url: link },
    { recording_link: link },
    { recording: link },
    { recording: { url: link } },
    { recordings: [{ url: link }] },
    { recordings: [link] },
    { url: link },
    { download_link: link, cdr_url: "https://clusterx.voiso.com/cdr/1" },
  ])("finds the link in %j, good for a day", (members) => {
    const data = { id: "1", ...members };
    expect(dataOf({ event: "call.recording.available", timestamp: at, data }).recording).toEqual({
      url: link,
      expiresAt: "2025-06-02T10:05:00Z",
    });
  });

  it.each<JsonObject>([{ cdr_url: link }, { contacts_url: link }, { recording: "pending" }])(
    "finds no link in %j",
    (members) => {
      const data = { id: "1", ...members };
      expect(dataOf({ event: "call.recording.available", timestamp: at, data })).not.toHaveProperty("recording");
    },
  );
});
