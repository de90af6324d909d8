import { describe, expect, it } from "vitest";
import { fullBytes, nearLimits, requestsAllowed } from "../../src/config/plan.ts";

const MB = 1_000_000;

describe("limits of the plan", () => {
  it.each<[string, "free" | "paid" | undefined, number, number, number]>([
    ["a quiet day", "free", 1000, 10 * MB, 0],
    ["four fifths of the queue operations", "free", 2667, 10 * MB, 1],
    ["the same where nobody said the plan", undefined, 2667, 10 * MB, 1],
    ["the same on the Paid plan, which counts them by the month", "paid", 100_000, 10 * MB, 0],
    ["four fifths of the database", "free", 0, 400 * MB, 1],
    ["both", undefined, 5000, 900 * MB, 2],
    ["what the Paid plan bears", "paid", 0, 7999 * MB, 0],
    ["four fifths of the Paid plan's database", "paid", 0, 8000 * MB, 1],
  ])("%s", (_, plan, today, databaseBytes, near) => {
    expect(nearLimits({ today, databaseBytes }, plan)).toHaveLength(near);
  });

  it.each<[bytes: number, near: string[]]>([
    [19_999 * MB, []],
    [20_000 * MB, ["queue_backlog"]],
  ])("with %i bytes that wait in a queue are %j, whatever the plan", (backlogBytes, near) => {
    for (const plan of ["free", "paid", undefined] as const) {
      const found = nearLimits({ today: 0, databaseBytes: 0, backlogBytes }, plan);
      expect(found.map(({ limit }) => limit)).toEqual(near);
    }
  });

  it("are those at which the oldest events go before their time", () => {
    expect([fullBytes("free"), fullBytes("paid"), fullBytes(undefined)]).toEqual([400 * MB, 8000 * MB, 8000 * MB]);
  });

  it.each<["free" | "paid" | undefined, string | undefined, number | undefined]>([
    [undefined, undefined, undefined],
    ["free", undefined, undefined],
    ["paid", undefined, 1000],
    ["paid", "200", 200],
    ["paid", "many", 1000],
    [undefined, "200", 200],
  ])("with plan %j and REQUESTS_PER_BATCH %j an invocation may make %j requests", (plan, variable, allowed) => {
    expect(requestsAllowed(plan, () => variable)).toBe(allowed);
  });
});
