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

  it.each(['{"a":{"b":1},"c":{"b":1}}', '{"a":[{"b":1},{"b":1}]}', '{"b":{"b":"b"}}'])(
    "%s has no name twice in one object",
    (text) => {
      expect(parse(text)).toMatchObject({ state: "valid" });
    },
  );

  it("may begin with a byte order mark", () => {
    expect(parse('\uFEFF{"users":{}}')).toEqual({ state: "valid", value: { users: {} } });
  });

  it.each(["", "{", "{'a':1}", '{"a":1,}', '// note\n{"a":1}', "\uFEFF\uFEFF{}"])("%j is not JSON", (text) => {
    expect(parse(text)).toEqual({ state: "invalid", faults: [{ path: "", message: "not JSON" }] });
  });

  it("that is not of the schema is invalid, whatever else is wrong with it", () => {
    expect(parse('{"users":1,"users":2}')).toMatchObject({ state: "invalid", faults: [{ path: "users" }] });
  });
});
