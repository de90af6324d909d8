import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../src/events/canonical.ts";
import { type Json, MAX_DEPTH, parseJson } from "../../src/events/json.ts";
import { nameOf } from "../../src/vendors/ucontact/campaign.ts";
import { withoutPadding } from "../../src/vendors/vcc-live/decrypt.ts";
import { withoutBrackets } from "../../src/vendors/voiso/words.ts";

const SHORT = 3_000;
const LONG = 10 * SHORT;

/** How many characters a piece of work looks at, and how many pieces it puts together. */
function stepsOf(work: () => unknown): number {
  let steps = 0;
  const { indexOf, charAt } = String.prototype;
  const { push } = Array.prototype;
  const restored = [
    replace(String.prototype, "charAt", function (this: string, at: number) {
      steps++;
      return charAt.call(this, at);
    }),
    replace(String.prototype, "indexOf", function (this: string, sought: string, from = 0) {
      const at = indexOf.call(this, sought, from);
      steps += (at < 0 ? this.length : at) - from + 1;
      return at;
    }),
    replace(Array.prototype, "push", function (this: unknown[], ...items: unknown[]) {
      steps += items.length;
      return push.apply(this, items);
    }),
  ];
  work();
  for (const restore of restored) restore();
  return steps;
}

/** Puts another method in the place of one; returns what undoes it. */
function replace(prototype: object, name: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
  Object.defineProperty(prototype, name, { ...before, value });
  return () => void Object.defineProperty(prototype, name, before);
}

const deep = (length: number, inner: string) => {
  const depth = 20 * MAX_DEPTH + length / 10;
  return `${'{"a":['.repeat(depth)}${inner}${"]}".repeat(depth)}`;
};

describe.each<[string, (text: string) => unknown, Readonly<Record<string, (length: number) => string>>]>([
  [
    "brackets of Voiso's words",
    withoutBrackets,
    {
      opened: (length) => "(".repeat(length),
      closed: (length) => ")".repeat(length),
      "in pairs": (length) => "()".repeat(length / 2),
      "opened, then closed": (length) => "(".repeat(length / 2) + ")".repeat(length / 2),
      "one pair": (length) => `(${"x".repeat(length)})`,
      none: (length) => "x".repeat(length),
    },
  ],
  [
    "padding of base64",
    withoutPadding,
    {
      alone: (length) => "=".repeat(length),
      inside: (length) => `${"=".repeat(length)}x`,
      between: (length) => "=x".repeat(length / 2),
    },
  ],
  [
    "campaigns of uContact",
    nameOf,
    {
      blanks: (length) => `x${" ".repeat(length)}x`,
      arrows: (length) => "<-".repeat(length / 2),
      "blanks before the arrow": (length) => `x${" ".repeat(length)}->`,
    },
  ],
  [
    "what is nested too deeply",
    parseJson,
    {
      lists: (length) => deep(length, "1"),
      strings: (length) => deep(length, `"${'\\"]'.repeat(length / 3)}"`),
      "many inside": (length) => deep(length, `1,${"[[]],".repeat(length / 5)}1`),
    },
  ],
  [
    "the canonical form",
    (text) => canonicalJson(parseJson(text)),
    {
      list: (length) => `[${"1,".repeat(length)}1]`,
      members: (length) => `{${Array.from({ length }, (_, at) => `"${at}":[]`).join()}}`,
      deep: (length) => "[".repeat(length / 30) + "]".repeat(length / 30),
      text: (length) => `"${"x".repeat(length)}"`,
    },
  ],
])("%s", (_, work, texts) => {
  it.each(Object.entries(texts))("%s: ten times the text takes about ten times the steps", (_, textOf) => {
    const [short, long] = [textOf(SHORT), textOf(LONG)];
    const [few, many] = [stepsOf(() => work(short)), stepsOf(() => work(long))];
    expect(many).toBeLessThanOrEqual(12 * Math.max(few, 10));
  });
});

it("the steps of what is quadratic are counted as such", () => {
  const quadratic = (text: string) => {
    for (let at = 0; at < text.length; at++) text.indexOf(")", at);
  };
  const [few, many] = [SHORT, LONG].map((length) => stepsOf(() => quadratic("(".repeat(length))));
  expect((many ?? 0) / (few ?? 1)).toBeGreaterThan(90);
});

it("what is nested too deeply is cut without losing what stands beside it", () => {
  const text = `[${deep(30_000, "1")},9007199254740993]`;
  const read: Json = parseJson(text);
  expect(JSON.stringify(read).endsWith(",9007199254740993]")).toBe(true);
});
