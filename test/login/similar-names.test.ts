import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { similarNames } from "../../src/login/similar-names.ts";

const names = ["nora_k", "ivan", "ivana.petrov", "zoltan", "nora_b", "41", "1041"];

describe("near names", () => {
  it.each([
    ["nora", ["nora_b", "nora_k"]],
    ["NORA_K", ["nora_k", "nora_b"]],
    ["nroa_k", ["nora_k"]],
    ["mora_k", ["nora_k"]],
    ["norak", ["nora_k", "nora_b"]],
    ["ivn", ["ivan"]],
    ["iavn", ["ivan"]],
    ["soltan", ["zoltan"]],
    ["411", ["41"]],
    ["xyz", []],
    ["", []],
  ])("of %s are %j", (wanted, near) => {
    expect(similarNames(wanted, names).slice(0, Math.max(1, near.length))).toEqual(near);
  });

  it("are five at most, and each once", () => {
    const many = Array.from({ length: 100 }, (_, n) => `nora_${n % 50}`);
    expect(similarNames("nora_", many)).toHaveLength(5);
    expect(new Set(similarNames("nora_", many)).size).toBe(5);
  });

  it("begin with the name itself, if it is there", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.array(fc.string()), (name, others) => {
        const [first] = similarNames(name, [...others, name]);
        expect(similarNames(name, [first ?? ""])).toHaveLength(1);
      }),
    );
  });
});
