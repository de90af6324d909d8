import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffLines } from "../../../../src/dashboard/parts/diff/diff-lines.ts";

const lines = fc.array(fc.constantFrom("a", "b", "c", "", "{"), { maxLength: 30 }).map((some) => some.join("\n"));

describe("the lines of two texts", () => {
  it("tell both of them, whatever they are", () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const told = diffLines(before, after) ?? [];
        const text = (unwanted: string) => told.flatMap((one) => (one.kind === unwanted ? [] : one.text)).join("\n");
        expect([text("new"), text("gone")]).toEqual([before, after]);
        const numbers = (side: "before" | "after") => told.flatMap((one) => one[side] ?? []);
        expect(numbers("before")).toEqual(before.split("\n").map((_, line) => line + 1));
        expect(numbers("after")).toEqual(after.split("\n").map((_, line) => line + 1));
      }),
    );
  });

  it("differ as little as can be", () => {
    const changed = (before: string, after: string) =>
      diffLines(before, after)?.flatMap(({ kind, text }) => (kind === "same" ? [] : `${kind} ${text}`));
    expect(changed("a\nb\nc", "a\nc")).toEqual(["gone b"]);
    expect(changed("a\nc", "a\nb\nc")).toEqual(["new b"]);
    expect(changed("a\nb\nc\nd", "a\nx\nc\ny")).toEqual(["gone b", "new x", "gone d", "new y"]);
    expect(changed("a", "a")).toEqual([]);
    expect(changed("", "a")).toEqual(["gone ", "new a"]);
  });

  it("are not compared where too many differ", () => {
    const some = (word: string) => Array.from({ length: 900 }, (_, line) => `${word} ${line}`).join("\n");
    expect(diffLines(some("a"), some("b"))).toBeUndefined();
  });
});
