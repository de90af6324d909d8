import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columns } from "../../src/cli/terminal.ts";

const EVENT = `evt_${"7".repeat(32)}`;
const rows = [
  ["16:16:56", "call.completed", "hcc", "✗ dead", EVENT, "call/953859260", "broken: status_500"],
  ["16:17:19", "call.answered", "voiso", "- unrouted", EVENT, "call/7"],
];

describe("rows as lines", () => {
  test("are one line each where there is room, or no terminal", () => {
    expect(columns([["a", "bb"], ["aaa"]], 80)).toEqual(["  a    bb", "  aaa"]);
    expect(columns(rows)).toHaveLength(2);
    expect(columns(rows).join("\n").split("\n")).toHaveLength(2);
  });

  test("go on further in where a terminal is too narrow, and no cell is broken", () => {
    expect(columns(rows, 80)).toEqual([
      `  16:16:56  call.completed  hcc    ✗ dead\n      ${EVENT}  call/953859260  broken: status_500`,
      `  16:17:19  call.answered   voiso  - unrouted\n      ${EVENT}  call/7`,
    ]);
  });

  test("keep every cell whole and in its order, and are too long only where one cell is", () => {
    const cell = fc.stringMatching(/^[a-z_]{1,30}$/);
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 8 })),
        fc.integer({ min: 40, max: 120 }),
        (all, most) => {
          const told = columns(all, most);
          expect(told.map((one) => one.trim().split(/\s+/))).toEqual(all);
          for (const line of told.join("\n").split("\n")) expect(line.length).toBeLessThanOrEqual(most);
        },
      ),
    );
  });
});
