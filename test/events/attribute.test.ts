import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeAttribute } from "../../src/events/attribute.ts";

describe("an attribute of the envelope", () => {
  it.each([
    ["call/7\n8", "call/7%0A8"],
    ["a\u0000b\u007Fc\u0085", "a%00b%7Fc%C2%85"],
    ["a\uFFFFb\u{1FFFE}", "a%EF%BF%BFb%F0%9F%BF%BE"],
    ["a\uD800b", "a\uFFFDb"],
    ["agent/ő 😀 100%", "agent/ő 😀 100%"],
  ])("%j is written %j", (text, written) => {
    expect(writeAttribute(text)).toBe(written);
  });

  it("holds nothing that CloudEvents forbids, and is written the same again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const written = writeAttribute(text);
        expect(written.isWellFormed()).toBe(true);
        expect(written).not.toMatch(/[\p{Cc}\p{Noncharacter_Code_Point}]/u);
        expect(writeAttribute(written)).toBe(written);
      }),
    );
  });
});
