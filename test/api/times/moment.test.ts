import { expect, it } from "vitest";
import { readMoment } from "../../../src/api/times/moment.ts";
import { toInstant } from "../../../src/platform/time/instant.ts";

/** A quarter to ten in the morning in Budapest. */
const now = Date.parse("2026-11-26T08:45:00Z");

it.each([
  ["2026-11-20T09:02:00Z", "2026-11-20T09:02:00Z"],
  ["2026-11-20T09:02:00+02:00", "2026-11-20T07:02:00Z"],
  ["2026-11-20T09:02", "2026-11-20T08:02:00Z"],
  ["2026-11-20 9:02", "2026-11-20T08:02:00Z"],
  ["2026-11-20 9:02:37", "2026-11-20T08:02:37Z"],
  ["2026-11-20", "2026-11-19T23:00:00Z"],
  ["9:02", "2026-11-26T08:02:00Z"],
  ["09:02", "2026-11-26T08:02:00Z"],
  ["9:02:37", "2026-11-26T08:02:37Z"],
  ["9:45", "2026-11-26T08:45:00Z"],
  ["9:46", "2026-11-25T08:46:00Z"],
  ["today 9:46", "2026-11-26T08:46:00Z"],
  ["yesterday 9:02", "2026-11-25T08:02:00Z"],
  ["Yesterday 09:02", "2026-11-25T08:02:00Z"],
  ["yesterday", "2026-11-24T23:00:00Z"],
  ["today", "2026-11-25T23:00:00Z"],
  [" 9:02 ", "2026-11-26T08:02:00Z"],
])("%s is %s, by the clock of Budapest", (text, at) => {
  expect(toInstant(readMoment(text, "Europe/Budapest", now) ?? 0)).toBe(at);
});

it.each([
  "",
  "soon",
  "9",
  "25:00",
  "9:60",
  "tomorrow 9:02",
  "yesterday9:02",
  "yesterday 9:02 pm",
  "2026-13-01",
  "2026-02-30 9:02",
])("%j is no time", (text) => {
  expect(readMoment(text, "Europe/Budapest", now)).toBeUndefined();
});

it.each([
  // At half past midnight after the day of 23 hours.
  ["9:02", "2026-03-29T22:30:00Z", "2026-03-29T07:02:00Z"],
  ["yesterday 9:02", "2026-03-29T22:30:00Z", "2026-03-29T07:02:00Z"],
  // At half past eleven at night on the day of 25 hours.
  ["yesterday 9:02", "2026-10-25T22:30:00Z", "2026-10-24T07:02:00Z"],
  ["23:45", "2026-10-25T22:30:00Z", "2026-10-24T21:45:00Z"],
])("%s at %s is %s, however long the day is", (text, at, meant) => {
  expect(toInstant(readMoment(text, "Europe/Budapest", Date.parse(at)) ?? 0)).toBe(meant);
});
