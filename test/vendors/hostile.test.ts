import { describe, expect, it } from "vitest";
import { vendorIds, vendorOf } from "../../src/vendors/index.ts";
import { growthOf, largestOfEachKind, readAll } from "./hostile-growth.ts";
import { hostileTexts, textPlaces, withText } from "./hostile-texts.ts";

/** Such a body takes milliseconds; an expression that is quadratic in its text takes minutes. */
const PATIENCE_MS = 20_000;
const LIMIT = { timeout: 30 * PATIENCE_MS };
const NEAR_1_MIB = 1_000_000;

describe("a text as long as a whole body", () => {
  it.each([
    ["voiso", "brackets"],
    ["ucontact", "blanks between letters"],
    ["ucontact", "arrows"],
  ] as const)("of %s: %s stall nothing, in any one place", LIMIT, async (id, name) => {
    const vendor = vendorOf(id);
    const text = hostileTexts[name]?.(NEAR_1_MIB) ?? "";
    expect(text.length).toBeGreaterThan(NEAR_1_MIB / 2);
    for (const fixture of largestOfEachKind(vendor)) {
      const { body } = fixture.webhook;
      for (const place of textPlaces(body)) {
        const start = performance.now();
        await readAll(vendor, fixture, withText(body, [place], text));
        expect(performance.now() - start).toBeLessThan(PATIENCE_MS);
      }
    }
  });
});

describe("the growth table of the bench", () => {
  it("has a line for each vendor", LIMIT, async () => {
    const lines = await growthOf(100, 900, 1);
    expect(lines.map(({ vendor }) => vendor)).toEqual([...vendorIds]);
    for (const { smallMs, largeMs, steepest } of lines)
      expect([smallMs >= 0, largeMs > 0, steepest.text in hostileTexts]).not.toContain(false);
  });
});
