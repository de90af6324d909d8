import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { assets } from "../../../src/dashboard/assets/built.ts";
import { printAssets } from "./print-assets.ts";

it("src/dashboard/assets/built.ts is what style/ and browser/ make", async () => {
  await expect(await printAssets()).toMatchFileSnapshot("../../../src/dashboard/assets/built.ts");
});

it("all that a page loads is below 30 kB, gzipped", () => {
  const bytes = Object.values(assets).map(({ text }) => gzipSync(text).byteLength);
  expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(30_000);
});
