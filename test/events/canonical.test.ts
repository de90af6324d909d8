import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, withoutMember } from "../../src/events/canonical.ts";
import { type Json, type JsonObject, parseJson } from "../../src/events/json.ts";

/** Many runs take seconds on a busy machine. */
const SLOW = { timeout: 120_000 };
const canonical = (text: string) => canonicalJson(parseJson(text));

describe("a body as one text", () => {
  it.each([
    ['{"b":1,"a":{"d":[],"c":{}}}', '{"a":{"c":{},"d":[]},"b":1}'],
    [' [ 1 ,\n"a" , null,true, { } ] ', '[1,"a",null,true,{}]'],
    ['{"é":1,"z":2,"10":3,"9":4,"":5,"__proto__":6}', '{"":5,"10":3,"9":4,"__proto__":6,"z":2,"é":1}'],
    ['{"\\ud83d\\ude00":1,"\\uffee":2}', '{"😀":1,"\uffee":2}'],
    ['"\\u0041\\/\\ud800"', '"A/\\ud800"'],
    ["null", "null"],
    ["-0.50e+2", "-0.50e+2"],
  ])("%s is %s", (text, written) => {
    expect(canonical(text)).toBe(written);
  });

  it.each([
    ["9007199254740993", "9007199254740992"],
    ["1", "1.0"],
    ["1000", "1e3"],
    ["1e3", "1E3"],
    ["0", "-0"],
    ["1", '"1"'],
    ["0.1", "0.10"],
    ["1e400", "2e400"],
    ["0.1", "0.1000000000000000055511151231257827"],
    ['{"a":null}', "{}"],
    ['{"a":""}', '{"a":null}'],
    ['{"a":[]}', '{"a":{}}'],
    ["[1,2]", "[2,1]"],
    ["[[1],2]", "[1,[2]]"],
    ['["a,b"]', '["a","b"]'],
    ['{"a":{"b":1}}', '{"a":{},"b":1}'],
    ['{"0":"a"}', '["a"]'],
    ["true", '"true"'],
    ['"ő"', '"o\u030b"'],
  ])("%s is not %s", (one, other) => {
    expect(canonical(one)).not.toBe(canonical(other));
  });

  it("is the same for two bodies exactly if they say the same, and is itself such a body", SLOW, () => {
    const value = fc.jsonValue({ noUnicodeString: false, maxDepth: 4 });
    const near = value.chain((one) => fc.tuple(fc.constant(one), fc.oneof(value, fc.constant(one).map(shuffled))));
    fc.assert(
      fc.property(near, ([one, other]) => {
        const [first, second] = [JSON.stringify(one), JSON.stringify(other)];
        const same = isDeepStrictEqual(JSON.parse(first), JSON.parse(second));
        expect(canonical(first) === canonical(second)).toBe(same);
        expect(JSON.parse(canonical(first))).toEqual(JSON.parse(first));
        expect(canonical(canonical(first))).toBe(canonical(first));
      }),
      { numRuns: 1000 },
    );
  });

  it("tells numbers by their digits as they were sent", SLOW, () => {
    const digits = fc.bigInt({ min: 0n, max: 10n ** 25n }).map(String);
    const literal = fc
      .tuple(fc.constantFrom("", "-"), digits, fc.option(digits), fc.constantFrom("", "e5", "E5", "e+5", "e-5"))
      .map(([sign, whole, part, exponent]) => `${sign}${whole}${part === null ? "" : `.${part}`}${exponent}`);
    fc.assert(
      fc.property(literal, literal, (one, other) => {
        expect(canonical(`{"n":[${one}]}`)).toBe(`{"n":[${one}]}`);
        expect(canonical(`[${one}]`) === canonical(`[${other}]`)).toBe(one === other);
      }),
      { numRuns: 1000 },
    );
  });

  it("takes a body of any depth", () => {
    let body: Json = 1;
    for (let depth = 0; depth < 100_000; depth++) body = depth % 2 === 0 ? [body] : { a: body };
    expect(canonicalJson(body)).toHaveLength(100_000 + 50_000 * 6 + 1);
  });
});

describe("a body without a member", () => {
  const list: Json[] = [{ try: 3 }, { id: "b" }, 4];
  const data: JsonObject = { try: 2, id: "a" };
  const body: JsonObject = { try: 1, data, list, none: null };

  it.each<[string[], Json]>([
    [["try"], { data, list, none: null }],
    [["data", "try"], { ...body, data: { id: "a" } }],
    [["list", "try"], { ...body, list: [{}, { id: "b" }, 4] }],
    [["none"], { try: 1, data, list }],
    [["none", "try"], body],
    [["elsewhere", "try"], body],
    [["__proto__"], body],
  ])("%j leaves the rest", (path, rest) => {
    expect(withoutMember(body, path)).toEqual(rest);
  });
});

/** The same value, its members in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, shuffled(member)]),
  );
}
