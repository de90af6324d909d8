import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printLocalTime, printOffsetTime } from "../../../src/platform/time/print-time.ts";
import { printUtc, readUtc } from "../../../src/platform/time/utc.ts";
import { momentAt, momentOf, momentShown, printMomentUtc } from "../../../src/platform/time/wall-clock.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const ZONES = [...Intl.supportedValuesOf("timeZone"), "UTC", "Etc/GMT+12", "+05:30"];
/** Each fifth, and those whose clocks are set by half an hour, by two, or around Ramadan. All of them take ten seconds. */
const SOME_ZONES = [
  ...ZONES.filter((_, position) => position % 5 === 0),
  "Australia/Lord_Howe",
  "Antarctica/Troll",
  "Africa/Casablanca",
  "Europe/Budapest",
  "America/Chicago",
];
/** Years that a Date or a calendar may read otherwise: two digits, centuries, the ends. */
const years = fc.oneof(
  fc.integer({ min: 0, max: 9999 }),
  fc.constantFrom(0, 1, 4, 99, 100, 1582, 1600, 1900, 2000, 9999),
);
const two = (max: number) => fc.nat(max).map((part) => String(part).padStart(2, "0"));
const dates = fc
  .tuple(years, two(13), two(32))
  .map(([year, month, day]) => `${String(year).padStart(4, "0")}-${month}-${day}`);
const times = fc.tuple(two(24), two(60), two(61)).map((parts) => parts.join(":"));
const fractions = fc.oneof(
  fc.constant(""),
  fc.stringMatching(/^[0-9]{1,9}$/),
  fc.constantFrom("0", "000", "500000000"),
);
const signed = fc.tuple(fc.constantFrom("+", "-"), two(24), fc.constantFrom("", ":"), fc.option(two(60), { nil: "" }));
const offsets = fc.oneof(
  fc.constant("Z"),
  signed.map(([sign, hours, colon, minutes]) => `${sign}${hours}${minutes === "" ? "" : colon}${minutes}`),
);

/** What Temporal makes of the same, which is the rule. */
const written = (clock: string, fraction: string) => (fraction === "" ? clock : `${clock}.${fraction}`);
const offsetTime = (clock: string, fraction: string, offset: string) =>
  printMomentUtc(momentOf(`${written(clock, fraction)}${offset}`));
const localTime = (date: string, time: string, fraction: string, zone: string) =>
  printMomentUtc(momentShown(written(`${date}T${time}`, fraction), zone));

function outcome(read: () => string): string {
  try {
    return read();
  } catch (error) {
    return error instanceof RangeError ? "no such time" : String(error);
  }
}

describe("a time with its offset", () => {
  it("prints as Temporal prints it, or is as impossible", () => {
    const property = fc.property(dates, times, fractions, offsets, (date, time, fraction, offset) => {
      const clock = `${date}T${time}`;
      expect(outcome(() => printOffsetTime(clock, fraction, offset))).toBe(
        outcome(() => offsetTime(clock, fraction, offset)),
      );
    });
    fc.assert(property, { numRuns: 5000 });
  });

  it.each(["2016-12-31T23:59:60", "2016-12-31T23:59:61", "2025-02-29T00:00:00", "1900-02-29T00:00:00"])(
    "%s",
    (clock) => {
      for (const offset of ["Z", "+02:00", "-0330", "+24:00", "+23:60"]) {
        expect(outcome(() => printOffsetTime(clock, "", offset))).toBe(outcome(() => offsetTime(clock, "", offset)));
      }
    },
  );
});

describe("a time of a zone", () => {
  it("prints as Temporal prints it, in any zone and year", () => {
    const property = fc.property(fc.constantFrom(...ZONES), dates, times, fractions, (zone, date, time, fraction) => {
      expect(outcome(() => printLocalTime(date, time, fraction, zone))).toBe(
        outcome(() => localTime(date, time, fraction, zone)),
      );
    });
    fc.assert(property, { numRuns: 3000 });
  });

  it("prints as Temporal prints it round each time that the clocks of a zone are set", () => {
    const different: string[] = [];
    let compared = 0;
    for (const zone of SOME_ZONES) {
      for (const set of whenSet(zone)) {
        for (const beside of [-23, -1 / 3600, 0, 0.5, 1]) {
          for (const ahead of [set.before, set.after]) {
            const [date = "", time = ""] = printUtc(set.at + ahead + beside * HOUR_MS, "").split(/[TZ]/);
            const [one, other] = [printLocalTime(date, time, "", zone), localTime(date, time, "", zone)];
            compared += 1;
            if (one !== other) different.push(`${zone} ${date} ${time}: ${one}, not ${other}`);
          }
        }
      }
    }
    expect(different).toEqual([]);
    expect(compared).toBeGreaterThan(10_000);
  });

  it("is impossible in a zone that there is not", () => {
    expect(() => printLocalTime("2025-02-03", "09:15:42", "", "Nowhere/Land")).toThrow(RangeError);
  });
});

describe("milliseconds", () => {
  it("print as Temporal prints them, and are read back", () => {
    const milliseconds = fc.integer({ min: -8.64e15, max: 8.64e15 });
    const property = fc.property(milliseconds, (at) => {
      expect(printUtc(at)).toBe(printMomentUtc(momentAt(at)));
      const clock = printUtc(at, "").slice(0, -1);
      expect(readUtc(clock)).toBe(Math.floor(at / 1000) * 1000);
    });
    fc.assert(property, { numRuns: 2000 });
  });
});

/** When the clocks of a zone were set from 1990 to 2027, found by halving months, and how far ahead they were. */
function* whenSet(zone: string) {
  const aheadAt = aheadIn(zone);
  const month = 30 * 24 * HOUR_MS;
  for (let from = Date.UTC(1990, 0); from < Date.UTC(2028, 0); from += month) {
    let [early, late] = [from, from + month];
    const [before, after] = [aheadAt(early), aheadAt(late)];
    if (before === after) continue;
    while (late - early > MINUTE_MS) {
      const middle = Math.floor((early + late) / 2 / MINUTE_MS) * MINUTE_MS;
      if (aheadAt(middle) === before) early = middle;
      else late = middle;
    }
    yield { at: late, before, after };
  }
}

/** How far the clocks of a zone are ahead of UTC, by Intl. */
function aheadIn(zone: string) {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    timeZoneName: "longOffset",
  });
  return (at: number): number => {
    const [, sign, hours, minutes = "0", seconds = "0"] =
      /GMT([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?/.exec(format.format(at)) ?? [];
    const ahead = (Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
    return sign === "-" ? -ahead : ahead;
  };
}
