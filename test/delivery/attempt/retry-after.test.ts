import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRetryAfter } from "../../../src/delivery/attempt/retry-after.ts";

const NOW = Date.parse("2026-11-20T09:00:00Z");
const HALF_A_DAY = 12 * 3600 * 1000;
const asked = (header: string) => readRetryAfter(header, NOW);

describe("Retry-After", () => {
  it.each([
    ["0", 0],
    ["7", 7000],
    ["0120", 120_000],
    [" 7\t", 7000],
    ["43200", HALF_A_DAY],
    ["43201", HALF_A_DAY],
    ["9".repeat(400), HALF_A_DAY],
    ["Fri, 20 Nov 2026 09:02:00 GMT", 120_000],
    ["Friday, 20-Nov-26 09:02:00 GMT", 120_000],
    ["Fri Nov 20 09:02:00 2026", 120_000],
    ["Tue, 01 Dec 2026 00:00:00 GMT", HALF_A_DAY],
    ["Sat, 21 Nov 2026 00:00:00 GMT", HALF_A_DAY],
    ["Fri, 20 Nov 2026 09:59:60 GMT", 3_600_000],
    ["Tue Dec  1 09:02:00 2026", HALF_A_DAY],
    ["Wednesday, 20-Nov-76 09:02:00 GMT", HALF_A_DAY],
  ])("%j asks for %i ms", (header, wait) => {
    expect(asked(header)).toBe(wait);
  });

  it.each([
    "",
    "-1",
    "+12",
    "12.5",
    "120.5",
    "1e3",
    "0x10",
    "١٢",
    "12, 12",
    "12,12",
    "12;12",
    "1 2",
    "10s",
    "5 minutes",
    "soon",
    "2027-01-01T00:00:00Z",
    "2026-11-20T09:02:00Z",
    "20 Nov 2026 09:02:00 GMT",
    "Nov 20, 2026",
    "Fri, 20 Nov 2026 09:02:00",
    "Fri, 20 Nov 2026 09:02:00 UTC",
    "Fri, 20 Nov 2026 09:02:00 +0100",
    "Fri, 20 Nov 2026 09:02 GMT",
    "Fri, 20 Nov 2026 24:00:00 GMT",
    "Fri, 31 Nov 2026 09:02:00 GMT",
    "Mon, 30 Feb 2027 09:02:00 GMT",
    "Fri, 00 Dec 2026 09:02:00 GMT",
    "Fri, 2 Dec 2026 09:02:00 GMT",
    "Fri, 20 nov 2026 09:02:00 GMT",
    "fri, 20 Nov 2026 09:02:00 gmt",
    "Frx, 20 Nov 2026 09:02:00 GMT",
    "Fri, 20 Nov 2026 09:02:00 GMT, Fri, 20 Nov 2026 09:02:00 GMT",
    "Fri, 20 Nov 2026 09:02:00 GMT, 120",
    "120, Fri, 20 Nov 2026 09:02:00 GMT",
    "Fri, 20 Nov 2026 09:00:00 GMT",
    "Fri, 20 Nov 2026 08:00:00 GMT",
    "Fri, 20-Nov-26 09:02:00 GMT",
    "Friday, 20-Nov-77 09:02:00 GMT",
    "Fri Nov 20 09:02:00 2026 GMT",
  ])("%j is no wish", (header) => {
    expect(asked(header)).toBeUndefined();
  });

  it("reads every date that JavaScript prints for HTTP", () => {
    const soon = fc.integer({ min: 1, max: HALF_A_DAY / 1000 });
    fc.assert(
      fc.property(soon, (seconds) => {
        expect(asked(new Date(NOW + seconds * 1000).toUTCString())).toBe(seconds * 1000);
      }),
    );
  });
});
