import { describe, expect, it } from "vitest";
import { intoParts, schedule } from "../../../src/delivery/replay/pace.ts";

const found = (count: number, to: readonly string[]) =>
  Array.from({ length: count }, (_, n) => ({
    receipt: `rcpt_${String(count - n).padStart(4, "0")}` as const,
    to: [...to],
  }));
const sizes = (parts: readonly (readonly unknown[])[]) => parts.map(({ length }) => length);

describe("parts", () => {
  it.each([
    [10, ["crm"], 250, [50, 100, 100]],
    [10, ["crm", "bi", "wallboard"], 34, [1, 33]],
    [0.1, ["crm"], 25, [5, 10, 10]],
    [1000, ["crm"], 1200, [200, 500, 500]],
    [10, [], 3, [3]],
    [10, ["crm"], 0, []],
  ])("at %d a second to %j: %d events", (perSecond, to, events, expected) => {
    const all = found(events, to);
    const parts = intoParts(all, { perSecond, renormalize: false });
    expect(sizes(parts)).toEqual(expected);
    expect(parts.flat()).toEqual(all);
  });

  it("have few events where each is read anew, and an event that goes to many destinations stays whole", () => {
    expect(sizes(intoParts(found(25, []), { perSecond: 1000, renormalize: true }))).toEqual([5, 10, 10]);
    const many = Array.from({ length: 150 }, (_, n) => `destination-${n}`);
    expect(sizes(intoParts(found(3, many), { perSecond: 10, renormalize: false }))).toEqual([1, 1, 1]);
  });
});

describe("the schedule of a page", () => {
  it("begins at once, and ends when its last delivery has gone out", () => {
    expect(schedule(100, 10, 0, 50_000)).toEqual({ start: 50_000, paced: 60_000, due: 57_000 });
  });

  it("begins behind the page before, however early it comes", () => {
    expect(schedule(100, 10, 60_000, 57_000)).toEqual({ start: 60_000, paced: 70_000, due: 67_000 });
  });

  it("does not catch up on what was lost while it was away", () => {
    expect(schedule(100, 10, 60_000, 500_000)).toMatchObject({ start: 500_000 });
  });

  it("has the next page at once where nothing was begun", () => {
    expect(schedule(0, 10, 0, 50_000)).toEqual({ start: 50_000, paced: 50_000, due: 50_000 });
  });
});
