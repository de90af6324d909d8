import { expect, test } from "vitest";
import { readComing } from "../../../src/api/times/coming.ts";

const now = Date.parse("2026-11-20T09:00:00Z");
const zone = "Europe/Budapest";

test.each([
  ["17:00", "2026-11-20T16:00:00.000Z"],
  ["9:02", "2026-11-21T08:02:00.000Z"],
  ["10:00", "2026-11-21T09:00:00.000Z"],
  ["10:00:01", "2026-11-20T09:00:01.000Z"],
  ["today 9:02", "2026-11-20T08:02:00.000Z"],
  ["2026-11-20 17:00", "2026-11-20T16:00:00.000Z"],
  ["2026-11-20T17:00:00Z", "2026-11-20T17:00:00.000Z"],
])("%s is %s", (text, at) => {
  expect(new Date(readComing(text, zone, now) ?? 0).toISOString()).toBe(at);
});

test.each(["soon", "25:00", "9:2"])("%s is no time", (text) => {
  expect(readComing(text, zone, now)).toBeUndefined();
});

test("on the day the clocks change the next time of day is told by the clock", () => {
  const eve = Date.parse("2026-10-24T20:00:00Z");
  expect(new Date(readComing("9:00", zone, eve) ?? 0).toISOString()).toBe("2026-10-25T08:00:00.000Z");
});

test.each([
  // At half past eleven at night before the day of 23 hours.
  ["23:00", "2026-03-28T22:30:00Z", "2026-03-29T21:00:00.000Z"],
  // At half past midnight on the day of 25 hours.
  ["0:10", "2026-10-24T22:30:00Z", "2026-10-25T23:10:00.000Z"],
])("the next %s after %s is %s, however long the day is", (text, at, next) => {
  expect(new Date(readComing(text, zone, Date.parse(at)) ?? 0).toISOString()).toBe(next);
});
