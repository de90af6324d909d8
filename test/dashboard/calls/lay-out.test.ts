import { expect, it } from "vitest";
import { layOut } from "../../../src/dashboard/calls/lay-out.ts";
import type { CallEvent } from "../../../src/dashboard/calls/told.ts";

const at = (seconds: number) => new Date(Date.parse("2026-11-20T09:00:00Z") + seconds * 1000).toISOString();

function anEvent(id: string, [time, receivedTime]: [number, number], more: Partial<CallEvent> = {}): CallEvent {
  return {
    id,
    receipt: `rcpt_${id}`,
    source: "hcc",
    type: "call.started",
    time: at(time),
    receivedTime: at(receivedTime),
    key: "env:KEY",
    due: 0,
    repeated: 0,
    states: { delivered: 0, waiting: 0, dead: 0, expired: 0 },
    undelivered: [],
    late: false,
    corrected: [],
    deliveries: [],
    event: { id, type: "call.started" },
    ...more,
  };
}

it("lays events out from the first moment to the last, each on its way", () => {
  const deliveries: CallEvent["deliveries"] = [
    { destination: "crm", state: "delivered", at: at(10) },
    { destination: "bi", state: "waiting", at: null },
  ];
  const items = [anEvent("a", [0, 5], { deliveries }), anEvent("b", [2, 4], { late: true })];
  const gaps = [{ missing: "call.answered", before: "b", sentence: "" }];
  expect(layOut({ items, gaps })).toMatchObject({
    lanes: ["vendor", "relay", "bi", "crm"],
    from: Date.parse(at(0)),
    to: Date.parse(at(10)),
    courses: [
      {
        number: 1,
        isLate: false,
        vendor: { lane: 0, along: 0 },
        relay: { lane: 1, along: 0.5 },
        destinations: [{ lane: 3, along: 1, state: "delivered" }],
      },
      { number: 2, isLate: true, vendor: { along: 0.2 }, relay: { along: 0.4 }, destinations: [] },
    ],
    gaps: [{ along: 0.2, missing: "call.answered" }],
  });
});

it("puts what happened all at once in the middle, and nothing where nothing has a time", () => {
  expect(layOut({ items: [anEvent("a", [0, 0])], gaps: [] })?.courses[0]?.vendor.along).toBe(0.5);
  expect(layOut({ items: [], gaps: [] })).toBeUndefined();
});
