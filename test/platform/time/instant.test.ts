import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import {
  readEpochSeconds,
  readLocalTime,
  readOffsetTime,
  readTime,
  toInstant,
} from "../../../src/platform/time/instant.ts";

describe("readOffsetTime", () => {
  it.each([
    ["2025-02-03T09:15:42Z", "2025-02-03T09:15:42Z"],
    ["2025-02-03t09:15:42z", "2025-02-03T09:15:42Z"],
    ["2025-02-03 09:15:42Z", "2025-02-03T09:15:42Z"],
    ["2025-02-03T09:15:42+0000", "2025-02-03T09:15:42Z"],
    ["2025-02-03T09:15:42+00:00", "2025-02-03T09:15:42Z"],
    ["2025-02-03T09:15:42-05:30", "2025-02-03T14:45:42Z"],
    ["2025-02-03T09:15:42+0200", "2025-02-03T07:15:42Z"],
    ["2025-02-03 09:15:42 +0200", "2025-02-03T07:15:42Z"],
    ["2025-02-03T09:15:42.123456Z", "2025-02-03T09:15:42.123456Z"],
    ["2025-02-03T09:15:42,5Z", "2025-02-03T09:15:42.5Z"],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"],
    ["2025-01-01T00:30:00+01:00", "2024-12-31T23:30:00Z"],
    // Java leaves the seconds out when they are zero.
    ["2024-05-21T10:14Z", "2024-05-21T10:14:00Z"],
    ["2024-05-21T10:14+02:00", "2024-05-21T08:14:00Z"],
    ["2024-05-21 10:14-0330", "2024-05-21T13:44:00Z"],
    ["2024-05-21 10:14:09+02", "2024-05-21T08:14:09Z"],
    ["2024-05-21T10:14-05", "2024-05-21T15:14:00Z"],
    ["2024-05-21T10:14:09.250+01", "2024-05-21T09:14:09.25Z"],
    // A plus that was not escaped.
    ["2024-05-21T10:14:09 02:00", "2024-05-21T08:14:09Z"],
    ["2024-05-21T10:14:09 0200", "2024-05-21T08:14:09Z"],
    ["2024-05-21T10:14:09 02", "2024-05-21T08:14:09Z"],
    ["2024-05-21T10:14 02:00", "2024-05-21T08:14:00Z"],
    ["2024-05-21T10:14:09.5  02:00", "2024-05-21T08:14:09.5Z"],
  ])("%s is %s", (text, instant) => {
    expect(readOffsetTime(text)).toBe(instant);
  });

  it.each([
    "2025-02-31T09:15:42Z",
    "2025-02-29T09:15:42Z",
    "2025-13-01T09:15:42Z",
    "2025-02-03T25:00:00Z",
    "2025-02-03T09:15:42+99:00",
    "2025-02-03T09:15:42",
    "2025-02-03T09:15",
    "2025-02-03T09Z",
    "2025-02-03T09:15:42+2",
    "2025-02-03T09:15:42+020",
    "2025-02-03T09:15:42 2:00",
    "2025-02-03T09:15:42 99:00",
    "2025-02-03T09:15:4202:00",
    `2025-02-03T09:15:42${" ".repeat(90_000)}02:00`,
    `2025-02-03T09:15:42Z${" ".repeat(90_000)}x`,
    `2025-02-03T09:15:42.${"1".repeat(90_000)}Z`,
    "9999-12-31T23:59:59-01:00",
    "0000-01-01T00:00:00+01:00",
    "yesterday",
    "",
    undefined,
  ])("refuses %s", (text) => {
    expect(readOffsetTime(text)).toBeUndefined();
  });
});

describe("readLocalTime", () => {
  it.each([
    ["2025-02-03 09:15:42", "Europe/Budapest", "2025-02-03T08:15:42Z"],
    ["2025-07-03 09:15:42", "Europe/Budapest", "2025-07-03T07:15:42Z"],
    ["2025-02-03T09:15", "America/Chicago", "2025-02-03T15:15:00Z"],
    ["2025-02-03 09-15-42", "UTC", "2025-02-03T09:15:42Z"],
    ["2025-02-03 09:15:42.5", "UTC", "2025-02-03T09:15:42.5Z"],
    ["2025-02-03 09:15:42,5", "UTC", "2025-02-03T09:15:42.5Z"],
  ])("%s in %s is %s", (text, zone, instant) => {
    expect(readLocalTime(text, zone)).toBe(instant);
  });

  it.each([
    ["Europe/Budapest", "2025-03-30 02:30:00", "2025-03-30T01:30:00Z"],
    ["America/Chicago", "2025-03-09 02:30:00", "2025-03-09T08:30:00Z"],
  ])("moves a time in the gap of daylight saving forward (%s)", (zone, text, instant) => {
    expect(readLocalTime(text, zone)).toBe(instant);
  });

  it.each([
    ["Europe/Budapest", "2025-10-26 02:30:00", "2025-10-26T00:30:00Z"],
    ["America/Chicago", "2025-11-02 01:30:00", "2025-11-02T06:30:00Z"],
  ])("takes the earlier of two equal clock times (%s)", (zone, text, instant) => {
    expect(readLocalTime(text, zone)).toBe(instant);
  });

  it.each([
    ["2025-02-31 09:15:42", "UTC"],
    ["2025-02-03 24:00:00", "UTC"],
    ["2025-02-03 09:60:00", "UTC"],
    ["2025-02-03 09:15:42", "Nowhere/Land"],
    ["9999-12-31 23:59:59", "America/Chicago"],
    ["2025-02-03", "UTC"],
    ["03/02/2025 09:15", "UTC"],
    [undefined, "UTC"],
  ])("refuses %s in %s", (text, zone) => {
    expect(readLocalTime(text, zone)).toBeUndefined();
  });
});

describe("readTime", () => {
  it("asks the zone only where the text has none", () => {
    expect(readTime("2025-02-03T09:15:42+0200", "America/Chicago")).toBe("2025-02-03T07:15:42Z");
    expect(readTime("2025-02-03T09:15:42", "America/Chicago")).toBe("2025-02-03T15:15:42Z");
  });

  it("writes what the envelope's schema takes, or nothing", () => {
    const offsets = fc.constantFrom("", "Z", "+0000", "-12:00", "+14:00");
    const parts = fc.tuple(
      fc.integer({ min: 0, max: 9999 }),
      ...[19, 39, 29, 69, 69].map((max) => fc.nat(max)),
      offsets,
    );
    const property = fc.property(parts, ([year, month = 0, day = 0, hour = 0, minute = 0, second = 0, offset]) => {
      const [mm, dd, h, m, s] = [month, day, hour, minute, second].map((part) => String(part).padStart(2, "0"));
      const instant = readTime(`${String(year).padStart(4, "0")}-${mm}-${dd}T${h}:${m}:${s}${offset}`, "Asia/Tokyo");
      expect(z.iso.datetime().optional().safeParse(instant).success).toBe(true);
    });
    fc.assert(property, { numRuns: 1000 });
  });
});

describe("readEpochSeconds", () => {
  it.each([
    [1738574142, "2025-02-03T09:15:42Z"],
    [1738574142.017, "2025-02-03T09:15:42.017Z"],
    [1738574120.25, "2025-02-03T09:15:20.25Z"],
    [0, undefined],
    [-1, undefined],
    [1e12, undefined],
    [1e300, undefined],
    [undefined, undefined],
  ])("%s is %s", (seconds, instant) => {
    expect(readEpochSeconds(seconds)).toBe(instant);
  });

  it("turns milliseconds into the same times", () => {
    expect(toInstant(1738574142017)).toBe("2025-02-03T09:15:42.017Z");
  });
});
