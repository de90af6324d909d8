import fc from "fast-check";
import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
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

it("is what the library makes of it, whether it is read anew or is one of the latest", () => {
  const digits = fc.stringMatching(/^[0-9]{1,13}$/);
  const text = fc.oneof(
    fc.string(),
    digits,
    digits.map((number) => `+${number}`),
    digits.map((number) => `00${number}`),
    digits.map((number) => `+0${number}`),
    fc.constantFrom(
      "+36301234567",
      "9725550138",
      "+1 (972) 555-0138",
      "\uff10\uff16301234567",
      "anonymous",
      "\u0660",
      "+ 0",
    ),
  );
  const style = fc.constantFrom("national" as const, "international" as const);
  const regions = fc.constantFrom(undefined, "US", "HU", "IT", "SH", "XX", "", "US 1");
  const property = fc.property(text, style, regions, (sent, habit, region) => {
    const number = readByLibrary(sent, habit, region);
    expect(readPhone(sent, habit, region)).toBe(number);
    expect(readPhone(sent, habit, region)).toBe(number);
  });
  fc.assert(property, { numRuns: 3000 });
});

/** The rule, without any short cut. */
function readByLibrary(text: string, style: "national" | "international", region: string | undefined): string {
  const country = region !== undefined && isSupportedCountry(region) ? region : undefined;
  const valid = (number: string, from?: CountryCode) => {
    const parsed = parsePhoneNumberFromString(number, from);
    return parsed?.isValid() ? parsed.number : undefined;
  };
  const worldwide = () => valid(`+${text.replace(/^(\+|00)/, "")}`);
  const local = () => (text.startsWith("+") || country !== undefined ? valid(text, country) : undefined);
  const readings = style === "international" || /^(\+|00)/.test(text) ? [worldwide, local] : [local, worldwide];
  return readings[0]?.() ?? readings[1]?.() ?? text;
}
