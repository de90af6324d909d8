import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { type HookEvent, seal } from "../../src/events/envelope.ts";
import { anyEventJsonSchema, dataJsonSchema, eventJsonSchema } from "../../src/events/schemas.ts";
import { eventTypes } from "../../src/events/types.ts";
import { vendorIds, vendorOf } from "../../src/vendors/index.ts";
import { fixturesOf } from "../vendors/fixtures.ts";

const ajv = addFormats.default(new Ajv2020({ strict: true, strictTypes: false, allErrors: true, discriminator: true }));

describe.each(eventTypes)("%s", (type) => {
  it("has a JSON Schema of its data and of the whole event, in the 2020-12 dialect", () => {
    for (const schema of [dataJsonSchema(type), eventJsonSchema(type)]) {
      expect(schema).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema", type: "object" });
      expect(ajv.validateSchema(schema)).toBe(true);
    }
  });

  it("forbids no field, since new ones may come", () => {
    expect(JSON.stringify(eventJsonSchema(type))).not.toContain('"additionalProperties":false');
  });
});

const validators = new Map(eventTypes.map((type) => [type, ajv.compile(eventJsonSchema(type))]));
const validateAny = ajv.compile(anyEventJsonSchema());

function faults(event: unknown, type: HookEvent["type"]): unknown {
  const validate = validators.get(type);
  return validate?.(event) === true ? [] : validate?.errors;
}

describe.each(vendorIds.map(vendorOf))("an event of $id", (vendor) => {
  it.each(fixturesOf(vendor))("fits the published schema: $name", async ({ event }) => {
    const sealed = await event();
    const published: unknown = JSON.parse(JSON.stringify(sealed));
    expect(faults(published, sealed.type)).toEqual([]);
    expect(validateAny(published)).toBe(true);
  });
});

describe("the published schema", () => {
  const event = seal(
    {
      type: "call.completed",
      vendorEvent: "call-saved",
      subject: "call/1",
      callId: "1",
      time: { at: "2025-02-03T09:19:01Z", from: "vendor" },
      data: { call: { id: "1", direction: "inbound", startedAt: "2025-02-03T09:15:20Z", durations: { talk: 170 } } },
      warnings: [],
    },
    {
      eventId: `evt_${"0".repeat(32)}`,
      source: "hcc",
      vendor: "intelligent-contacts",
      receipt: "rcpt_01J00000000000000000000000",
      receivedAt: Date.parse("2025-02-03T09:19:02Z"),
      publicUrl: "https://relay.example.com",
      raw: { call_id: 1 },
      warnings: [],
    },
  );
  const withCall = (call: object) => ({ ...event, data: { ...event.data, call } });

  it("takes a sound event, and one with fields of tomorrow", () => {
    expect(faults(event, "call.completed")).toEqual([]);
    expect(faults({ ...event, tomorrow: 1, data: { ...event.data, tomorrow: {} } }, "call.completed")).toEqual([]);
  });

  it("of one type refuses an event of another", () => {
    expect(faults(event, "call.hungup")).not.toEqual([]);
  });

  it.each<[string, object]>([
    ["an id of another form", { ...event, id: "evt_1" }],
    ["a type that does not exist", { ...event, type: "call.exploded" }],
    ["an unknown time source", { ...event, timesource: "guessed" }],
    ["a time without offset", { ...event, time: "2025-02-03 09:19:01" }],
    ["a month that does not exist", { ...event, time: "2025-13-03T09:19:01Z" }],
    ["a source outside of /sources/", { ...event, source: "hcc" }],
    ["another version of CloudEvents", { ...event, specversion: "0.3" }],
    ["an id that is a number", withCall({ id: 1 })],
    ["a class that does not exist", withCall({ direction: "sideways" })],
    ["a duration below zero", withCall({ durations: { talk: -1 } })],
    ["a part that is a list", { ...event, data: { call: [] } }],
    ["warnings that are no list", { ...event, data: { ...event.data, warnings: "none" } }],
  ])("refuses %s", (_, corrupt) => {
    expect(faults(corrupt, "call.completed")).not.toEqual([]);
    expect(validateAny(corrupt)).toBe(false);
  });

  it.each(["id", "source", "type", "specversion", "time", "data", "vendor", "sequence"])(
    "refuses an event without %s",
    (name) => {
      const rest = Object.fromEntries(Object.entries(event).filter(([key]) => key !== name));
      expect(faults(rest, "call.completed")).not.toEqual([]);
    },
  );
});
