import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { parseRelay } from "../../src/config/parse-relay.ts";
import { parseJson } from "../../src/events/json.ts";
import { generic } from "../../src/vendors/generic/index.ts";
import { fillPaths, readPath } from "../../src/vendors/generic/path.ts";
import type { Mapping } from "../../src/vendors/source-settings.ts";
import type { Webhook } from "../../src/vendors/vendor.ts";

const RECEIVED_AT = Date.parse("2026-11-20T09:02:03Z");

function webhook(text: string, kind?: string): Webhook {
  return { kind, body: parseJson(text), receivedAt: RECEIVED_AT };
}
const normalize = (text: string, mapping: Mapping = {}, kind?: string) =>
  generic.normalize(webhook(text, kind), { id: "fifth", generic: mapping });

describe("a path", () => {
  const body = parseJson('{"a":{"b":[{"c":1},{"c":"two"}]},"d.e":3,"f":{"g.h":4},"":5,"n":null}');

  it.each([
    ["a.b.1.c", "two"],
    ["d.e", 3],
    ["f.g.h", 4],
    ["n", null],
    ["a.b", [{ c: 1 }, { c: "two" }]],
  ])("leads to %s", (path, value) => {
    expect(readPath(body, path)).toEqual(value);
  });

  it.each([
    "x",
    "a.x",
    "a.b.2.c",
    "a.b.-1",
    "a.b.c",
    "a.b.length",
    "n.x",
    "__proto__",
    "constructor.name",
    "a..b",
    ".",
  ])("leads nowhere: %s", (path) => {
    expect(readPath(body, path)).toBeUndefined();
  });

  test("in braces is filled, and one that leads nowhere fills nothing", () => {
    expect(fillPaths(body, "ticket/{d.e}/{a.b.0.c}")).toBe("ticket/3/1");
    expect(fillPaths(body, "ticket/{d.e}/{x}")).toBeUndefined();
    expect(fillPaths(body, "fixed")).toBe("fixed");
  });
});

describe("any body under any mapping", () => {
  it("becomes an unknown event, always the same", () => {
    const path = fc.oneof(fc.constantFrom("a", "a.b", "0", "a.0.b", "__proto__"), fc.string());
    const mappings = fc.record(
      { event: path, id: path, time: path, callId: path, subject: path.map((inner) => `x/{${inner}}`) },
      { requiredKeys: [] },
    );
    const bodies = fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom("a", "b", "0"), fc.jsonValue()));
    fc.assert(
      fc.property(
        bodies,
        mappings,
        fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
        (value, mapping, kind) => {
          const draft = normalize(JSON.stringify(value), mapping, kind);
          expect(draft).toMatchObject({ type: "vendor.unknown", data: {} });
          expect(draft.vendorEvent).not.toBe("");
          expect(draft.warnings).not.toContain("unknown_kind");
          expect(normalize(JSON.stringify(value), mapping, kind)).toEqual(draft);
        },
      ),
    );
  });
});

describe("the page about it", () => {
  const page = readFileSync(new URL("../../docs/vendors/generic.md", import.meta.url), "utf8");
  const documents = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, text = ""]) => ({ text }));

  it.each(documents)("shows a configuration that is taken: $text", ({ text }) => {
    expect(parseRelay(text, { allowPrivate: false })).toMatchObject({ state: "valid" });
  });

  test("shows some", () => {
    expect(documents.length).toBeGreaterThan(4);
  });
});
