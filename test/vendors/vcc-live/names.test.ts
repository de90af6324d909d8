import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { Json, JsonObject } from "../../../src/events/json.ts";
import { text } from "../../../src/vendors/values/fields.ts";
import { foldName, has, shares, spell } from "../../../src/vendors/vcc-live/names.ts";

const schema = z.object({ userId: text, projectid: text, client_data: text, name: text });
const names = fc.oneof(
  fc.constantFrom(
    "userId",
    "userid",
    "USER_ID",
    "projectId",
    "projectid",
    "client_data",
    "clientData",
    "name",
    "_Name_",
  ),
  fc.constantFrom("__proto__", "constructor", "toString", "", "_"),
  fc.string(),
);
const bodies: fc.Arbitrary<JsonObject> = fc
  .array(fc.tuple(names, fc.nat()))
  .map((members) => Object.fromEntries<Json>(members));
const fold = (name: string) => name.toLowerCase().replaceAll("_", "");

describe("the names of a body", () => {
  it("are spelled as the schema's: an exact name first, else the last of its variants", () => {
    const property = fc.property(bodies, (body) => {
      const expected = Object.keys(schema.shape).flatMap((name) => {
        const variants = Object.keys(body).filter((sent) => fold(sent) === fold(name));
        const sent = variants.includes(name) ? name : variants.at(-1);
        return sent === undefined ? [] : [[name, body[sent]] as const];
      });
      expect(spell(body, schema.shape)).toEqual(Object.fromEntries(expected));
      expect(shares(body, schema)).toBe(expected.length > 0);
    });
    fc.assert(property, { numRuns: 2000 });
  });

  it("are there in any spelling, however often it is asked", () => {
    const property = fc.property(bodies, fc.array(names), (body, asked) => {
      const there = asked.every((name) => Object.keys(body).some((sent) => fold(sent) === fold(name)));
      expect([has(body, ...asked), has(body, ...asked)]).toEqual([there, there]);
    });
    fc.assert(property, { numRuns: 2000 });
  });

  it("are folded without case and underscores", () => {
    const property = fc.property(names, (name) => {
      expect(foldName(name)).toBe(fold(name));
    });
    fc.assert(property);
  });
});
