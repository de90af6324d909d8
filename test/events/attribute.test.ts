import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_ATTRIBUTE_CHARACTERS, toAttribute } from "../../src/events/attribute.ts";

describe("an attribute of the envelope", () => {
  it.each([
    ["call/7\n8", "call/7%0A8"],
    ["a\u0000b\u007Fc\u0085", "a%00b%7Fc%C2%85"],
    ["a\uFFFFb\u{1FFFE}", "a%EF%BF%BFb%F0%9F%BF%BE"],
    ["a\uD800b", "a\uFFFDb"],
    ["agent/ő 😀 100%", "agent/ő 😀 100%"],
    ["x".repeat(MAX_ATTRIBUTE_CHARACTERS), "x".repeat(MAX_ATTRIBUTE_CHARACTERS)],
  ])("%j is written %j", async (text, written) => {
    expect(await toAttribute(text)).toBe(written);
  });

  it.each([
    "x".repeat(MAX_ATTRIBUTE_CHARACTERS + 1),
    "é".repeat(3000),
    "字".repeat(2500),
    "😀".repeat(400),
    `a${"😀".repeat(400)}`,
    "\n".repeat(200),
    `call/${"7".repeat(700_000)}`,
  ])("of %#: a long one keeps its beginning and ends in a hash of the whole", async (text) => {
    const written = await toAttribute(text);
    expect(written).toMatch(/^.*~[0-9a-hjkmnp-tv-z]{26}$/su);
    expect(written.length).toBeGreaterThan(MAX_ATTRIBUTE_CHARACTERS - 2);
    expect(written.length).toBeLessThanOrEqual(MAX_ATTRIBUTE_CHARACTERS);
    expect(written.isWellFormed()).toBe(true);
    expect(await toAttribute(`${text}x`)).not.toBe(written);
    expect(await toAttribute(text)).toBe(written);
  });

  it("holds nothing that CloudEvents forbids, is never long, and is written the same again", {
    timeout: 120_000,
  }, async () => {
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "binary", minLength: 500, maxLength: 600 }),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const written = await toAttribute(text);
        expect(written.isWellFormed()).toBe(true);
        expect(written.length).toBeLessThanOrEqual(MAX_ATTRIBUTE_CHARACTERS);
        expect(written).not.toMatch(/[\p{Cc}\p{Noncharacter_Code_Point}]/u);
        expect(await toAttribute(written)).toBe(written);
      }),
    );
  });
});
