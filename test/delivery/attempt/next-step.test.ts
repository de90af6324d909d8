import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_DELAYS_SECONDS } from "../../../src/config/schema/destination.ts";
import { isExpired, nextStep } from "../../../src/delivery/attempt/next-step.ts";
import type { Outcome } from "../../../src/delivery/attempt/outcome.ts";

const NOW = Date.parse("2026-11-20T09:00:00Z");
const MIDDLE = 0.5;
const step = (outcome: Outcome, attempt = 1, random = MIDDLE) => nextStep(outcome, attempt, [5, 30], NOW, random);
const answered = (status: number, retryAfter?: string): Outcome => ({ kind: "answered", status, retryAfter });

describe("nextStep", () => {
  it.each([200, 201, 202, 204, 299])("%i is delivered", (status) => {
    expect(step(answered(status))).toEqual({ state: "delivered" });
  });

  it.each([301, 302, 307, 400, 401, 404, 408, 422, 429, 500, 502, 503, 520])(
    "%i waits for the next delay",
    (status) => {
      expect(step(answered(status))).toEqual({ state: "waiting", next: NOW + 5000, reason: `status_${status}` });
      expect(step(answered(status), 2)).toEqual({ state: "waiting", next: NOW + 30_000, reason: `status_${status}` });
    },
  );

  it.each(["timeout", "connection"] as const)("%s waits for the next delay", (reason) => {
    expect(step({ kind: "failed", reason })).toEqual({ state: "waiting", next: NOW + 5000, reason });
  });

  it("410 is dead at once", () => {
    expect(step(answered(410))).toEqual({ state: "dead", reason: "status_410" });
  });

  it("the last attempt is followed by none", () => {
    expect(step(answered(500), 3)).toEqual({ state: "dead", reason: "status_500" });
    expect(nextStep(answered(500), 1, [], NOW, MIDDLE)).toEqual({ state: "dead", reason: "status_500" });
  });

  it("spreads a delay by a tenth either way", () => {
    expect(step(answered(500), 2, 0)).toMatchObject({ next: NOW + 27_000 });
    expect(step(answered(500), 2, 1)).toMatchObject({ next: NOW + 33_000 });
  });

  it.each([429, 503])("%i waits as long as Retry-After asks, but never shorter than the own delay", (status) => {
    expect(step(answered(status, "120"))).toMatchObject({ next: NOW + 120_000 });
    expect(step(answered(status, "5"))).toMatchObject({ next: NOW + 5000 });
    for (const shorter of ["0", "1", "4", "Fri, 20 Nov 2026 09:00:01 GMT", "Fri, 20 Nov 2026 08:00:00 GMT"]) {
      expect(step(answered(status, shorter))).toMatchObject({ next: NOW + 5000 });
    }
    expect(step(answered(status, "31"), 2, 1)).toMatchObject({ next: NOW + 33_000 });
    expect(step(answered(status, "31"), 2, 0)).toMatchObject({ next: NOW + 31_000 });
  });

  it("takes the three days of its delays, whatever a receiver asks for", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(429, 503),
        fc.oneof(
          fc.nat().map(String),
          fc.string(),
          fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
        ),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 14 }),
        (status, retryAfter, random, attempt) => {
          const [own, asked] = [undefined, retryAfter].map((wish) =>
            nextStep(answered(status, wish), attempt, DEFAULT_DELAYS_SECONDS, NOW, random),
          );
          if (own?.state !== "waiting" || asked?.state !== "waiting") throw new Error("there is a delay left");
          expect(asked.next).toBeGreaterThanOrEqual(own.next);
          expect(asked.next - NOW).toBeLessThanOrEqual(Math.max(own.next - NOW, 12 * 3600 * 1000));
        },
      ),
    );
  });

  it("Retry-After on any other status is not heard", () => {
    expect(step(answered(500, "120"))).toMatchObject({ next: NOW + 5000 });
  });

  it("tries 15 times by default, over three days", () => {
    const days = DEFAULT_DELAYS_SECONDS.reduce((sum, delay) => sum + delay, 0) / 86_400;
    expect(DEFAULT_DELAYS_SECONDS).toHaveLength(14);
    expect(days).toBeCloseTo(3.16, 1);
  });
});

describe("isExpired", () => {
  it.each([
    [undefined, 1e9, false],
    [20, 20_000, false],
    [20, 20_001, true],
    [{ "call.answered": 60 }, 60_001, true],
    [{ "call.answered": 60 }, 60_000, false],
    [{ "call.completed": 1 }, 1e9, false],
  ])("%j after %i ms: %s", (limit, age, expired) => {
    expect(isExpired(limit, "call.answered", NOW - age, NOW)).toBe(expired);
  });
});
