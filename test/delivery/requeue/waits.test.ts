import fc from "fast-check";
import { expect, it } from "vitest";
import { waitSeconds } from "../../../src/delivery/requeue/waits.ts";

const QUARTER_HOUR = 900;
const random = fc.double({ min: 0, max: 1, noNaN: true });

it("waits ten seconds, then twice as long each time, at most a quarter of an hour", () => {
  const least = Array.from({ length: 10 }, (_, times) => waitSeconds(times, 0));
  expect(least).toEqual([10, 20, 40, 80, 160, 320, 640, QUARTER_HOUR, QUARTER_HOUR, QUARTER_HOUR]);
});

it("spreads what failed together over a quarter of the wait, however often it failed", () => {
  fc.assert(
    fc.property(fc.nat({ max: 10_000 }), random, (times, chance) => {
      const wait = Math.min(10 * 2 ** times, QUARTER_HOUR);
      const seconds = waitSeconds(times, chance);
      expect(seconds).toBeGreaterThanOrEqual(Math.min(wait, 0.75 * QUARTER_HOUR));
      expect(seconds).toBeLessThanOrEqual(Math.min(Math.round(1.25 * wait), QUARTER_HOUR));
      expect(Number.isInteger(seconds)).toBe(true);
    }),
  );
  expect(new Set(Array.from({ length: 11 }, (_, tenth) => waitSeconds(9, tenth / 10))).size).toBe(11);
});

/** Events in a second, and for how long the log is down, seconds. */
const PER_SECOND = 10;
const DOWN = 4 * 60 * 60;

it("keeps a log that is down for four hours, at ten events a second, from making more than 300 sends a second", () => {
  const sends = new Uint32Array(DOWN);
  let seed = 1;
  // Park and Miller's: the same each time.
  const chance = () => {
    seed = (seed * 48_271) % 0x7fffffff;
    return seed / 0x7fffffff;
  };
  for (let event = 0; event < PER_SECOND * DOWN; event += 1) {
    let at = Math.floor(event / PER_SECOND);
    for (let times = 0; at < DOWN; times += 1) {
      sends[at] = (sends[at] ?? 0) + 1;
      at += waitSeconds(times, chance());
    }
  }
  expect(Math.max(...sends)).toBeLessThan(300);
});
