import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { liveKeysOf } from "../../../src/intake/scrub/live-keys.ts";
import { finderOf } from "../../../src/platform/text/find-texts.ts";

const S = "[scrubbed]";
const KEYS = [
  "live-key-1",
  "a+b/c= d",
  'quo"te\\d key',
  "kulcs-őű📞",
  "%41bcdefgh",
  "short",
  "1234567",
  "whsec_bmV3ZXItc2VjcmV0",
];
const keys = liveKeysOf(new Set(KEYS));

describe("a live key in a longer text is blanked", () => {
  test.each([
    ["at its start", "live-key-1 and more", `${S} and more`],
    ["at its end", "more live-key-1", `more ${S}`],
    ["alone", "live-key-1", S],
    ["twice", "live-key-1live-key-1", `${S}${S}`],
    [
      "in a URL",
      "https://x.example.com/in/vcc?secret-key=live-key-1&a=b%20c",
      `https://x.example.com/in/vcc?secret-key=${S}&a=b%20c`,
    ],
    ["percent-encoded as a component", `k=${encodeURIComponent("a+b/c= d")}&x=%2B`, `k=${S}&x=%2B`],
    ["in small digits", "k=a%2bb%2fc%3d%20d", `k=${S}`],
    ["as a form writes it", `k=${new URLSearchParams([["k", "a+b/c= d"]])}`, `k=k=${S}`],
    ["with bare signs", "k=a+b/c=+d", `k=${S}`],
    ["read by a form", "k=a b/c= d", `k=${S}`],
    [
      "with every sign encoded",
      `k=${[..."live-key-1"].map((sign) => `%${sign.charCodeAt(0).toString(16)}`).join("")}.`,
      `k=${S}.`,
    ],
    ["of any script, encoded", `k=${encodeURIComponent("kulcs-őű📞")}&ő=1`, `k=${S}&ő=1`],
    ["after letters of any script", "őű📞 live%2Dkey-1 📞", `őű📞 ${S} 📞`],
    ["encoded twice", `next=${encodeURIComponent(encodeURIComponent("k=a+b/c= d"))}!`, `next=k%253D${S}!`],
    ["encoded three times", encodeURIComponent(encodeURIComponent(encodeURIComponent("a+b/c= d"))), S],
    ["with an escape of its own", "x%41bcdefghx", `x${S}x`],
    ["with an escape of its own, encoded", "x%2541bcdefghx", `x${S}x`],
    ["escaped as JSON", JSON.stringify({ a: 'quo"te\\d key' }), `{"a":"${S}"}`],
    ["escaped as PHP's JSON", '{"a":"a+b\\/c= d","b":"kulcs-\\u0151\\u0171', `{"a":"${S}","b":"kulcs-\\u0151\\u0171`],
    ["escaped as JSON in JSON", JSON.stringify(JSON.stringify('quo"te\\d key')), `"\\"${S}\\""`],
    ["by code units", '"\\u006cive\\u002Dkey-1"', `"${S}"`],
    ["by code units of two halves", '"kulcs-\\u0151\\u0171\\ud83d\\udcde"', `"${S}"`],
    ["as HTML writes it", "k=quo&quot;te\\d key a+b&#47;c&#x3D; d", `k=${S} ${S}`],
    ["without its scheme", "bmV3ZXItc2VjcmV0", S],
  ])("%s", (_, text, expected) => {
    expect(keys.blank(text)).toBe(expected);
    expect(keys.isIn(text)).toBe(true);
  });

  test.each([
    ["a part of one", "live-key-"],
    ["another case", "LIVE-KEY-1"],
    ["one of fewer than eight characters", "a short text, 1234567"],
    ["one in two pieces", "live-key- 1"],
    ["escapes of nothing", "100% %zz \\x \\u12 + %"],
    ["", ""],
  ])("but not %s", (_, text) => {
    expect(keys.blank(text)).toBe(text);
    expect(keys.isIn(text)).toBe(false);
  });
});

test.each(["live-key-1", "live%2Dkey-1", "live\\u002dkey-1 ", "ő%6Cive-key-1"])(
  "a text full of keys is blanked whole: %s",
  (written) => {
    const text = written.repeat(Math.floor(1_000_000 / written.length));
    const blanked = keys.blank(text);
    expect(blanked.replaceAll(S, "").replaceAll(/[ ő]/g, "")).toBe("");
    expect(blanked.length).toBeGreaterThan(500_000);
  },
);

test("a text that is a key is one, however short", () => {
  expect(["short", "1234567", "live-key-1", "shorter"].map(keys.has)).toEqual([true, true, true, false]);
});

test("without keys nothing is looked for", () => {
  expect(liveKeysOf(new Set()).blank("a%20b")).toBe("a%20b");
  expect(liveKeysOf(new Set([""])).isIn("")).toBe(false);
});

test("the search is prepared once for each configuration", () => {
  const secrets = new Set(["some-secret"]);
  expect(liveKeysOf(secrets)).toBe(liveKeysOf(secrets));
});

describe("the finder", () => {
  const sign = fc.constantFrom("a", "b", "c");
  const word = fc.string({ unit: sign, minLength: 8, maxLength: 12 });

  test("finds what a search for each text finds", () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), fc.string({ unit: sign, maxLength: 200 }), (words, text) => {
        const expected = [...new Set(words)].flatMap((one) =>
          Array.from({ length: text.length }, (_, from) => from)
            .filter((from) => text.startsWith(one, from))
            .map((from) => `${from} ${one.length}`),
        );
        const found = finderOf(words)(text).map(({ from, to }) => `${from} ${to - from}`);
        expect(found.toSorted()).toEqual(expected.toSorted());
      }),
      { numRuns: 500 },
    );
  });
});

test("no key survives, whatever stands round it and however it is escaped", () => {
  const escapes = [
    (text: string) => text,
    encodeURIComponent,
    (text: string) => new URLSearchParams([["", text]]).toString().slice(1),
    (text: string) => JSON.stringify(text).slice(1, -1),
    (text: string) => JSON.stringify(text).slice(1, -1).replaceAll("/", "\\/"),
    (text: string) =>
      [...new TextEncoder().encode(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""),
  ];
  const around = fc.string({ unit: fc.constantFrom("a", " ", "&", "=", "/", '"', "ő", "-", "{"), maxLength: 12 });
  const secrets = ["live-key-1", "a+b/c= d", 'quo"te\\d key', "kulcs-őű📞"];
  fc.assert(
    fc.property(
      around,
      fc.constantFrom(...secrets),
      around,
      fc.array(fc.constantFrom(...escapes), { maxLength: 3 }),
      (before, key, after, layers) => {
        const written = layers.reduce((text, layer) => layer(text), key);
        const blanked = keys.blank(before + written + after);
        expect(blanked).toBe(before + S + after);
      },
    ),
    { numRuns: 500 },
  );
});
