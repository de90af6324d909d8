import { describe, expect, it } from "vitest";
import * as z from "zod";
import { exposureOf } from "../../../src/api/masks/exposure.ts";
import { layOpen } from "../../../src/api/masks/lay-open.ts";
import { maskFor } from "../../../src/api/masks/mask.ts";
import type { Role } from "../../../src/config/schema/access.ts";
import { parseJson } from "../../../src/events/json.ts";
import { openText, personal, personText, shown, subjectText, userName } from "../../../src/platform/shown.ts";

function masked(schema: z.ZodType, value: unknown, role: Role = "viewer"): unknown {
  return maskFor(exposureOf(schema), role)(value, { hidden: false });
}

const phone = z.string().register(shown, { as: "phone" });
const agentId = z.string().register(shown, { as: "agent_id" });

describe("what nobody has classed", () => {
  it.each([
    ["a text", z.string()],
    ["a text that may be missing", z.string().nullable().optional()],
    ["anything", z.unknown()],
    ["a list", z.array(z.string())],
    ["a text or what is open", z.union([openText, z.string()])],
    ["what is open or a text", z.union([z.string(), openText])],
    ["a value of a form that nobody has thought of", z.lazy(() => z.string())],
    ["an address", z.email()],
  ])("is hidden: %s", (_name, schema) => {
    const hidden = JSON.stringify(masked(schema, schema instanceof z.ZodArray ? ["canary"] : "canary"));
    expect([hidden.includes("canary"), hidden.includes("***")]).toEqual([false, true]);
  });

  it("is left out where no schema names it", () => {
    const item = z.looseObject({ id: openText });
    expect(masked(item, { id: "7", name: "canary" })).toEqual({ id: "7" });
    expect(masked(z.record(z.string(), z.int()), { canary: 1 })).toEqual({});
  });

  it("is hidden where a list or an object stands in the place of a text", () => {
    expect(masked(z.object({ name: openText, id: userName }), { name: { x: "canary" }, id: ["canary"] })).toEqual({
      name: "***",
      id: "***",
    });
  });

  it("is hidden where a value has another form than its schema", () => {
    const schema = z.object({ n: z.int(), at: z.iso.datetime(), state: z.enum(["on"]), list: z.array(openText) });
    const odd = { n: "canary", at: "canary", state: "canary", list: { canary: "canary" } };
    expect(masked(schema, odd)).toEqual({ n: "***", at: "***", state: "***", list: "***" });
    const right = { n: 1, at: "2026-11-20T09:02:00Z", state: "on", list: ["x"] };
    expect(masked(schema, right)).toEqual(right);
  });
});

describe("a value is shown by its class and the role", () => {
  it.each([
    [openText, "evt_1", "evt_1", "evt_1", "evt_1"],
    [userName, "nora_k", "***", "nora_k", "nora_k"],
    [agentId, "41", "41", "41", "41"],
    [agentId, "nora_k", "***", "nora_k", "nora_k"],
    [personText, "Nora", "***", "***", "Nora"],
    [personText, "", "", "", ""],
    [personText, null, null, null, null],
    [personal, { a: ["Nora"] }, "***", "***", { a: ["Nora"] }],
    [phone, "+36301234567", "***4567", "***4567", "+36301234567"],
    [phone, "+36 (30) 123-45 67", "***4567", "***4567", "+36 (30) 123-45 67"],
    [phone, "4567", "***", "***", "4567"],
    [phone, "nora@example.com", "***", "***", "nora@example.com"],
    [phone, "sip:nora4567", "***", "***", "sip:nora4567"],
    [subjectText, "call/7", "call/7", "call/7", "call/7"],
    [subjectText, "ticket/7/302", "ticket/7/302", "ticket/7/302", "ticket/7/302"],
    [subjectText, "agent/41", "agent/41", "agent/41", "agent/41"],
    [subjectText, "agent/nora_k", "agent/***", "agent/nora_k", "agent/nora_k"],
    [subjectText, "customer/7/88213", "customer/***", "customer/***", "customer/7/88213"],
    [subjectText, "lead/Nora/7", "lead/***", "lead/***", "lead/Nora/7"],
    [subjectText, "Nora", "***", "***", "Nora"],
  ])("%#", (schema, value, viewer, supervisor, admin) => {
    const seen = (["viewer", "supervisor", "operator", "admin"] as const).map((role) => masked(schema, value, role));
    expect(seen).toEqual([viewer, supervisor, supervisor, admin]);
  });

  it("a number keeps its digits", () => {
    expect(JSON.stringify(masked(z.object({ n: z.number() }), parseJson('{"n":9007199254740993}')))).toBe(
      '{"n":9007199254740993}',
    );
  });
});

describe("laying open", () => {
  const clear = {
    data: { customer: { name: "Nora", fields: { "a.b": { c: 1, d: 2 } } } },
    raw: { x: [{ y: 1, z: 2 }] },
  };
  const hidden = { data: { customer: { name: "***", fields: "***" } }, raw: "***" };

  it.each([
    [["data.customer.name"], { ...hidden, data: { customer: { name: "Nora", fields: "***" } } }],
    [["data.customer.fields.a.b.c"], { ...hidden, data: { customer: { name: "***", fields: { "a.b": { c: 1 } } } } }],
    [["data.customer"], { ...hidden, data: clear.data }],
    [["raw.x.y"], { ...hidden, raw: { x: [{ y: 1 }] } }],
    [["raw.x.0.z"], { ...hidden, raw: { x: [{ z: 2 }] } }],
    [["raw", "data"], clear],
  ])("%j shows that, and no more", (paths, value) => {
    expect(layOpen(hidden, clear, paths)).toEqual({ value, found: new Set(paths) });
  });

  it("finds nothing where nothing is", () => {
    for (const path of ["data.customer.nam", "data.customer.name.x", "raw.y", "raw.x.1", "raw.x.y.z"]) {
      expect(layOpen(hidden, clear, [path])).toEqual({ value: hidden, found: new Set() });
    }
  });
});
