import { describe, expect, it } from "vitest";
import { tellCall } from "../../../src/api/calls/tell.ts";
import type { HookEvent } from "../../../src/events/envelope.ts";
import { vendorOf } from "../../../src/vendors/index.ts";
import { anEvent } from "../../delivery/event.ts";

let received = 0;
/** Events in the order of their acceptance; `at`: the minute in which they happened. */
function came(type: HookEvent["type"], at: number, call: object = {}, rest: Partial<HookEvent> = {}): HookEvent {
  received += 1;
  const id: HookEvent["id"] = `evt_${String(received).padStart(32, "0")}`;
  const time = `2026-11-20T09:${String(at).padStart(2, "0")}:00Z`;
  return anEvent({ call }, { id, type, time, sequence: `01J${String(received).padStart(23, "0")}`, ...rest });
}
const course = (vendor: "voiso" | "intelligent-contacts" | "ucontact" | "vcc-live") => vendorOf(vendor).call;
const missing = (events: readonly HookEvent[], vendor: Parameters<typeof course>[0]) =>
  tellCall(events, course(vendor)).gaps.map(({ missing }) => missing);

describe("a call", () => {
  it("is told in the order of what its events tell, whenever they came", () => {
    const completed = came("call.completed", 5, { durations: { total: 12, talk: 10 }, outcome: "answered" });
    const started = came("call.started", 0, { from: "1", durations: { total: 0 } });
    const recorded = came("call.recording.available", 9, { durations: { total: 11 } });
    const hungup = came("call.hungup", 4, { durations: { ringing: 3 }, outcome: "busy" });
    const told = tellCall([completed, started, recorded, hungup], course("intelligent-contacts"));
    expect(told.events.map(({ type }) => type)).toEqual([
      "call.started",
      "call.hungup",
      "call.completed",
      "call.recording.available",
    ]);
    expect(told.final).toBe(true);
    expect(told.gaps).toEqual([]);
    expect(told.late).toEqual(new Set([started.id, hungup.id]));
    expect(told.call).toEqual({ from: "1", durations: { total: 12, talk: 10, ringing: 3 }, outcome: "answered" });
  });

  it("has figures so far until its record is there", () => {
    expect(tellCall([came("call.hungup", 1)], course("voiso")).final).toBe(false);
    expect(tellCall([came("call.dispositioned", 1)], course("voiso")).final).toBe(false);
    expect(tellCall([came("call.dispositioned", 1)], course("vcc-live")).final).toBe(true);
    expect(tellCall([came("call.completed", 1)]).final).toBe(true);
  });

  it("goes by the correction of an event, which is not late", () => {
    const wrong = came("call.completed", 5, { outcome: "busy", endReason: "x" });
    const right = came("call.completed", 4, { outcome: "answered" }, { corrects: wrong.id });
    const told = tellCall([wrong, right], course("vcc-live"));
    expect(told.call).toEqual({ outcome: "answered" });
    expect(told.late).toEqual(new Set());
  });
});

describe("what is missing", () => {
  it("of Intelligent Contacts is the beginning and the end", () => {
    expect(missing([came("call.completed", 5)], "intelligent-contacts")).toEqual(["call.started", "call.hungup"]);
    expect(missing([came("call.started", 5)], "intelligent-contacts")).toEqual([]);
  });

  it("of Voiso is the answer, if it was answered, and the hang-up, unless a legacy hook tells", () => {
    const answered = { outcome: "answered" };
    expect(missing([came("call.hungup", 1, answered)], "voiso")).toEqual(["call.answered"]);
    expect(missing([came("call.hungup", 1, { outcome: "missed" })], "voiso")).toEqual([]);
    expect(missing([came("call.completed", 1, { outcome: "missed" })], "voiso")).toEqual(["call.hungup"]);
    const legacy = { vendorevent: "call-outcome" };
    expect(missing([came("call.completed", 1, { outcome: "missed" }, legacy)], "voiso")).toEqual([]);
    expect(missing([came("call.recording.available", 1)], "voiso")).toEqual(["call.completed"]);
  });

  it("of uContact is the assignment, of VCC Live nothing", () => {
    expect(missing([came("call.dispositioned", 1)], "ucontact")).toEqual(["interaction.assigned"]);
    expect(missing([came("call.dispositioned", 1)], "vcc-live")).toEqual([]);
  });

  it("is said in words, with the event that it belongs before", () => {
    const completed = came("call.completed", 5);
    expect(tellCall([completed], course("intelligent-contacts")).gaps[0]).toEqual({
      missing: "call.started",
      before: completed.id,
      sentence:
        "call.completed is there without call.started, which the vendor sends before it: it was refused, got lost, or is still to come.",
    });
  });
});
