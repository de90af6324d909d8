import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../../src/events/json.ts";
import { readFields } from "../../src/intake/body/form-fields.ts";
import { parseForm } from "../../src/intake/form.ts";

const read = (text: string) => {
  const { fields, over } = readFields(new TextEncoder().encode(text), "utf-8");
  return parseForm(fields, over);
};

describe("a form", () => {
  it.each([
    ["", {}],
    ["a=1&b=two+words&c=%C3%A9", { a: "1", b: "two words", c: "é" }],
    ["a", { a: "" }],
    ["a=1&a=2&a=3", { a: ["1", "2", "3"] }],
    ["a[]=1&a[]=2", { a: ["1", "2"] }],
    ["a[0]=1&a[1]=2", { a: ["1", "2"] }],
    ["a[2]=c&a[0]=a&a[1]=b", { a: ["a", "b", "c"] }],
    ["a[]=x&a[1]=y&a[]=z", { a: ["x", "y", "z"] }],
    ["a[0]=x", { a: ["x"] }],
    ["a[1]=x", { a: { "1": "x" } }],
    ["a[2]=c&a[10]=d&a[0]=a", { a: { "0": "a", "2": "c", "10": "d" } }],
    ["a[1]=x&a[]=y", { a: { "1": "x", "2": "y" } }],
    ["a[5]=x&a[]=y&a[]=z", { a: { "5": "x", "6": "y", "7": "z" } }],
    ["a[101]=x&a[205]=y", { a: { "101": "x", "205": "y" } }],
    ["a[b][7]=x&a[b][9]=y&a[c][0]=z", { a: { b: { "7": "x", "9": "y" }, c: ["z"] } }],
    ["a[51]=x&a[51]=y", { a: { "51": ["x", "y"] } }],
    ["a[00]=x&a[01]=y", { a: { "00": "x", "01": "y" } }],
    [`a[${"9".repeat(30)}]=x&a[]=y`, { a: { ["9".repeat(30)]: "x", "0": "y" } }],
    ["0=x&1=y", { "0": "x", "1": "y" }],
    ["a[b]=1&a[c]=2", { a: { b: "1", c: "2" } }],
    ["a[b][]=1&a[b][]=2", { a: { b: ["1", "2"] } }],
    ["a[0][id]=1&a[0][name]=x&a[1][id]=2", { a: [{ id: "1", name: "x" }, { id: "2" }] }],
    ["a%5Bb%5D=1", { a: { b: "1" } }],
    ["a[b]=1&a[b]=2", { a: { b: ["1", "2"] } }],
    ["a[]=1&a[b]=2", { a: { "0": "1", b: "2" } }],
    ["a=1&a[b]=2", { a: { "0": "1", b: "2" } }],
    ["a[b]=1&a=2", { a: { "0": "2", b: "1" } }],
    ["a[-1]=1", { a: { "-1": "1" } }],
    ["a[=1&b]=2&[c]=3&d[e]f=4", { "a[": "1", "b]": "2", "[c]": "3", "d[e]f": "4" }],
  ])("%s is %j", (text, body) => {
    expect(read(text)).toEqual({ body, dropped: 0 });
  });

  it("leaves values text, since only a schema knows which are lists or numbers", () => {
    expect(read("a=1,2&b=[1]&c=true").body).toEqual({ a: "1,2", b: "[1]", c: "true" });
  });
});

describe("limits", () => {
  it("takes a thousand parameters and counts those over it", () => {
    const parameters = Array.from({ length: 1003 }, (_, n): [string, string] => [`p${n}`, "1"]);
    const { body, dropped } = parseForm(parameters);
    expect(Object.keys(body)).toHaveLength(1000);
    expect(body).toHaveProperty("p999");
    expect(dropped).toBe(3);
    expect(parseForm(parameters.slice(0, 1000)).dropped).toBe(0);
  });

  it("counts every value of a repeated name as a parameter", () => {
    const { body, dropped } = parseForm(Array.from({ length: 1001 }, (): [string, string] => ["a[]", "1"]));
    expect(body.a).toHaveLength(1000);
    expect(dropped).toBe(1);
  });

  it("goes five names deep, and leaves out what lies deeper", () => {
    expect(read("a[b][c][d][e]=1&z=2")).toEqual({ body: { a: { b: { c: { d: { e: "1" } } } }, z: "2" }, dropped: 0 });
    expect(read("a[b][c][d][e][f]=1&z=2")).toEqual({ body: { z: "2" }, dropped: 1 });
  });

  it("reads a name of a hundred thousand brackets", () => {
    expect(parseForm([[`a${"[]".repeat(100_000)}`, "1"]])).toEqual({ body: {}, dropped: 1 });
  });
});

describe("names of the language itself", () => {
  it.each([
    "__proto__[admin]=1",
    "__proto__=1&__proto__[admin]=1",
    "a[__proto__][admin]=1",
    "constructor[prototype][admin]=1",
  ])("are ordinary members: %s", (text) => {
    const { body } = read(text);
    expect(Object.keys(body)).toHaveLength(1);
    expect(body).not.toHaveProperty("admin");
    expect({}).not.toHaveProperty("admin");
    expect(Object.getPrototypeOf(body)).toBe(Object.prototype);
  });
});

describe("any parameters", () => {
  it("lose no value that was not counted as dropped", () => {
    const key = fc.constantFrom("a", "b", "0", "1", "__proto__", "a[", "");
    const name = fc
      .tuple(key, fc.array(key, { maxLength: 6 }))
      .map(([head, rest]) => head + rest.map((k) => `[${k}]`).join(""));
    const property = fc.property(fc.array(fc.tuple(name, fc.constant("v")), { maxLength: 30 }), (parameters) => {
      const { body, dropped } = parseForm(parameters);
      expect(JSON.stringify(body).split('"v"').length - 1).toBe(parameters.length - dropped);
    });
    fc.assert(property, { numRuns: 500 });
  });
});

describe("any tree that a form can carry", () => {
  const name = fc.constantFrom("a", "b", "205", "7", "ő", "x y", "a.b", "&=%+", "Pass_Word");
  const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      fc.string({ unit: "grapheme", maxLength: 8 }),
      fc.array(tie("tree"), { minLength: 1, maxLength: 3 }),
      fc.dictionary(name, tie("tree"), { minKeys: 1, maxKeys: 3 }),
    ),
  }));
  const body = fc.dictionary(name, tree, { maxKeys: 4 });

  /** As PHP's http_build_query writes it. */
  function* write(value: Json, at: string): Generator<[string, string]> {
    if (typeof value === "string") yield [at, value];
    else
      for (const [key, member] of Object.entries(value ?? {})) yield* write(member, at === "" ? key : `${at}[${key}]`);
  }

  it("comes out of one as it went in", () => {
    const property = fc.property(body, (value) => {
      expect(read(new URLSearchParams([...write(value, "")]).toString())).toEqual({ body: value, dropped: 0 });
    });
    fc.assert(property, { numRuns: 300 });
  });
});
