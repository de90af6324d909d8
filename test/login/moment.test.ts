import { expect, test } from "vitest";
import { readRuleMoment } from "../../src/login/moment.ts";

test.each([
  ["2026-11-20T09:02Z", "2026-11-20T09:02:00Z"],
  ["2026-11-20T09:02+01", "2026-11-20T08:02:00Z"],
  ["2026-11-20T09:02:30+01", "2026-11-20T08:02:30Z"],
  ["2026-11-20T09:02:30-0330", "2026-11-20T12:32:30Z"],
  ["2026-11-20 09:02:30+05:45", "2026-11-20T03:17:30Z"],
  ["2026-11-20 09:02", "2026-11-20T08:02:00Z"],
  ["2026-11-20", "2026-11-19T23:00:00Z"],
])("%s in Budapest is %s", (text, at) => {
  expect(readRuleMoment(text, "Europe/Budapest")).toBe(Date.parse(at));
});

test.each(["2026-11-20T09:02+1", "2026-11-20T09:02+99", "2026-11-20T09Z", "2026-11-20+01", "soon"])(
  "%s is none",
  (text) => {
    expect(readRuleMoment(text, "Europe/Budapest")).toBeUndefined();
  },
);
