import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rebuildDate } from "../../../src/vendors/ucontact/date.ts";

interface Row {
  readonly name: string;
  readonly text: string;
  readonly received: string;
  readonly zone?: string;
  readonly at: string | undefined;
}

const rows: Row[] = [
  ["the manual's ring without answer", "2023-48-13 06:48:51", "2023-06-13T06:48:52Z", "2023-06-13T06:48:51Z"],
  ["the manual's login", "2023-16-13 05:16:22", "2023-06-13T05:16:23Z", "2023-06-13T05:16:22Z"],
  [
    "the manual's logout, whose group is not the minute",
    "2023-16-13 15:18:43",
    "2023-06-13T15:18:45Z",
    "2023-06-13T15:18:43Z",
  ],
  ["the manual's break", "2023-52-13 04:52:57", "2023-06-13T04:52:58Z", "2023-06-13T04:52:57Z"],
  ["the manual's end of a break", "2023-52-13 05:52:00", "2023-06-13T05:52:01Z", "2023-06-13T05:52:00Z"],
  ["minute 00", "2024-00-19 10:00:30", "2024-07-19T10:00:31Z", "2024-07-19T10:00:30Z"],
  [
    "the hour 00, which no clock of twelve hours has",
    "2024-30-19 00:30:00",
    "2024-07-19T12:30:00Z",
    "2024-07-19T00:30:00Z",
  ],
  ["a full hour at midnight", "2024-00-19 00:00:00", "2024-07-19T00:00:01Z", "2024-07-19T00:00:00Z"],
  ["an event of December received in January", "2024-59-31 23:59:58", "2025-01-01T00:00:01Z", "2024-12-31T23:59:58Z"],
  ["a clock that is ahead of the year", "2025-00-01 00:00:02", "2024-12-31T23:59:59Z", "2025-01-01T00:00:02Z"],
  ["a repaired date", "2024-07-19 10:44:12", "2024-07-19T10:44:13Z", "2024-07-19T10:44:12Z"],
  [
    "a repaired date keeps its hour where twelve hours more would be nearer",
    "2024-07-19 02:30:00",
    "2024-07-19T14:10:00Z",
    "2024-07-19T02:30:00Z",
  ],
  ["a group that is the month only by accident", "2024-07-30 23:58:00", "2024-07-01T00:10:00Z", "2024-06-30T23:58:00Z"],
  ["an afternoon on a clock of twelve hours", "2023-48-13 06:48:51", "2023-06-13T18:48:52Z", "2023-06-13T18:48:51Z"],
  ["noon on a clock of twelve hours", "2024-15-19 12:15:40", "2024-07-19T12:15:41Z", "2024-07-19T12:15:40Z"],
  ["midnight on a clock of twelve hours", "2024-15-19 12:15:40", "2024-07-19T00:15:41Z", "2024-07-19T00:15:40Z"],
  ["the 31st, received in a month of 30 days", "2024-10-31 23:10:00", "2024-06-01T00:05:00Z", "2024-05-31T23:10:00Z"],
  ["the 29th of February", "2024-40-29 23:40:00", "2024-03-01T00:00:00Z", "2024-02-29T23:40:00Z"],
  ["a queue of 36 hours", "2024-20-19 15:20:00", "2024-07-21T03:20:00Z", "2024-07-19T15:20:00Z"],
  ["more than 36 hours", "2024-20-19 15:20:00", "2024-07-21T03:20:01Z", undefined],
  ["another year", "2023-20-19 15:20:00", "2024-07-19T15:20:01Z", undefined],
  ["a day that no month has", "2024-20-32 15:20:00", "2024-07-31T15:20:01Z", undefined],
  ["an hour that no day has", "2024-20-19 25:20:00", "2024-07-20T01:20:01Z", undefined],
  ["no date at all", "yesterday", "2024-07-19T15:20:01Z", undefined],
].map(([name = "", text = "", received = "", at]) => ({ name, text, received, at }));

const zoned: Row[] = [
  {
    name: "winter time",
    zone: "Europe/Madrid",
    text: "2024-30-15 09:30:00",
    received: "2024-01-15T08:30:01Z",
    at: "2024-01-15T08:30:00Z",
  },
  {
    name: "summer time",
    zone: "Europe/Madrid",
    text: "2024-30-15 09:30:00",
    received: "2024-07-15T07:30:01Z",
    at: "2024-07-15T07:30:00Z",
  },
  {
    name: "the gap of the spring night",
    zone: "Europe/Madrid",
    text: "2024-30-31 02:30:00",
    received: "2024-03-31T01:30:01Z",
    at: "2024-03-31T01:30:00Z",
  },
  {
    name: "a month that has begun there and not in UTC",
    zone: "Asia/Tokyo",
    text: "2024-05-01 08:05:00",
    received: "2024-07-31T23:05:01Z",
    at: "2024-07-31T23:05:00Z",
  },
  {
    name: "a year that has ended in UTC and not there",
    zone: "America/Montevideo",
    text: "2024-30-31 22:30:00",
    received: "2025-01-01T01:30:01Z",
    at: "2025-01-01T01:30:00Z",
  },
];

describe("the date of uContact", () => {
  it.each([...rows, ...zoned])("is rebuilt: $name", ({ text, received, zone, at }) => {
    const expected = at === undefined ? undefined : { at, from: "derived" };
    expect(rebuildDate(text, Date.parse(received), zone)).toEqual(expected);
  });

  it.each(Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, "0")))(
    "does not take minute %s for a month",
    (minute) => {
      const received = Date.parse(`2024-09-19T14:${minute}:34Z`);
      const expected = { at: `2024-09-19T14:${minute}:33Z`, from: "derived" };
      expect(rebuildDate(`2024-${minute}-19 14:${minute}:33`, received)).toEqual(expected);
    },
  );

  it("comes back whole for any second that is received within six hours", () => {
    const seconds = fc.integer({ min: Date.UTC(2020, 0, 1) / 1000, max: Date.UTC(2035, 0, 1) / 1000 });
    fc.assert(
      fc.property(seconds, fc.integer({ min: 0, max: 6 * 3600 - 1 }), (second, delay) => {
        const [day = "", time = ""] = new Date(second * 1000).toISOString().slice(0, 19).split("T");
        const slipped = `${day.slice(0, 4)}-${time.slice(3, 5)}-${day.slice(8)} ${time}`;
        expect(rebuildDate(slipped, (second + delay) * 1000)?.at).toBe(`${day}T${time}Z`);
      }),
    );
  });

  it("is never farther from the receipt than 36 hours, whatever its digits say", () => {
    const digits = fc.stringMatching(/^202[3-5]-[0-5]\d-[0-3]\d [0-2]\d:[0-5]\d:[0-5]\d$/);
    const receipts = fc.integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2025, 11, 31) });
    fc.assert(
      fc.property(digits, receipts, (text, received) => {
        const rebuilt = rebuildDate(text, received);
        const distance = rebuilt === undefined ? 0 : Math.abs(Date.parse(rebuilt.at) - received);
        expect(distance).toBeLessThanOrEqual(36 * 3_600_000);
      }),
      { numRuns: 2000 },
    );
  });
});
