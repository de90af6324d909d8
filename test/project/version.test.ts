import { expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { version } from "../../src/version.ts";

it("is the same in the code as in package.json", () => {
  expect(version).toBe(manifest.version);
});
