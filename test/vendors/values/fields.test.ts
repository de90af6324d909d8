import fc from "fast-check";
import { expect, it } from "vitest";
import * as z from "zod";
import { isObject, parseJson } from "../../../src/events/json.ts";
import { kinds as intelligentContacts } from "../../../src/vendors/intelligent-contacts/kinds.ts";
import { kinds as ucontact } from "../../../src/vendors/ucontact/kinds.ts";
import * as fields from "../../../src/vendors/values/fields.ts";
import { kinds as vccLive } from "../../../src/vendors/vcc-live/kinds.ts";
import { kinds as voiso } from "../../../src/vendors/voiso/kinds.ts";

const { anything, figure, flag, id, list, object, record, seconds, text, texts } = fields;
const every = z.object({
  anything,
  figure,
  flag,
  id: id("0", "-1"),
  list,
  record,
  seconds,
  text,
  texts,
  object: object({ text, texts }),
  // Not one of our fields.
  other: z.unknown().optional(),
});
const schemas: readonly z.ZodObject[] = [
  every,
  ...[intelligentContacts, ucontact, vccLive, voiso].flatMap((kinds) =>
    Object.values(kinds).map((kind) => kind.schema),
  ),
];

const numbers = fc.constantFrom("0", "-1", "1.50", "9007199254740993", "1e400", "60");
const values = fc.oneof(
  fc.json({ maxDepth: 2 }),
  numbers,
  numbers.map((digits) => JSON.stringify(digits)),
  fc.constantFrom(
    '""',
    '"null"',
    "null",
    "true",
    '"vero"',
    '"2025-02-03 09:15:42"',
    '"a,b"',
    '"[1,2]"',
    '{"0":1}',
    "{}",
  ),
);

it("are read from an object as the schema itself reads it, with the same members", () => {
  const objects = fc
    .constantFrom(...schemas)
    .chain((schema) =>
      fc.tuple(
        fc.constant(schema),
        fc.dictionary(fc.oneof(fc.constantFrom(...Object.keys(schema.shape)), fc.string()), values),
      ),
    );
  const property = fc.property(objects, ([schema, members]) => {
    const body = parseJson(
      `{${Object.entries(members)
        .map(([name, value]) => `${JSON.stringify(name)}:${value}`)
        .join()}}`,
    );
    if (!isObject(body)) throw new Error("no object");
    const parsed = schema.parse(body);
    const read = fields.readFields(schema, body);
    expect(read).toStrictEqual(parsed);
    expect(Object.keys(read)).toEqual(Object.keys(parsed));
  });
  fc.assert(property, { numRuns: 3000 });
});
