import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPhone } from "../../../src/vendors/values/phone.ts";

describe("an international number", () => {
  it.each([
    ["35799000111", "+35799000111"],
    ["+35799000111", "+35799000111"],
    ["0035799000111", "+35799000111"],
    ["+36 30 123 4567", "+36301234567"],
    ["36301234567", "+36301234567"],
    ["+1 (972) 555-0138", "+19725550138"],
  ])("%s is %s", (text, number) => {
    expect(readPhone(text, "international")).toBe(number);
  });

  it("may be written nationally, where the region is known", () => {
    expect(readPhone("06301234567", "international", "HU")).toBe("+36301234567");
  });
});

describe("a national number", () => {
  it.each([
    ["9725550138", "US", "+19725550138"],
    ["(972) 555-0138", "US", "+19725550138"],
    ["06301234567", "HU", "+36301234567"],
    ["301234567", "HU", "+36301234567"],
    ["+36301234567", "US", "+36301234567"],
    ["0036301234567", "US", "+36301234567"],
  ])("%s in %s is %s", (text, region, number) => {
    expect(readPhone(text, "national", region)).toBe(number);
  });

  it("counts for its own region before any other country", () => {
    expect(readPhone("3612345678", "national", "US")).toBe("+13612345678");
    expect(readPhone("3612345678", "international", "US")).toBe("+3612345678");
  });
});

describe("what is no number", () => {
  it.each(["302", "888888", "anonymous", "sip:ada@example.com", "+", "+0", "*21#"])("stays as sent: %s", (text) => {
    expect(readPhone(text, "international", "US")).toBe(text);
    expect(readPhone(text, "national", "US")).toBe(text);
  });

  it("stays as sent without a region, and with one that does not exist", () => {
    expect(readPhone("06301234567", "national")).toBe("06301234567");
    expect(readPhone("06301234567", "national", "XX")).toBe("06301234567");
  });

  it("is absent when it was not sent", () => {
    expect(readPhone(undefined, "international")).toBeUndefined();
  });

  it("is E.164 or as sent, whatever the text", () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^(\+|00)?[0-9 ()-]{1,20}$/));
    const style = fc.constantFrom("national" as const, "international" as const);
    const property = fc.property(text, style, fc.constantFrom(undefined, "US", "HU", "XX"), (sent, habit, region) => {
      const number = readPhone(sent, habit, region);
      expect(number === sent || /^\+[1-9]\d{1,14}$/.test(number ?? "")).toBe(true);
    });
    fc.assert(property, { numRuns: 500 });
  });
});
