import fc from "fast-check";
import { expect, it } from "vitest";
import { remembered } from "../../src/platform/remembered.ts";

it("tells what the function tells, whatever was asked before", () => {
  const texts = fc.array(fc.oneof(fc.constantFrom("a", "b", "c", "__proto__", ""), fc.string()), { maxLength: 40 });
  const property = fc.property(texts, fc.integer({ min: 1, max: 4 }), (asked, maxTexts) => {
    const tell = (text: string) => (text.length % 3 === 0 ? undefined : text.length);
    const recall = remembered(tell, { maxTexts, maxCharacters: 5 });
    expect(asked.map(recall)).toEqual(asked.map(tell));
  });
  fc.assert(property);
});

it("asks once for what it remembers, and keeps no more and nothing longer than it may", () => {
  const told: string[] = [];
  const recall = remembered((text) => told.push(text), { maxTexts: 2, maxCharacters: 4 });
  for (const text of ["a", "b", "a", "b"]) recall(text);
  expect(told).toEqual(["a", "b"]);
  // The third takes the place of those that came before the last.
  for (const text of ["c", "a", "c"]) recall(text);
  expect(told).toEqual(["a", "b", "c", "a"]);
  for (const text of ["longer", "longer"]) recall(text);
  expect(told).toEqual(["a", "b", "c", "a", "longer", "longer"]);
});
