import { describe, expect, it } from "vitest";
import { type Bucket, draw } from "../../../src/delivery/gate/bucket.ts";

const NOW = Date.parse("2026-11-20T09:00:00Z");

describe("draw", () => {
  it.each([
    [10, 4, 4],
    [10, 10, 10],
    [10, 25, 10],
    [50, 40, 40],
    [1, 3, 1],
    [0.5, 3, 1],
  ])("a full bucket of %s a second grants, of %s, %s", (perSecond, wanted, granted) => {
    expect(draw(undefined, perSecond, wanted, true, NOW).granted).toBe(granted);
  });

  it("fills with time, and never beyond a second's worth", () => {
    const { bucket } = draw(undefined, 10, 10, false, NOW);
    const grantedAfter = (ms: number) => draw(bucket, 10, 100, false, NOW + ms).granted;
    expect([0, 99, 100, 500, 1000, 60_000].map(grantedAfter)).toEqual([0, 0, 1, 5, 10, 10]);
  });

  it("gives each that is refused a turn of its own, one after another", () => {
    const first = draw(undefined, 10, 12, true, NOW);
    expect(first).toMatchObject({ granted: 10, retryAt: NOW + 100, spacingMs: 100 });
    const second = draw(first.bucket, 10, 3, true, NOW + 10);
    expect(second).toMatchObject({ granted: 0, retryAt: NOW + 300 });
    expect(draw(second.bucket, 10, 1, true, NOW + 20)).toMatchObject({ granted: 0, retryAt: NOW + 600 });
  });

  it("lets those pass that come again, before those that come for the first time", () => {
    const { bucket } = draw(undefined, 10, 20, true, NOW);
    expect(draw(bucket, 10, 5, true, NOW + 500).granted).toBe(0);
    expect(draw(bucket, 10, 5, false, NOW + 500).granted).toBe(5);
    expect(draw(bucket, 10, 5, true, NOW + 2000).granted).toBe(5);
  });

  it.each([1, 7, 50])("never lets more pass than %s a second and one second's worth", (perSecond) => {
    let bucket: Bucket | undefined;
    let granted = 0;
    for (let ms = 0; ms < 10_000; ms += 37) {
      const drawn = draw(bucket, perSecond, 4, ms % 2 === 0, NOW + ms);
      granted += drawn.granted;
      bucket = drawn.bucket;
    }
    expect(granted).toBeLessThanOrEqual(perSecond * 11);
    expect(granted).toBeGreaterThanOrEqual(perSecond * 9);
  });
});
