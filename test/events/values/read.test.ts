import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type * as z from "zod";
import { parseJson } from "../../../src/events/json.ts";
import { readFlag, readList, readNumber, readRecord, readText, readTexts } from "../../../src/events/values/read.ts";
import * as fields from "../../../src/vendors/values/fields.ts";

const huge = parseJson("9007199254740993");

describe("readText", () => {
  it.each([
    ["abc", "abc"],
    ["  abc ", "abc"],
    [7, "7"],
    [0, "0"],
    [1.5, "1.5"],
    [huge, "9007199254740993"],
    ["0", "0"],
    ["", undefined],
    ["   ", undefined],
    ["null", undefined],
    [null, undefined],
    [undefined, undefined],
    [true, undefined],
    [[], undefined],
    [{}, undefined],
  ])("%j is %j", (value, text) => {
    expect(readText(value)).toBe(text);
  });
});

describe("readNumber", () => {
  it.each([
    [5, 5],
    ["5", 5],
    [" 5.25 ", 5.25],
    ["-1", -1],
    ["0", 0],
    ["", undefined],
    ["5 s", undefined],
    ["Infinity", undefined],
    [parseJson("1e400"), undefined],
    [null, undefined],
    [true, undefined],
    [[5], undefined],
  ])("%j is %j", (value, number) => {
    expect(readNumber(value)).toBe(number);
  });
});

describe("readFlag", () => {
  it.each([
    [true, true],
    [false, false],
    [1, true],
    [0, false],
    ["1", true],
    ["0", false],
    ["TRUE", true],
    ["False", false],
    ["yes", true],
    ["no", false],
    ["on", true],
    ["off", false],
    ["Vero", true],
    ["falso", false],
    ["", undefined],
    ["maybe", undefined],
    [2, undefined],
    [null, undefined],
    [[], undefined],
  ])("%j is %j", (value, flag) => {
    expect(readFlag(value)).toBe(flag);
  });
});

describe("readList", () => {
  it.each([
    [
      [1, 2],
      [1, 2],
    ],
    [{ "0": "a", "1": "b" }, ["a", "b"]],
    [{ a: 1 }, []],
    [{}, []],
    ["1,2", ["1", "2"]],
    ["[1,2]", [1, 2]],
    ["[1,2", []],
    ["7", ["7"]],
    [7, [7].map(String)],
    ["", []],
    [null, []],
    [undefined, []],
  ])("%j is %j", (value, list) => {
    expect(readList(value)).toEqual(list);
  });

  it("keeps only texts where texts are wanted", () => {
    expect(readTexts([" a ", 1, null, "", { b: 1 }, huge])).toEqual(["a", "1", "9007199254740993"]);
  });

  it("keeps the digits of a list that came as text", () => {
    expect(readTexts("[9007199254740993]")).toEqual(["9007199254740993"]);
  });
});

describe("readRecord", () => {
  it.each([
    [{ a: 1 }, { a: 1 }],
    [{}, undefined],
    [[], undefined],
    [[1], undefined],
    ["{}", undefined],
    [null, undefined],
    [huge, undefined],
  ])("%j is %j", (value, record) => {
    expect(readRecord(value)).toEqual(record);
  });
});

describe("fields", () => {
  it("read the same when the member is missing", () => {
    expect(fields.object({ a: fields.text, b: fields.list }).parse(undefined)).toEqual({ a: undefined, b: [] });
  });

  it("take a sentinel for no id", () => {
    const id = fields.id("0", "-1");
    expect([0, "0", -1, "-1", "", 7, "00", huge].map((value) => id.parse(value))).toEqual([
      ...[undefined, undefined, undefined, undefined, undefined],
      ...["7", "00", "9007199254740993"],
    ]);
  });

  it("take what is below zero for no figure", () => {
    expect([0, "60.5", -1, "x"].map((value) => fields.seconds.parse(value))).toEqual([0, 60.5, undefined, undefined]);
  });

  it("never fail, whatever comes", () => {
    const { anything, figure, flag, id, list, object, record, seconds, text, texts } = fields;
    const all: z.ZodType[] = [
      anything,
      flag,
      id("0"),
      list,
      figure,
      record,
      seconds,
      text,
      texts,
      object({ text, inner: object({ list }) }),
    ];
    const property = fc.property(fc.anything(), (value) => {
      for (const field of all) expect(field.safeParse(value).success).toBe(true);
    });
    fc.assert(property);
  });
});
