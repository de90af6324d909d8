import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sameId, sameName, showName } from "../../src/login/same.ts";

const BLANKS = [
  "",
  " ",
  "\t",
  "\n",
  "\r\n",
  "\u0085",
  "\u00a0",
  "\u1680",
  "\u2003",
  "\u2028",
  "\u202f",
  "\u3000",
  "\ufeff",
];
const blanks = fc.array(fc.constantFrom(...BLANKS), { maxLength: 3 }).map((all) => all.join(""));
const text = fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }), fc.string());
const fullWidth = (digits: string) => digits.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));

describe("ids are the same", () => {
  test.each([
    ["66", "66"],
    ["066", "66"],
    [" 66\t", "66"],
    ["\u00a00066\u0085", "66"],
    ["６６", "66"],
    ["⁶⁶", "66"],
    ["0", "0"],
    ["000", "0"],
    ["９００７１９９２５４７４０９９３", "9007199254740993"],
    ["Team-A", "Team-A"],
    [" ﬁ ", "fi"],
    ["٤١", "٤١"],
    ["-041", "-041"],
    ["", ""],
  ])("%j is %j", (written, id) => expect(sameId(written)).toBe(id));

  test("in every plain spelling, and in no other", () => {
    const number = fc.bigInt({ min: 0n, max: 10n ** 30n }).map(String);
    fc.assert(
      fc.property(number, fc.nat(4), blanks, blanks, fc.boolean(), (id, zeros, before, after, wide) => {
        const padded = `${"0".repeat(zeros)}${id}`;
        expect(sameId(`${before}${wide ? fullWidth(padded) : padded}${after}`)).toBe(id);
      }),
    );
    fc.assert(fc.property(number, number, (one, other) => (sameId(one) === sameId(other)) === (one === other)));
  });
});

describe("user names are the same", () => {
  test.each([
    ["Nora_K", "nora_k"],
    ["NO\u0301RA", "nóra"],
    ["nóra", "no\u0301ra"],
    [" zoë\u00a0", "ZOE\u0308"],
    ["ｎｏｒａ", "nora"],
    ["ΓΙΏΡΓΟΣ", "γιώργος"],
    ["γιώργοσ", "γιώργος"],
    ["İVAN", "ivan"],
    ["İvan", "I\u0307VAN"],
    ["K\u212aelvin", "kkelvin"],
    ["𝐍ora", "nora"],
    ["Ǆ", "ǆ"],
  ])("%j and %j", (one, other) => expect(sameName(one)).toBe(sameName(other)));

  test.each([
    ["zoe", "zoë"],
    ["ivan", "ıvan"],
    ["strasse", "straße"],
    ["nora", "nora_k"],
    ["41", "041"],
  ])("%j is not %j", (one, other) => expect(sameName(one)).not.toBe(sameName(other)));

  test("in every Unicode form, padded, and in any case of the letters that have two", () => {
    const letters = fc.constantFrom(..."abcxyzáéíóöőúüűßñçłřžγρςσώдйїкёй0 _.-'");
    const name = fc.array(letters, { minLength: 1, maxLength: 12 }).map((all) => all.join("").trim());
    fc.assert(
      fc.property(name, blanks, blanks, fc.func(fc.boolean()), (plain, before, after, upper) => {
        const cased = [...plain]
          .map((letter) => (letter !== "ß" && upper(letter) ? letter.toUpperCase() : letter))
          .join("");
        for (const form of ["NFC", "NFD", "NFKC", "NFKD"] as const) {
          expect(sameName(before + cased.normalize(form) + after)).toBe(sameName(plain));
        }
      }),
    );
  });

  test("as they are shown: trimmed and in lower case, the letters as they are written", () => {
    expect([" ΓΙΏΡΓΟΣ", "Nora_K", "NO\u0301RA ", "İVAN"].map(showName)).toEqual([
      "γιώργος",
      "nora_k",
      "nóra",
      "i\u0307van",
    ]);
  });
});

describe("what was made the same", () => {
  test.each([
    ["an id", sameId],
    ["a name", sameName],
    ["a shown name", showName],
  ] as const)("stays as it is: %s", (_, same) => {
    fc.assert(
      fc.property(text, (written) => same(same(written)) === same(written)),
      { numRuns: 2000 },
    );
    // The first two planes, and of the third the compatibility forms: the letters before them have one form each.
    for (let code = 0; code < 0x3_0000; code++) {
      if (code === 0x2_0000) code = 0x2_f800;
      const written = `a${String.fromCodePoint(code)}\u0307`;
      const once = same(written);
      if (same(once) !== once) throw new Error(code.toString(16));
    }
  });

  test.each(["bad\u200Dguy", "bad\uFE0Fguy", "\u2060badguy", "bad\u00ADguy", "badguy\u200E"])(
    "is the same with and without what nobody sees: %j",
    (name) => {
      expect([sameName(name), sameId(name)]).toEqual(["badguy", "badguy"]);
    },
  );

  test("has no blank at its ends", () => {
    fc.assert(
      fc.property(text, blanks, (written, blank) => {
        expect(sameId(blank + written + blank)).toBe(sameId(written));
        expect(sameName(blank + written + blank)).toBe(sameName(written));
      }),
    );
  });
});
