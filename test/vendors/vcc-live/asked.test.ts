import { describe, expect, it } from "vitest";
import type { AskedKind, Reply } from "../../../src/vendors/asked-kind.ts";
import { ivr } from "../../../src/vendors/vcc-live/ivr.ts";
import { search } from "../../../src/vendors/vcc-live/search.ts";

/** Each character is a byte. */
const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const utf8 = (text: string) => new TextEncoder().encode(text);
const judge = (kind: AskedKind, type: string, bytes: Uint8Array) => {
  const judged = kind.judge({ type, bytes }, {});
  return typeof judged === "string"
    ? judged
    : [judged.type, new TextDecoder("utf-8", { ignoreBOM: true }).decode(judged.bytes)];
};
const found = (name: string) => `{"result":{"uniqueId":"id","customers":[{"id":1,"name":"${name}"}]}}`;

describe.each<[string, AskedKind, (name: string) => string]>([
  ["ivr", ivr, (name) => `{"name":"${name}"}`],
  ["search", search, found],
])("JSON for %s", (_, kind, json) => {
  it.each([
    ["application/json", utf8(json("Zoë")), "application/json"],
    ["application/json; charset=UTF-8", utf8(json("Zoë")), "application/json; charset=UTF-8"],
    ["text/json", utf8(json("Zoë")), "text/json"],
    ["application/json; charset=utf-8", utf8(`\ufeff${json("Zoë")}`), "application/json; charset=utf-8"],
    ["application/json; charset=iso-8859-1", bytesOf(json("Zo\u00eb")), "application/json"],
  ])("of %s arrives in UTF-8", (type, bytes, arrives) => {
    expect(judge(kind, type, bytes)).toEqual([arrives, json("Zoë")]);
  });

  it("in UTF-8 is that, whatever its label says", () => {
    const type = "application/json; charset=iso-8859-1";
    expect(judge(kind, type, utf8(json("Zoë")))).toEqual(["application/json", json("Zoë")]);
  });

  it.each([
    ["that is neither UTF-8 nor labelled", "application/json", bytesOf(json("Zo\u00eb"))],
    ["that breaks off", "application/json", utf8(json("x").slice(0, -1))],
  ])("%s is of no form", (_, type, bytes) => {
    expect(judge(kind, type, bytes)).toBe("form");
  });

  it.each(["application/problem+json", "text/html", "application/xml", "application/octet-stream"])(
    "under %s is of no type",
    (type) => {
      expect(judge(kind, type, utf8(json("x")))).toBe("type");
    },
  );
});

it("the texts of an IVR go on byte by byte", () => {
  for (const type of ["text/plain", "text/x-ini; charset=iso-8859-2", "Text/Plain; charset=nonsense"]) {
    const reply: Reply = { type, bytes: bytesOf("\u0000\u00ff a=\u00eb") };
    expect(ivr.judge(reply, {})).toBe(reply);
  }
});

it.each([
  [{ uuid: "a" }, "a"],
  [{ UUID: 7 }, "7"],
  [{ Uuid: "" }, undefined],
  [{}, undefined],
  [null, undefined],
  [["uuid"], undefined],
])("the call of the question %j is %j", (question, id) => {
  expect(ivr.callId(question)).toBe(id);
});
