import { describe, expect, test } from "vitest";
import * as z from "zod";
import { issueText } from "../../../src/platform/text/issue-text.ts";

const lower = z.string().regex(/^[a-z]+$/, "small letters");

describe("what is wrong with a value is said for people", () => {
  test.each<[string, z.ZodType, unknown, string]>([
    ["one of several words", z.enum(["crm", "bi"]), "cmr", "has to be one of crm, bi"],
    ["one word", z.literal("v1"), "v2", "has to be v1"],
    ["another kind", z.array(z.string()), "x", "has to be a list"],
    ["a whole number", z.int(), 1.5, "has to be a whole number"],
    ["a switch", z.boolean(), "yes", "has to be true or false"],
    ["what is not there", z.string(), undefined, "is missing; it has to be a text"],
    ["a small number", z.number().min(100), 5, "has to be at least 100"],
    ["a number at its bound", z.number().gt(3), 3, "has to be more than 3"],
    ["a large number", z.number().max(5), 6, "has to be at most 5"],
    ["an empty text", z.string().min(1), "", "has to be at least 1 character"],
    ["a long list", z.array(z.string()).max(2), ["a", "b", "c"], "has to be at most 2 items"],
    ["a name", z.record(lower, z.string()), { A: "x" }, "no name that can stand here: small letters"],
    ["a member too many", z.strictObject({}), { a: 1 }, "no such member: a"],
    [
      "one of several kinds",
      z.union([z.record(z.string(), z.unknown()), z.string()]),
      [],
      "has to be an object or a text",
    ],
    ["a word or a kind", z.union([z.literal("*"), z.array(z.int())]), 7, "has to be * or a list"],
    ["words of the schema's own", lower, "A", "small letters"],
    ["what the library alone can say", z.email(), "x", "Invalid email address"],
  ])("%s", (_, schema, value, words) => {
    expect(schema.safeParse(value).error?.issues.map(issueText)).toEqual([words]);
  });
});
