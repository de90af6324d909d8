import { describe, expect, test } from "vitest";
import { decideBy, grants, nora } from "./decision.ts";

// 2026-11-20 is a Friday. Europe/Budapest: +01:00 in winter; summer time began on 2026-03-29 at 02:00 and ended on
// 2026-10-25 at 03:00. America/Chicago: -06:00; its summer time began on 2026-03-08 at 02:00, ended on 2026-11-01 at 02:00.

describe("from is inclusive, until is exclusive", () => {
  test.each([
    [{ from: "2026-11-20T09:00:00Z" }, "2026-11-20T08:59:59.999Z", false],
    [{ from: "2026-11-20T09:00:00Z" }, "2026-11-20T09:00:00Z", true],
    [{ until: "2026-11-20T09:00:00Z" }, "2026-11-20T08:59:59.999Z", true],
    [{ until: "2026-11-20T09:00:00Z" }, "2026-11-20T09:00:00Z", false],
    [{ from: "2026-11-20T09:00:00Z", until: "2026-11-20T09:00:00Z" }, "2026-11-20T09:00:00Z", false],
    [{ from: "2026-11-20T10:00+01:00" }, "2026-11-20T08:59:59.999Z", false],
    [{ from: "2026-11-20T10:00+0100" }, "2026-11-20T09:00:00Z", true],
    [{ from: "2026-11-20T09:00:00.250Z" }, "2026-11-20T09:00:00.249Z", false],
    [{ from: "2026-11-20T09:00:00.250Z" }, "2026-11-20T09:00:00.250Z", true],
  ])("%j at %s: %s", (rule, at, granted) => expect(grants(rule, at)).toBe(granted));
});

describe("a time without zone is in the source's timezone", () => {
  test.each([
    ["2026-11-20T10:00", "Europe/Budapest", "2026-11-20T09:00:00Z"],
    ["2026-11-20 10:00:00", "Europe/Budapest", "2026-11-20T09:00:00Z"],
    ["2026-11-20T10:00:30", "America/Chicago", "2026-11-20T16:00:30Z"],
    ["2026-07-01T10:00", "Europe/Budapest", "2026-07-01T08:00:00Z"],
    ["2026-11-20T10:00", "UTC", "2026-11-20T10:00:00Z"],
    ["2026-11-20", "Europe/Budapest", "2026-11-19T23:00:00Z"],
    ["2026-11-20", "America/Chicago", "2026-11-20T06:00:00Z"],
    // 02:30 does not exist on these days: moved forward to 03:30.
    ["2026-03-29T02:30", "Europe/Budapest", "2026-03-29T01:30:00Z"],
    ["2026-03-08T02:30", "America/Chicago", "2026-03-08T08:30:00Z"],
    // 02:30 and 01:30 come twice on these days: the first counts.
    ["2026-10-25T02:30", "Europe/Budapest", "2026-10-25T00:30:00Z"],
    ["2026-11-01T01:30", "America/Chicago", "2026-11-01T06:30:00Z"],
  ])("%s in %s is %s", (text, zone, instant) => {
    const before = new Date(Date.parse(instant) - 1).toISOString();
    expect([grants({ from: text }, before, zone), grants({ from: text }, instant, zone)]).toEqual([false, true]);
    expect([grants({ until: text }, before, zone), grants({ until: text }, instant, zone)]).toEqual([true, false]);
  });
});

describe("hours", () => {
  const office = { hours: { days: ["mon", "fri"], start: "08:00", end: "16:30" } };
  const night = { hours: { days: ["sun"], start: "22:00", end: "06:00" } };
  const evening = { hours: { days: ["fri"], start: "20:00", end: "24:00" } };
  const toMidnight = { hours: { days: ["fri"], start: "20:00", end: "00:00" } };
  const wholeDay = { hours: { days: ["fri"], start: "00:00", end: "24:00" } };
  const roundTheClock = { hours: { days: ["fri"], start: "08:00", end: "08:00" } };
  const afterMidnight = { hours: { days: ["fri"], start: "24:00", end: "06:00" } };
  const split = [
    { allow: [7], hours: { days: ["fri"], start: "08:00", end: "12:00" } },
    { allow: [7], hours: { days: ["fri"], start: "14:00", end: "18:00" } },
  ];

  test.each([
    ["begin with their start", office, "2026-11-20T07:00:00Z", true],
    ["have not begun a moment before", office, "2026-11-20T06:59:59.999Z", false],
    ["last to the moment before their end", office, "2026-11-20T15:29:59.999Z", true],
    ["are over at their end", office, "2026-11-20T15:30:00Z", false],
    ["are on their days only", office, "2026-11-19T09:00:00Z", false],
    ["past midnight begin on their day", night, "2026-11-22T21:00:00Z", true],
    ["past midnight have not begun before", night, "2026-11-22T20:59:59Z", false],
    ["past midnight go on at midnight, Sunday to Monday", night, "2026-11-22T23:00:00Z", true],
    ["past midnight last into Monday", night, "2026-11-23T04:59:59Z", true],
    ["past midnight are over on Monday at their end", night, "2026-11-23T05:00:00Z", false],
    ["past midnight do not begin on the day they end", night, "2026-11-23T21:00:00Z", false],
    ["past midnight do not reach into their own morning", night, "2026-11-22T04:00:00Z", false],
    ["to 24:00 last to midnight", evening, "2026-11-20T22:59:59.999Z", true],
    ["to 24:00 are over at midnight", evening, "2026-11-20T23:00:00Z", false],
    ["to 24:00 do not begin at the midnight before", evening, "2026-11-19T23:00:00Z", false],
    ["to 00:00 last to midnight", toMidnight, "2026-11-20T22:59:59.999Z", true],
    ["to 00:00 are over at midnight", toMidnight, "2026-11-20T23:00:00Z", false],
    ["from 00:00 to 24:00 begin at midnight", wholeDay, "2026-11-19T23:00:00Z", true],
    ["from 00:00 to 24:00 have not begun before midnight", wholeDay, "2026-11-19T22:59:59Z", false],
    ["from 00:00 to 24:00 are over at midnight", wholeDay, "2026-11-20T23:00:00Z", false],
    ["that end when they start last a day", roundTheClock, "2026-11-21T06:59:59Z", true],
    ["that end when they start do not last longer", roundTheClock, "2026-11-21T07:00:00Z", false],
    ["that end when they start have not begun before", roundTheClock, "2026-11-20T06:59:59Z", false],
    ["from 24:00 begin when their day is over", afterMidnight, "2026-11-20T23:00:00Z", true],
    ["from 24:00 do not begin on their day", afterMidnight, "2026-11-20T22:59:59Z", false],
  ])("%s", (_, rule, at, granted) => expect(grants(rule, at)).toBe(granted));

  test.each([
    ["2026-11-20T07:30:00Z", true],
    ["2026-11-20T12:00:00Z", false],
    ["2026-11-20T13:30:00Z", true],
  ])("of a split shift are the two of a list, at %s: %s", (at, granted) =>
    expect(decideBy({ default: split }, { ...nora, projects: ["7"] }, at)["7"]?.granted).toBe(granted),
  );

  test.each([
    ["Europe/Budapest", undefined, "2026-11-20T07:00:00Z", true],
    ["America/Chicago", undefined, "2026-11-20T07:00:00Z", false],
    ["America/Chicago", undefined, "2026-11-20T14:00:00Z", true],
    ["America/Chicago", "Europe/Budapest", "2026-11-20T07:00:00Z", true],
    ["Europe/Budapest", "America/Chicago", "2026-11-20T07:00:00Z", false],
    ["Europe/Budapest", "Pacific/Auckland", "2026-11-19T19:00:00Z", true],
    ["Europe/Budapest", "Pacific/Auckland", "2026-11-20T09:00:00Z", false],
  ])("are by the clock of the source in %s unless tz says %s: at %s %s", (zone, tz, at, granted) =>
    expect(grants({ hours: { ...office.hours, ...(tz === undefined ? {} : { tz }) } }, at, zone)).toBe(granted),
  );

  test.each([
    ["every day unless days are named", { hours: { start: "08:00", end: "12:00" } }, "2026-11-21T07:00:00Z", true],
    ["the whole day unless times are named", { hours: { days: ["sat"] } }, "2026-11-21T22:59:59Z", true],
    ["never when no day is named", { hours: { days: [] } }, "2026-11-21T12:00:00Z", false],
  ])("are %s", (_, rule, at, granted) => expect(grants(rule, at)).toBe(granted));

  test("bound a rule together with from and until", () => {
    const rule = { ...office, from: "2026-11-20T09:00", until: "2026-11-20T10:00" };
    expect(grants(rule, "2026-11-20T07:30:00Z")).toBe(false);
    expect(grants(rule, "2026-11-20T08:30:00Z")).toBe(true);
    expect(grants(rule, "2026-11-20T09:00:00Z")).toBe(false);
  });
});

describe("hours are what the clock on the wall shows", () => {
  const early = (day: string, start: string, end: string) => ({ hours: { days: [day], start, end } });

  test.each([
    // The night in which 02:00 is followed by 03:00.
    ["Europe/Budapest", early("sun", "01:30", "03:30"), "2026-03-29T00:59:59Z", true],
    ["Europe/Budapest", early("sun", "01:30", "03:30"), "2026-03-29T01:00:00Z", true],
    ["Europe/Budapest", early("sun", "01:30", "03:30"), "2026-03-29T01:30:00Z", false],
    ["Europe/Budapest", early("sun", "02:15", "02:45"), "2026-03-29T00:59:59Z", false],
    ["Europe/Budapest", early("sun", "02:15", "02:45"), "2026-03-29T01:00:00Z", false],
    ["Europe/Budapest", early("sun", "02:30", "04:00"), "2026-03-29T01:00:00Z", true],
    ["Europe/Budapest", early("sat", "22:00", "02:30"), "2026-03-29T00:59:59Z", true],
    ["Europe/Budapest", early("sat", "22:00", "02:30"), "2026-03-29T01:00:00Z", false],
    ["America/Chicago", early("sun", "02:30", "04:00"), "2026-03-08T07:59:59Z", false],
    ["America/Chicago", early("sun", "02:30", "04:00"), "2026-03-08T08:00:00Z", true],
    ["America/Chicago", early("sun", "02:30", "04:00"), "2026-03-08T09:00:00Z", false],
    // The night in which one hour comes twice.
    ["Europe/Budapest", early("sun", "02:15", "02:45"), "2026-10-25T00:30:00Z", true],
    ["Europe/Budapest", early("sun", "02:15", "02:45"), "2026-10-25T01:00:00Z", false],
    ["Europe/Budapest", early("sun", "02:15", "02:45"), "2026-10-25T01:30:00Z", true],
    ["Europe/Budapest", early("sat", "22:00", "06:00"), "2026-10-25T04:59:59Z", true],
    ["Europe/Budapest", early("sat", "22:00", "06:00"), "2026-10-25T05:00:00Z", false],
    ["America/Chicago", early("sun", "01:15", "01:45"), "2026-11-01T06:30:00Z", true],
    ["America/Chicago", early("sun", "01:15", "01:45"), "2026-11-01T07:00:00Z", false],
    ["America/Chicago", early("sun", "01:15", "01:45"), "2026-11-01T07:30:00Z", true],
  ])("in %s, %j at %s: %s", (zone, rule, at, granted) => expect(grants(rule, at, zone)).toBe(granted));
});
