import { describe, expect, it } from "vitest";
import { provenanceOf } from "../../../src/dashboard/events/provenance.ts";

describe("where a value comes from", () => {
  it.each([
    ["the one place where it stands", { id: "4711x" }, { uuid: "4711x" }, "uuid"],
    ["a number that the vendor wrote as text", { total: 1234 }, { seconds: "1234" }, "seconds"],
    ["a number to call that was written otherwise", { to: "+36301234567" }, { tel: "06 30 123-4567" }, "tel"],
    ["the place whose name is alike, of several", { agent: { id: 19 } }, { agent_id: 19, position: 19 }, "agent_id"],
    ["an item of a list", { words: ["alpha"] }, { list: ["alpha"] }, "list.0"],
  ])("is %s", (_, data, raw, from) => {
    const paths = ["id", "total", "to", "agent.id", "words.0"];
    expect(paths.flatMap((path) => provenanceOf(data, raw)(path) ?? [])).toEqual([from]);
  });

  it.each([
    ["what stands nowhere", { id: "computed" }, { other: "thing" }],
    ["what stands twice under other names", { id: "4711x" }, { a: "4711x", b: "4711x" }],
    ["what is short, under another name", { id: 1 }, { position: 1 }],
    ["words", { answered: true, none: null }, { yes: true, no: null }],
    ["nothing", { id: "" }, { empty: "" }],
    ["hidden values", { id: "***" }, "***"],
  ])("is not told of %s", (_, data, raw) => {
    const from = provenanceOf(data, raw);
    expect(["id", "answered", "none"].map(from)).toEqual([undefined, undefined, undefined]);
  });

  it("looks at the first of many values alone", () => {
    const raw = Object.fromEntries(Array.from({ length: 60_000 }, (_, at) => [`m${at}`, `value ${at}`]));
    expect(provenanceOf({ id: "value 7" }, raw)("id")).toBe("m7");
    expect(provenanceOf({ id: "value 59999" }, raw)("id")).toBeUndefined();
  });
});
