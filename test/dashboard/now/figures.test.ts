import { describe, expect, it } from "vitest";
import { readHours, usualPerHour } from "../../../src/dashboard/now/hours.ts";
import { percent, perMinute } from "../../../src/dashboard/now/rate.ts";

const now = Date.parse("2026-11-27T15:30:00Z");
const since = "2026-11-27T14:00:00Z";

describe("a rate", () => {
  it.each([
    [0, "0"],
    [5, "< 0.1"],
    [9, "0.1"],
    [90, "1.0"],
    [288, "3.2"],
    [895, "9.9"],
    [896, "10"],
    [9000, "100"],
  ])("of %i in 90 minutes is %s a minute", (number, told) => expect(perMinute(number, since, now)).toBe(told));

  it("of less than a minute is that of a minute", () => {
    expect(perMinute(30, "2026-11-27T15:29:59Z", now)).toBe("30");
    expect(perMinute(30, null, now)).toBe("30");
  });
});

it.each([
  [0, 0, "0 %"],
  [0, 7, "0 %"],
  [1, 1000, "< 1 %"],
  [1, 4, "25 %"],
  [7, 7, "100 %"],
])("%i of %i are %s", (part, whole, told) => expect(percent(part, whole)).toBe(told));

const none = { due: 0, delivered: 0, dead: 0, expired: 0, waiting: 0 };
const line = (hour: string, source: string, accepted: number, decided = 0) => ({
  day: hour.slice(0, 10),
  hour,
  source,
  webhooks: { accepted, events: accepted, duplicates: 0, failed: 0, unrouted: 0 },
  deliveries: none,
  replays: none,
  logins: { decided, granted: 0, refused: decided },
  questions: { asked: 0, answered: 0, otherwise: 0, refused: 0 },
});
const series = {
  bucket: "hour",
  since: "2026-11-26T23",
  until: "2026-11-27T02",
  items: [
    line("2026-11-26T23", "vcc", 4, 2),
    line("2026-11-27T01", "vcc", 10),
    line("2026-11-27T01", "voiso", 1),
    line("2026-11-27T01", "-", 99),
    line("2026-11-27T02", "vcc", 1000),
  ],
  destinations: ["crm", "bi"].map((destination) => ({
    day: "2026-11-27",
    hour: "2026-11-27T01",
    destination,
    ...none,
    delivered: 3,
    attempts: 5,
  })),
};

describe("the last hours", () => {
  it("are all there, the oldest first, without what the relay sent to itself", () => {
    expect(readHours(series)).toEqual([
      { at: "2026-11-26T23:00:00.000Z", webhooks: 4, logins: 2, delivered: 0, failed: 0 },
      { at: "2026-11-27T00:00:00.000Z", webhooks: 0, logins: 0, delivered: 0, failed: 0 },
      { at: "2026-11-27T01:00:00.000Z", webhooks: 11, logins: 0, delivered: 6, failed: 4 },
      { at: "2026-11-27T02:00:00.000Z", webhooks: 1000, logins: 0, delivered: 0, failed: 0 },
    ]);
  });

  it("tell what is usual of a source by the hours in which it sent, but for this one", () => {
    expect(usualPerHour("vcc", series)).toBe(8);
    expect(usualPerHour("hcc", series)).toBeUndefined();
  });
});
