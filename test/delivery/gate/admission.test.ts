import { describe, expect, it } from "vitest";
import {
  type AdmissionRequest,
  admit,
  applyReport,
  freshGate,
  type GateState,
} from "../../../src/delivery/gate/admission.ts";
import type { Sign } from "../../../src/delivery/gate/breaker.ts";

const NOW = Date.parse("2026-11-20T09:00:00Z");
const asks = (rest: Partial<AdmissionRequest> = {}): AdmissionRequest => ({
  batch: "one",
  wanted: 10,
  lanes: 2,
  timeoutMs: 10_000,
  as: "again",
  ...rest,
});
const failed: readonly Sign[] = ["bad", "bad", "bad", "bad", "bad"];
const opened = applyReport(freshGate, { batch: "zero", probe: false, signs: failed }, NOW);
const half = NOW + 5000;

describe("a gate", () => {
  it("lets all pass, and wants no report when all goes well", () => {
    const { admission } = admit(freshGate, asks(), NOW);
    expect(admission).toEqual({ admitted: 10, lanes: 2, probe: false, reportOptional: true, refused: undefined });
  });

  it("wants a report once something failed", () => {
    const troubled = applyReport(freshGate, { batch: "zero", probe: false, signs: ["bad"] }, NOW);
    expect(admit(troubled, asks(), NOW).admission).toMatchObject({ admitted: 10, reportOptional: false });
  });

  it("lets nothing pass while paused, whatever else is so", () => {
    const paused: GateState = { ...opened, paused: { since: NOW, reason: "operator" } };
    for (const as of ["first", "again", "probe"] as const) {
      expect(admit(paused, asks({ as }), half).admission).toMatchObject({ admitted: 0, refused: { reason: "paused" } });
    }
  });

  it("lets one of ten pass as a probe", () => {
    const { state, admission } = admit(opened, asks({ as: "probe" }), half);
    expect(admission).toMatchObject({
      admitted: 1,
      probe: true,
      reportOptional: false,
      refused: { reason: "breaker" },
    });
    expect(admit(state, asks({ batch: "two", as: "probe" }), half + 1).admission.admitted).toBe(0);
    const closed = applyReport(state, { batch: "one", probe: true, signs: ["good"] }, half + 2);
    expect(admit(closed, asks({ batch: "two" }), half + 3).admission).toMatchObject({ admitted: 10, probe: false });
  });

  it("takes a probe for lost when its batch had all the time it could need", () => {
    const { state } = admit(opened, asks({ as: "probe" }), half);
    expect(admit(state, asks({ as: "probe" }), half + 19_999).admission.admitted).toBe(0);
    expect(admit(state, asks({ as: "probe" }), half + 20_000).admission).toMatchObject({ admitted: 1, probe: true });
  });

  it("begins no probe that its rate or its lanes do not let pass", () => {
    const busy = admit(freshGate, asks({ concurrency: 1 }), NOW).state;
    const open = { ...busy, breaker: opened.breaker };
    const refused = admit(open, asks({ as: "probe", concurrency: 1, batch: "two" }), half);
    expect(refused.admission).toMatchObject({ admitted: 0, refused: { reason: "concurrency" } });
    expect(admit(refused.state, asks({ as: "probe" }), half).admission.admitted).toBe(1);
  });
});

describe("lanes", () => {
  it("are lent up to the destination's concurrency, and come back with the report", () => {
    const first = admit(freshGate, asks({ concurrency: 3 }), NOW);
    expect(first.admission).toMatchObject({ admitted: 10, lanes: 2, reportOptional: false });
    const second = admit(first.state, asks({ concurrency: 3, batch: "two" }), NOW);
    expect(second.admission).toMatchObject({ admitted: 10, lanes: 1 });
    const third = admit(second.state, asks({ concurrency: 3, batch: "three" }), NOW);
    expect(third.admission).toMatchObject({ admitted: 0, refused: { reason: "concurrency", retryAt: NOW + 1000 } });
    const returned = applyReport(third.state, { batch: "one", probe: false, signs: ["good"] }, NOW);
    expect(admit(returned, asks({ concurrency: 3, batch: "three" }), NOW).admission).toMatchObject({ lanes: 2 });
  });

  it("are not more than there are deliveries", () => {
    expect(admit(freshGate, asks({ wanted: 1, concurrency: 3 }), NOW).admission.lanes).toBe(1);
  });

  it("are taken back from a batch that never reports, when it had all the time it could need", () => {
    const { state } = admit(freshGate, asks({ concurrency: 2 }), NOW);
    const lanesAt = (ms: number) => admit(state, asks({ concurrency: 2, batch: "two" }), NOW + ms).admission.lanes;
    expect([0, 59_999, 60_000].map(lanesAt)).toEqual([0, 0, 2]);
  });

  it("stay with the gate when the rate lets none of the batch pass", () => {
    const limits = { concurrency: 2, perSecond: 1 };
    const first = admit(freshGate, asks({ ...limits, wanted: 1 }), NOW);
    const returned = applyReport(first.state, { batch: "one", probe: false, signs: ["good"] }, NOW);
    const second = admit(returned, asks({ ...limits, batch: "two", wanted: 1 }), NOW);
    expect(second.admission).toMatchObject({ admitted: 0, refused: { reason: "rate" } });
    expect(second.state.leases).toEqual([]);
  });
});

describe("a rate", () => {
  it("lets a part of the batch pass, and tells the others when to come again", () => {
    const { admission } = admit(freshGate, asks({ perSecond: 4 }), NOW);
    expect(admission).toMatchObject({
      admitted: 4,
      refused: { reason: "rate", retryAt: NOW + 250, spacingMs: 250 },
    });
  });
});
