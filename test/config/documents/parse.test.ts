import { describe, expect, it } from "vitest";
import * as z from "zod";
import { parseDocument } from "../../../src/config/documents/parse.ts";

const schema = z.object({ users: z.record(z.string(), z.unknown()).optional() }).loose();
const parse = (text: string) => parseDocument(text, schema);

describe("a document", () => {
  it.each([
    ['{"users":{"41":{},"7":{},"41":{}}}', "users.41"],
    ['{"users":{},"groups":{},"users":{}}', "users"],
    ['{"a":[{"b":1},{"b":1,"\\u0062":2}]}', "a.1.b"],
    ['{"":1,"":2}', ""],
  ])("%s has a name twice, which makes it faulty", (text, path) => {
    expect(parse(text)).toMatchObject({ state: "faulty", faults: [{ path }] });
  });

  it.each([
    ['{"users":{"__proto__":{"deny":"*"}}}', "users.__proto__"],
    ['{"users":{"\\u005f_proto__":{}}}', "users.__proto__"],
    ['{"a":[{},{"__proto__":1}]}', "a.1.__proto__"],
  ])("%s has a name that nothing can have, which would be lost without a word", (text, path) => {
    expect(parse(text)).toMatchObject({ state: "faulty", faults: [{ path }] });
  });

  it.each(['{"a":{"b":1},"c":{"b":1}}', '{"a":[{"b":1},{"b":1}]}', '{"b":{"b":"b"}}'])(
    "%s has no name twice in one object",
    (text) => {
      expect(parse(text)).toMatchObject({ state: "valid" });
    },
  );

  it("may begin with a byte order mark", () => {
    expect(parse('\uFEFF{"users":{}}')).toEqual({ state: "valid", value: { users: {} } });
  });

  it.each<[string, object]>([
    ["", { message: "not JSON: it is empty" }],
    ["{", { message: "not JSON: a closing } is missing", line: 1, column: 2 }],
    ["{'a':1}", { message: expect.stringContaining("double quotes"), line: 1, column: 2 }],
    ['{\n  "a": 1,\n}', { message: "not JSON: a trailing comma", line: 2, column: 9 }],
    ['{"a":[1,2 , ],"b":2}', { message: "not JSON: a trailing comma", line: 1, column: 11 }],
    ['{\r\n\r\n// note\r\n"a":1}', { message: expect.stringContaining("a comment"), line: 3, column: 1 }],
    ['{"a":1 "b":2}', { message: "not JSON: a comma is missing before this", line: 1, column: 8 }],
    ['{"a":"one\ntwo"}', { message: "not JSON: a text without its closing quote", line: 1, column: 6 }],
    ["\uFEFF\uFEFF{}", { message: expect.stringContaining("not JSON"), line: 1, column: 1 }],
    ["[".repeat(100_000), { message: "not JSON" }],
  ])("%j is not JSON, and it says why and where", (text, fault) => {
    expect(parse(text)).toEqual({ state: "invalid", faults: [{ path: "", ...fault }] });
  });

  it("that is not of the schema is invalid, whatever else is wrong with it", () => {
    expect(parse('{"users":1,"users":2}')).toMatchObject({ state: "invalid", faults: [{ path: "users" }] });
  });
});
