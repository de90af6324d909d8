import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Json, parseJson } from "../../../src/events/json.ts";
import { readTextAsJson } from "../../../src/intake/scrub/json-text.ts";
import { liveKeysOf } from "../../../src/intake/scrub/live-keys.ts";
import { scrubbingOf } from "../../../src/intake/scrub/rules.ts";
import { scrub } from "../../../src/intake/scrub/scrub.ts";
import { countMembers } from "../../../src/intake/scrub/survey-json.ts";
import { vendorOf } from "../../../src/vendors/index.ts";

const S = "[scrubbed]";
const KEY = "canary-live-key";
const json = JSON.stringify;

function scrubbed(body: Json, paths: string[] = [], vendor: "voiso" | "vcc-live" = "vcc-live"): Json {
  const liveKeys = liveKeysOf(new Set([KEY, "tiny"]));
  return scrub(body, scrubbingOf({ vendor: vendorOf(vendor), auth: [], scrub: paths }, liveKeys)).body;
}

describe("names are compared without case, blanks, _ and -, and without the number at their end", () => {
  test.each([
    "cvv2",
    "CVV2",
    "Pass_Word",
    "PASS-WORD",
    "pass word",
    "password1",
    "Password_2",
    "-pwd-",
    "card_cvv",
    "cardCvv2",
    "new_password",
    "oldPassword",
    "client-secret",
    "webhookSecret",
    "x_cvc",
  ])("%s is secret", (name) => {
    expect(scrubbed({ a: [{ [name]: "x" }] })).toEqual({ a: [{ [name]: S }] });
    expect(scrubbed({ a: json({ [name]: { b: 1 } }) })).toEqual({ a: json({ [name]: S }) });
  });

  test.each(["passwordChanged", "cvvResult", "secretary", "pwdx", "token", "payment_token", "key", "cv", "2"])(
    "%s is not",
    (name) => {
      expect(scrubbed({ a: { [name]: "x" } })).toEqual({ a: { [name]: "x" } });
    },
  );

  test("a flag whose name ends in a secret one is kept", () => {
    expect(scrubbed({ hasPassword: true, isSecret: false, password: true })).toEqual({
      hasPassword: true,
      isSecret: false,
      password: S,
    });
  });

  test("a token is secret inside a payment alone", () => {
    const token = { Token: "x", card_token: "y", tokenType: "z" };
    expect(scrubbed({ Payment: { deep: [token] }, token: "x", card_token: "y" })).toEqual({
      Payment: { deep: [{ Token: S, card_token: S, tokenType: "z" }] },
      token: "x",
      card_token: "y",
    });
  });
});

describe("in a text that is JSON itself", () => {
  test.each<[string, Json, Json]>([
    [
      "a payment as a form carries it",
      { payment: '{"cvv":"123","token":"tok_1","a":1}' },
      { payment: `{"cvv":"${S}","token":"${S}","a":1}` },
    ],
    ["a secret name", { data: '{"secret":"voiso-key"}' }, { data: `{"secret":"${S}"}` }],
    ["in a list", { a: ['{"pwd":"x"}', '[{"pwd":"x"}]'] }, { a: [`{"pwd":"${S}"}`, `[{"pwd":"${S}"}]`] }],
    ["after white space", { a: ' \n\t{"pwd":"x"} ' }, { a: `{"pwd":"${S}"}` }],
    ["after a byte order mark", { a: '\ufeff{"pwd":"x"}' }, { a: `{"pwd":"${S}"}` }],
    ["a live key", { a: json({ b: [`x ${KEY} y`], c: "tiny" }) }, { a: json({ b: [`x ${S} y`], c: S }) }],
    ["a live key as a name", { a: json({ [KEY]: 1, [`x-${KEY}`]: 2 }) }, { a: json({ [S]: 1, [`x-${S}`]: 2 }) }],
    ["a live key defer an escape", { a: '{"b":"can\\u0061ry-live\\u002dkey"}' }, { a: `{"b":"${S}"}` }],
    ["a name defer an escape", { a: '{"p\\u0061ssword":"x"}' }, { a: `{"password":"${S}"}` }],
    ["the whole body", '{"pwd":"x","b":1}', `{"pwd":"${S}","b":1}`],
    ["a member that stands twice", { a: '{"pwd":"x","pwd":""}' }, { a: '{"pwd":""}' }],
    ["a hidden live key", { a: `{"b":"${KEY}","b":"x"}`, c: '{"b":["tiny"],"b":1}' }, { a: '{"b":"x"}', c: '{"b":1}' }],
    ["one hidden defer two", { a: '{"b":1,"b":{"pwd":"x"},"b":2}' }, { a: '{"b":2}' }],
    ["a text in quotes", { a: json(json({ cvv: "1" })) }, { a: json(json({ cvv: S })) }],
    ["a list in quotes", { a: ` ${json(json([{ pwd: "x" }]))} ` }, { a: json(json([{ pwd: S }])) }],
    ["a text in quotes in quotes", { a: json(json(json({ pwd: 1 }))) }, { a: json(json(json({ pwd: S }))) }],
    ["an object that stands twice", { a: '{"b":{"pwd":"x"},"b":{}}' }, { a: '{"b":{}}' }],
    [
      "numbers digit by digit",
      { a: '{"n":9007199254740993,"m":1.50,"pwd":"x"}' },
      { a: `{"n":9007199254740993,"m":1.50,"pwd":"${S}"}` },
    ],
  ])("%s is found", (_, body, expected) => {
    expect(scrubbed(body)).toEqual(expected);
  });

  test.each([
    '{ "a" : 1.50,\n "b":[ ] }',
    "[1, 2]",
    '{"password":""}',
    '{ "password" : null }',
    '{"x":1,"x":2}',
    '{"x":{"a":1}, "x":{"a":{"b":1,"b":2}}, "x_":3, "x ":4}',
    '[{"x":"pwd","x":"{\\"a\\":1}"}]',
    '"{\\"a\\": 1}"',
    '"a"',
    '"{',
    "{not json",
    "{}",
    "[",
    '{"a":"}"}',
    " [text] in brackets",
    '"{"',
    "",
  ])("nothing is printed anew where nothing is blanked: %s", (text) => {
    expect(scrubbed({ text, list: [text] })).toEqual({ text, list: [text] });
  });

  test("four texts deep, and a live key as text beyond", () => {
    const nest = (levels: number, inner: object): string =>
      levels === 0 ? json(inner) : json({ t: nest(levels - 1, inner) });
    for (let levels = 0; levels < 4; levels++) {
      expect(scrubbed({ t: nest(levels, { pwd: "x", key: "a" }) })).toEqual({ t: nest(levels, { pwd: S, key: "a" }) });
    }
    expect(scrubbed({ t: nest(4, { pwd: "x" }) })).toEqual({ t: nest(4, { pwd: "x" }) });
    expect(scrubbed({ t: nest(4, { a: `x${KEY}` }) })).toEqual({ t: nest(4, { a: `x${S}` }) });
  });

  test("which is broken, a live key is blanked as text", () => {
    expect(scrubbed({ b: `{"a":"${KEY}", broken` })).toEqual({ b: `{"a":"${S}", broken` });
  });

  test.each([65, 70, 3000, 100_000])("which is nested too deeply is pruned as a body is: %i levels", (levels) => {
    const lists = (count: number, inner: string) => "[".repeat(count) + inner + "]".repeat(count);
    expect(scrubbed({ a: `{"password":"x","d":${lists(levels, "")}}` })).toEqual({
      a: `{"password":"${S}","d":${lists(63, "null")}}`,
    });
    expect(scrubbed({ a: lists(levels, "") })).toEqual({ a: lists(64, "null") });
    expect(scrubbed({ a: '{"a":'.repeat(levels) + json(KEY) + "}".repeat(levels) })).toEqual({
      a: `${'{"a":'.repeat(64)}null${"}".repeat(64)}`,
    });
  });

  test("a source's own paths go on", () => {
    const paths = ["client_data.205", "a.*.b", "whole.text"];
    expect(scrubbed({ client_data: '{"205":"SSN","206":"x"}' }, paths)).toEqual({
      client_data: `{"205":"${S}","206":"x"}`,
    });
    expect(scrubbed({ a: '[{"b":1},{"c":2}]' }, paths)).toEqual({ a: `[{"b":"${S}"},{"c":2}]` });
    expect(scrubbed({ whole: { text: "{}" } }, paths)).toEqual({ whole: { text: S } });
    expect(scrubbed('{"whole":{"text":1}}', paths)).toEqual(`{"whole":{"text":"${S}"}}`);
  });

  test("the vendor's key is secret where the text is an envelope", () => {
    expect(scrubbed({ payload: '{"key":"x","a":{"key":"y"}}', data: '{"key":"z"}' }, [], "voiso")).toEqual({
      payload: `{"key":"${S}","a":{"key":"y"}}`,
      data: '{"key":"z"}',
    });
  });
});

describe("a source's own paths", () => {
  test("are compared without case, blanks, _ and -, but with every digit", () => {
    expect(scrubbed({ clientData: { SSN: 1, ssn2: 2 }, "client-data": { s_s_n: 3 } }, ["client_data.ssn"])).toEqual({
      clientData: { SSN: S, ssn2: 2 },
      "client-data": { s_s_n: S },
    });
  });

  test("find members whose own names have dots", () => {
    expect(scrubbed({ "a.b": 1, "a.b.c": 2, a: { "b.c": 3, b: { d: 4 } } }, ["a.b.c"])).toEqual({
      "a.b": 1,
      "a.b.c": S,
      a: { "b.c": S, b: { d: 4 } },
    });
  });

  test("of signs that are left out in comparing find what is called so", () => {
    expect(scrubbed({ _: 1, "-": 2, a: 3 }, ["_"])).toEqual({ _: S, "-": 2, a: 3 });
  });
});

test("members whose names held a key stay as many as they were", () => {
  const body = { [KEY]: 1, "canary%2Dlive-key": 2, [`${S} 2`]: 3, "%63anary-live-key": 4, a: 5 };
  const names = Object.keys(scrubbed(body) ?? {});
  expect(names).toHaveLength(5);
  expect(names.join()).not.toContain("canary");
  expect(Object.values(scrubbed(body) ?? {})).toEqual([1, 2, 3, 4, 5]);
});

test("a body without secrets comes back as it is, wherever texts of JSON stand", () => {
  const { body } = fc.letrec<{ body: Json }>((tie) => ({
    body: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom<Json>("a", "{", "[1]", null, 7, true),
      fc.array(tie("body"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom("a", "json", "payload", "payment", "7"), tie("body"), { maxKeys: 3 }),
      tie("body").map((inner) => JSON.stringify(inner, undefined, 1)),
    ),
  }));
  fc.assert(
    fc.property(body, (value) => {
      expect(json(scrubbed(value))).toBe(json(value));
    }),
    { numRuns: 300 },
  );
});

test("no secret survives in any nesting of objects, lists and texts", () => {
  const hidden = "canary-hidden";
  const secretName = fc.constantFrom("password", "Pass-Word", "cvv2", "card_cvc", "Client_Secret", "pwd");
  const inside = fc.letrec<{ at: { value: Json; texts: number } }>((tie) => ({
    at: fc.oneof(
      { maxDepth: 7 },
      fc
        .constantFrom<Json>(KEY, `x ${KEY} y`, `u?k=${encodeURIComponent(KEY)}`, 7)
        .map((value) => ({ value, texts: 0 })),
      secretName.map((name) => ({ value: { [name]: hidden }, texts: 0 })),
      tie("at").map(({ value, texts }) => ({ value: { a: value, [KEY]: 1 }, texts })),
      tie("at").map(({ value, texts }) => ({ value: [1, value], texts })),
      tie("at").map(({ value, texts }) => ({ value: { payment: { b: value, token: hidden } }, texts })),
      tie("at").map(({ value, texts }) => ({ value: json(value), texts: texts + (typeof value === "object" ? 1 : 9) })),
    ),
  })).at;
  fc.assert(
    fc.property(inside, ({ value, texts }) => {
      fc.pre(texts <= 4);
      expect(json(scrubbed(value))).not.toContain("canary");
    }),
    { numRuns: 500 },
  );
});

describe("members are counted", () => {
  test.each([
    ["{}", 0],
    ["[]", 0],
    ['{"a":1,"b":{"c":[2,-0.5e+3,true,false,null]}}', 3],
    ['["a:b","{","\\"}",{"x":":"}]', 1],
    ['{"a":1,"a":2}', 2],
    [`${"[".repeat(64)}${"]".repeat(64)}`, 0],
    [`${"[".repeat(65)}${"]".repeat(65)}`, 0],
  ])("in %s: %s", (text, members) => {
    expect(countMembers(text)).toBe(members);
  });

  test("in whatever JSON.parse takes as an object or list, and in nothing else", () => {
    const parses = (text: string) => {
      try {
        return typeof JSON.parse(text) === "object" && /[{[]/.test(text);
      } catch {
        return false;
      }
    };
    const sign = fc.constantFrom(...'{}[]:,"\\uUaA0-1.eE+ \n\0/tnNé', "true", "null", '"a"', '"a":', "\\u00e9", "12");
    const value = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));
    const cut = fc
      .tuple(value, fc.nat(), fc.nat(3), fc.string({ unit: sign, maxLength: 2 }))
      .map(([whole, at, length, put]) => {
        const text = json(whole);
        const from = at % text.length;
        return text.slice(0, from) + put + text.slice(from + length);
      });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: sign, maxLength: 12 }),
          cut,
          value.map((whole) => json(whole, undefined, 1)),
        ),
        (text) => {
          expect(countMembers(text) !== undefined).toBe(parses(text));
        },
      ),
      { numRuns: 3000 },
    );
  });

  test("once for each that parsing leaves, where no name stands twice", () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())), (value) => {
        expect(readTextAsJson(json(value))).toEqual({ json: parseJson(json(value)) });
      }),
    );
  });
});
