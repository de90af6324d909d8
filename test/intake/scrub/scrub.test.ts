import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isObject, type Json, parseJson } from "../../../src/events/json.ts";
import { liveKeysOf } from "../../../src/intake/scrub/live-keys.ts";
import { scrubbingOf } from "../../../src/intake/scrub/rules.ts";
import { scrub } from "../../../src/intake/scrub/scrub.ts";
import { fold, secrecyOf, unnumbered } from "../../../src/intake/scrub/secret-names.ts";
import { vendorOf } from "../../../src/vendors/index.ts";

const SECRETS = new Set(["live-key", "short", "9007199254740993"]);
const S = "[scrubbed]";

function scrubText(text: string, paths: string[] = [], id: "voiso" | "ucontact" = "ucontact"): string {
  const vendor = vendorOf(id);
  const auth = id === "voiso" ? vendor.auth : [{ in: "body", name: "token" } as const];
  return JSON.stringify(scrub(parseJson(text), scrubbingOf({ vendor, auth, scrub: paths }, liveKeysOf(SECRETS))).body);
}

/** Names that mean something at the top of a body of uContact: they are left out, blanked, or looked into. */
const SPECIAL = ["headers", "key", "json", "payload"];

function namesIn(body: Json): string[] {
  if (Array.isArray(body)) return body.flatMap(namesIn);
  return isObject(body) ? Object.entries(body).flatMap(([name, value]) => [name, ...namesIn(value)]) : [];
}

describe("scrubbing", () => {
  test.each<[string, string, string]>([
    [
      "secret names at any depth",
      '{"a":[{"Password":"x","b":{"cvv":1}}],"pwd":{"c":1}}',
      `{"a":[{"Password":"${S}","b":{"cvv":"${S}"}}],"pwd":"${S}"}`,
    ],
    [
      "every secret name",
      '{"password":1,"passwd":1,"pwd":1,"secret":1,"cvv":1,"cvc":1}',
      `{"password":"${S}","passwd":"${S}","pwd":"${S}","secret":"${S}","cvv":"${S}","cvc":"${S}"}`,
    ],
    [
      "names that all hold a key, and are as many as before",
      '{"live-key":1,"live%2Dkey":2,"live%2dkey":3}',
      `{"${S}":1,"${S} 2":2,"${S} 3":3}`,
    ],
    ["but not an empty one", '{"password":"","old":{"password":null}}', '{"password":"","old":{"password":null}}'],
    ["but not names that only contain one", '{"passwordChanged":true,"pwdx":1}', '{"passwordChanged":true,"pwdx":1}'],
    [
      "a payment's token, but no other",
      '{"payment":{"token":1,"card":{"token":2}},"a":{"token":3}}',
      `{"payment":{"token":"${S}","card":{"token":"${S}"}},"a":{"token":3}}`,
    ],
    [
      "values equal to a live key",
      '{"a":"live-key","b":["live-key","short"],"c":"shorter"}',
      `{"a":"${S}","b":["${S}","${S}"],"c":"shorter"}`,
    ],
    [
      "numbers equal to a live key",
      '{"a":9007199254740993,"b":"9007199254740993","c":9007199254740992}',
      `{"a":"${S}","b":"${S}","c":9007199254740992}`,
    ],
    ["names equal to a live key", '{"live-key":1}', `{"${S}":1}`],
    ["a body that is a live key", '"live-key"', `"${S}"`],
    [
      "the source's key, at the top and inside json",
      '{"token":"a","json":{"token":"b","c":1},"d":{"token":1}}',
      '{"json":{"c":1},"d":{"token":1}}',
    ],
    ["the sender's headers", '{"headers":{"authorization":"x"},"json":{"a":1}}', '{"json":{"a":1}}'],
    ["but not headers further in", '{"a":{"headers":{"b":1}}}', '{"a":{"headers":{"b":1}}}'],
    [
      "inside a member called __proto__",
      '{"__proto__":{"password":"x","b":1}}',
      `{"__proto__":{"password":"${S}","b":1}}`,
    ],
  ])("takes out %s", (_, text, expected) => {
    expect(scrubText(text)).toBe(expected);
    expect(Object.hasOwn(Object.prototype, "b")).toBe(false);
  });

  test.each<[string, string]>([
    ['{"key":"a","secret":"b","c":1}', '{"c":1}'],
    ['{"json":{"Key":"a","secret":"b","c":1}}', `{"json":{"Key":"${S}","c":1}}`],
    ['{"payload":{"key":"a","c":{"key":"b"}}}', `{"payload":{"key":"${S}","c":{"key":"b"}}}`],
    ['{"json":{"payload":{"key":"a"}}}', `{"json":{"payload":{"key":"${S}"}}}`],
    ['{"payload":"{\\"key\\":\\"a\\"}"}', `{"payload":"{\\"key\\":\\"${S}\\"}"}`],
    ['{"data":{"key":"c","secret":"d"}}', `{"data":{"key":"c","secret":"${S}"}}`],
    ['{"data":[{"key":"lang","value":"en"}]}', '{"data":[{"key":"lang","value":"en"}]}'],
    ['[{"key":"lang","value":"en"}]', '[{"key":"lang","value":"en"}]'],
  ])("takes out Voiso's key at the top and in its envelopes alone: %s", (text, expected) => {
    expect(scrubText(text, [], "voiso")).toBe(expected);
  });

  test.each<[string, string[], string, string]>([
    ["a member", ["a.b"], '{"a":{"b":1,"c":2},"b":3}', `{"a":{"b":"${S}","c":2},"b":3}`],
    ["whole objects", ["a"], '{"a":{"b":1}}', `{"a":"${S}"}`],
    [
      "any one name",
      ["a.*.c"],
      '{"a":{"x":{"c":1},"y":{"c":2,"d":3},"c":4}}',
      `{"a":{"x":{"c":"${S}"},"y":{"c":"${S}","d":3},"c":4}}`,
    ],
    ["through arrays", ["a.b"], '{"a":[{"b":1},[{"b":2}],{"c":3}]}', `{"a":[{"b":"${S}"},[{"b":"${S}"}],{"c":3}]}`],
    [
      "any position of a list",
      ["a.*.b", "c.*"],
      '{"a":[{"b":1},{"x":{"b":2}},{"d":3}],"c":[4,""]}',
      `{"a":[{"b":"${S}"},{"x":{"b":"${S}"}},{"d":3}],"c":["${S}",""]}`,
    ],
    ["one position of a list", ["a.1.b"], '{"a":[{"b":1},{"b":2}]}', `{"a":[{"b":1},{"b":"${S}"}]}`],
    ["any position of a list in a list", ["a.*.*.b"], '{"a":[[{"b":1}]]}', `{"a":[[{"b":"${S}"}]]}`],
    ["inside the envelope json", ["a.b"], '{"json":{"a":{"b":1}}}', `{"json":{"a":{"b":"${S}"}}}`],
    ["with the envelope json", ["json.a"], '{"json":{"a":{"b":1}}}', `{"json":{"a":"${S}"}}`],
    ["at several places", ["a", "b.c"], '{"a":1,"b":{"c":2,"a":3}}', `{"a":"${S}","b":{"c":"${S}","a":3}}`],
    ["nowhere where there is none", ["a.b.c", "x"], '{"a":{"b":1}}', '{"a":{"b":1}}'],
  ])("follows a source's own path to %s", (_, paths, text, expected) => {
    expect(scrubText(text, paths)).toBe(expected);
  });

  test("cuts what is nested deeper than 64 levels, with a warning", () => {
    const nest = (depth: number) => parseJson(`${"[".repeat(depth)}${"]".repeat(depth)}`);
    const rules = scrubbingOf({ vendor: vendorOf("ucontact"), auth: [], scrub: [] }, liveKeysOf(SECRETS));
    expect(scrub(nest(64), rules)).toEqual({ body: nest(64), warnings: [], isLossy: false });
    expect(scrub(nest(65), rules)).toEqual({
      body: parseJson(`${"[".repeat(64)}null${"]".repeat(64)}`),
      warnings: ["nesting_pruned"],
      isLossy: false,
    });
    expect(scrub(nest(50_000), rules).warnings).toEqual(["nesting_pruned"]);
  });

  test("follows paths of stars through deep lists in no time", () => {
    const body = parseJson(`${"[".repeat(60)}{"b":1}${"]".repeat(60)}`);
    const paths = [`${"*.".repeat(30)}b`];
    const started = performance.now();
    const rules = scrubbingOf({ vendor: vendorOf("ucontact"), auth: [], scrub: paths }, liveKeysOf(SECRETS));
    expect(JSON.stringify(scrub(body, rules).body)).toContain(`{"b":"${S}"}`);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test("lets no secret through, wherever it stands", () => {
    const CANARY = "canary-5f2a";
    const hidden = `${CANARY} and more`;
    const { body } = fc.letrec<{ body: Json }>((tie) => ({
      body: fc.oneof(
        { maxDepth: 6 },
        fc.constantFrom<Json>(CANARY, null, 7, "text", true),
        fc.array(tie("body"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom("a", "json", "__proto__", "headers", CANARY), tie("body"), { maxKeys: 3 }),
        fc.constantFrom("password", "PassWd", "pwd", "secret", "CVV", "cvc").map((name) => ({ [name]: hidden })),
        tie("body").map((inside) => ({ payment: { inside, deeper: [{ token: hidden }] } })),
      ),
    }));
    const auth = [{ in: "body", name: "own-key" }] as const;
    const rules = scrubbingOf(
      { vendor: vendorOf("ucontact"), auth, scrub: ["listed.*.path"] },
      liveKeysOf(new Set([CANARY])),
    );
    fc.assert(
      fc.property(body, (value) => {
        const listed = { any: [{ path: { value, hidden } }] };
        const whole = { listed, value, json: { "own-key": hidden }, "own-key": hidden, headers: { a: hidden } };
        expect(JSON.stringify(scrub(whole, rules).body)).not.toContain(CANARY);
      }),
      { numRuns: 500 },
    );
  });

  test("changes nothing else", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        const text = JSON.stringify(value);
        const body = parseJson(text);
        fc.pre(!isObject(body) || !SPECIAL.some((name) => Object.hasOwn(body, name)));
        fc.pre(!namesIn(body).some((name) => secrecyOf(unnumbered(fold(name)), false)));
        const rules = scrubbingOf(
          { vendor: vendorOf("ucontact"), auth: [], scrub: [] },
          liveKeysOf(new Set(["live-key"])),
        );
        expect(JSON.stringify(scrub(body, rules).body)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});
