import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mendWord } from "../../../src/platform/text/mend-word.ts";

describe("the name that somebody may have meant", () => {
  const names = ["acme-vcc", "acme-hcc", "voiso", "phone", "email", "timeoutMs", "customer"];
  it.each([
    ["acme-vc", "acme-vcc"],
    ["acme_vcc", "acme-vcc"],
    ["ACME-VCC", "acme-vcc"],
    ["costumer", "customer"],
    ["phones", "phone"],
    ["vioso", "voiso"],
    ["timeout", "timeoutMs"],
    ["time", "timeoutMs"],
    ["acme", undefined],
    ["crm", undefined],
    ["", undefined],
    ["x".repeat(10_000), undefined],
  ])("%s: %s", (written, name) => expect(mendWord(written, names)).toBe(name));

  it("is the nearest of several", () => expect(mendWord("hook", ["hooks", "book", "hook1", "hook"])).toBe("hook"));

  it("is always one of the names, and the name itself where it is there", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string({ minLength: 1 })), (written, names) => {
        expect([undefined, ...names]).toContain(mendWord(written, names));
      }),
    );
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 50 }), fc.array(fc.string()), (written, names) => {
        expect(mendWord(written, [...names, written])?.toLowerCase()).toBe(written.toLowerCase());
      }),
    );
  });

  it("takes no time with many long names", () => {
    const many = Array.from({ length: 100_000 }, (_, at) => `${"n".repeat(90)}${at}`);
    const begun = performance.now();
    mendWord(`m${"n".repeat(95)}`, many);
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});
