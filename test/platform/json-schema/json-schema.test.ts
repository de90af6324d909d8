import { describe, expect, it } from "vitest";
import * as z from "zod";
import { define } from "../../../src/platform/json-schema/define.ts";
import { publishSchema } from "../../../src/platform/json-schema/publish.ts";
import { newestVersion, since } from "../../../src/platform/json-schema/version.ts";
import { writeMembers, writeSchema } from "../../../src/platform/json-schema/write.ts";

const card = z.object({ last4: z.string() }).meta({ title: "Card" });

describe("a schema for generators", () => {
  it("has each named schema once, in $defs, however deep it stands and however often", () => {
    const wallet = z.object({ cards: z.array(card), best: card.optional() }).meta({ title: "Wallet" });
    const person = z.object({ wallet, spare: z.record(z.string(), card) }).meta({ title: "Person" });
    const { $defs, properties, title } = publishSchema(writeSchema(person));
    expect(title).toBe("Person");
    expect(Object.keys($defs ?? {})).toEqual(["Card", "Wallet"]);
    expect(properties?.wallet).toEqual({ $ref: "#/$defs/Wallet" });
    expect($defs?.Wallet).toMatchObject({
      properties: { cards: { items: { $ref: "#/$defs/Card" } }, best: { $ref: "#/$defs/Card" } },
    });
    expect(properties?.spare).toMatchObject({ additionalProperties: { $ref: "#/$defs/Card" } });
  });

  it("refuses two that differ under one name", () => {
    const other = z.object({ number: z.string() }).meta({ title: "Card" });
    expect(() => define(writeSchema(z.object({ card, other })))).toThrow("two schemas are called Card");
  });

  it("says formats, not patterns of 250 characters; two types, not two schemas; no bounds that mean nothing", () => {
    const shape = {
      at: z.iso.datetime(),
      note: z.string().describe("A note.").nullable(),
      count: z.int(),
      few: z.int().max(5),
    };
    expect(writeSchema(z.object({ ...shape, names: z.record(z.string(), z.boolean()) })).properties).toEqual({
      at: { type: "string", format: "date-time" },
      note: { type: ["string", "null"], description: "A note." },
      count: { type: "integer" },
      few: { type: "integer", maximum: 5 },
      names: { type: "object", additionalProperties: { type: "boolean" } },
    });
  });

  it("written member by member is the same", () => {
    const object = z.object({ card: card.optional(), id: z.string().min(1) });
    const { additionalProperties: _, ...whole } = writeSchema(object);
    expect(writeMembers(object)).toEqual(whole);
  });
});

describe("versions of a schema", () => {
  const first = z.object({ id: z.string(), card: card.optional() });
  const second = first.extend({
    card: card
      .extend({ expiry: since(2, z.string()).optional() })
      .meta({ title: "Card" })
      .optional(),
  });
  const third = second.extend({ note: since(3, z.string().describe("A note.")) });
  const written = writeMembers(third);

  it("are as many as its youngest member says", () => {
    expect([first, second, third].map((schema) => newestVersion(writeMembers(schema)))).toEqual([1, 2, 3]);
  });

  it("do not change when members are added", () => {
    expect(publishSchema(written, 1)).toEqual(publishSchema(writeMembers(first), 1));
    expect(publishSchema(written, 2)).toEqual(publishSchema(writeMembers(second), 2));
  });

  it("have what came with them, the newest everything, and none tells of the number", () => {
    expect(publishSchema(written, 2).$defs?.Card).toMatchObject({ properties: { expiry: { type: "string" } } });
    expect(publishSchema(written)).toMatchObject({
      properties: { note: { type: "string", description: "A note." } },
      required: ["id", "note"],
    });
    expect(JSON.stringify(publishSchema(written))).not.toContain("since");
  });
});
