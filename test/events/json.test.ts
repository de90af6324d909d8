import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isObject, MAX_DEPTH, parseJson } from "../../src/events/json.ts";

describe("parseJson", () => {
  it.each([
    "9007199254740993",
    "-9007199254740993",
    "12345678901234567890123",
    "1e400",
    "0.10000000000000000000001",
    '{"id":90071992547409931,"ids":[18446744073709551615]}',
    "0",
    "0.1",
    "3.9",
    '"9007199254740993"',
    "null",
  ])("keeps every digit of %s", (text) => {
    expect(JSON.stringify(parseJson(text))).toBe(text);
  });

  it("leaves a number that a double prints as it was sent a number", () => {
    expect(parseJson("[0, -1, 3.9, 1738574120.25, 9007199254740991, 1e+21]")).toEqual([
      0, -1, 3.9, 1738574120.25, 9007199254740991, 1e21,
    ]);
  });

  it.each(["1.0", "1.50", "-0", "1e3", "1E3", "1e+3", "0.10", "1738574120.250", "100000000000000000000.0"])(
    "keeps the spelling of %s",
    (text) => {
      expect(parseJson(text)).toEqual(JSON.rawJSON(text));
      expect(JSON.stringify(parseJson(`{"a":[${text}]}`))).toBe(`{"a":[${text}]}`);
    },
  );

  it("keeps digits also in a text that is nested too deeply to revive, as far as anybody reads it", () => {
    const deep = `${'{"a":['.repeat(20_000)}"]}\\"[{"${"]}".repeat(20_000)}`;
    const text = `[9007199254740993,${deep},{"n":1.50,"brackets":"]}\\""}]`;
    const read = JSON.stringify(parseJson(text));
    expect(read).toMatch(/^\[9007199254740993,/);
    expect(read.endsWith(',{"n":1.50,"brackets":"]}\\""}]')).toBe(true);
    expect(read.split("[").length).toBeGreaterThan(MAX_DEPTH);
  });

  it("keeps the digits of every integer, wherever it stands", () => {
    const integers = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }).map(String);
    const members = fc.dictionary(fc.string(), integers);
    const property = fc.property(fc.array(integers), members, (items, named) => {
      const pairs = Object.entries(named).map(([name, digits]) => `${JSON.stringify(name)}:${digits}`);
      const text = `[[${items.join()}],{${pairs.join()}}]`;
      expect(digitsOf(JSON.stringify(parseJson(text)))).toEqual(digitsOf(text));
    });
    fc.assert(property);
  });

  it("reads any JSON as JSON.parse does, where no digit is at stake", () => {
    const property = fc.property(fc.json({ noUnicodeString: false }), (text) => {
      const plain: unknown = JSON.parse(text);
      expect(JSON.parse(JSON.stringify(parseJson(text)))).toEqual(plain);
    });
    fc.assert(property);
  });

  it("keeps the spelling of every number, wherever it stands and whatever stands round it", () => {
    const blanks = fc.stringMatching(/^[ \t\n\r]{0,2}$/);
    const digits = fc.oneof(
      fc.stringMatching(/^-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,3})?([eE][+-]?[0-9]{1,2})?$/),
      fc.constantFrom("-0", "0", "-1", "1e3", "9007199254740993", "999999999999999", "1234567890123456"),
    );
    const texts = fc.oneof(
      fc.constantFrom(
        "09:15:42.5Z",
        ":1.5",
        ",1.50",
        "[1.5",
        '"1.5',
        "4e2f",
        "a@b1.example",
        "1234567890123456",
        '\\"',
      ),
      fc.string(),
    );
    const { json } = fc.letrec<{ json: string }>((tie) => ({
      json: fc
        .oneof(
          { depthSize: "small", withCrossShrink: true },
          digits,
          texts.map((text) => JSON.stringify(text)),
          fc.constantFrom("null", "true"),
          fc.array(tie("json"), { maxLength: 4 }).map((items) => `[${items.join()}]`),
          fc
            .array(fc.tuple(texts, blanks, tie("json")), { maxLength: 4 })
            .map(
              (members) => `{${members.map(([name, gap, item]) => `${JSON.stringify(name)}${gap}:${item}`).join()}}`,
            ),
        )
        .chain((value) => fc.tuple(blanks, blanks).map(([before, after]) => `${before}${value}${after}`)),
    }));
    const property = fc.property(json, (text) => {
      expect(parseJson(text)).toStrictEqual(
        JSON.parse(text, (_name, value, { source }) =>
          typeof value === "number" && source !== undefined && String(value) !== source ? JSON.rawJSON(source) : value,
        ),
      );
    });
    fc.assert(property, { numRuns: 2000 });
  });

  it("reads a text nested a hundred thousand deep without throwing", () => {
    const depth = 100_000;
    expect(Array.isArray(parseJson("[".repeat(depth) + "]".repeat(depth)))).toBe(true);
    expect(isObject(parseJson(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`))).toBe(true);
  });

  it("makes an ordinary member of __proto__", () => {
    const read = parseJson('{"__proto__":{"admin":true}}');
    expect(Object.keys(read ?? {})).toEqual(["__proto__"]);
    expect(read).not.toHaveProperty("admin");
  });

  it.each(["", "{", "{'a':1}", "[1,]", "NaN", "01", "a=1"])("throws a SyntaxError for %j", (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });
});

describe("isObject", () => {
  it("takes objects only: no list, no null, no number with many digits", () => {
    expect(isObject({})).toBe(true);
    expect([[], null, 1, "{}", undefined, parseJson("9007199254740993")].filter(isObject)).toEqual([]);
  });
});

/** The integers outside of strings, in order; `JSON.stringify` may order numbered members before others. */
function digitsOf(text: string): string[] {
  return [...text.replace(/"(?:[^"\\]|\\.)*"/g, '""').matchAll(/-?\d+/g)].map(([digits]) => digits).sort();
}
