import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runNode } from "../../cli/run.ts";
import { openRelay } from "../../e2e/relay.ts";
import { printClient } from "./print-client.ts";

const folder = mkdtempSync(join(tmpdir(), "hookswitch-api-"));
let text: string;

beforeAll(async () => {
  const relay = await openRelay({ sources: {} });
  text = await (await fetch(`${relay.url}/api/openapi.json`)).text();
  await relay.close();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** What does not hold here: a relay is on this machine; what every operation refuses with is told once, as `default`. */
const off = { "no-server-example.com": "off", "operation-4xx-response": "off", "tag-description": "off" } as const;

test("the OpenAPI document has nothing that its linter finds fault with", async () => {
  const config = await createConfig({ extends: ["recommended"], rules: off });
  const lint = (source: string) => lintFromString({ source, absoluteRef: "/openapi.json", config });
  const found = await lint(text);
  expect(found.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
  const broken = await lint(text.replace('"in":"path"', '"in":"pth"'));
  expect(broken.map(({ ruleId }) => ruleId)).toContain("struct");
});

test("a client that is made of it has the types of the operations", async () => {
  writeFileSync(join(folder, "client.ts"), printClient(JSON.parse(text)));
  copyFileSync("test/project/api/calls.txt", join(folder, "calls.ts"));
  const options = { strict: true, noEmit: true, module: "esnext", target: "es2024", types: [], skipLibCheck: true };
  const compilerOptions = { ...options, moduleResolution: "bundler", allowImportingTsExtensions: true };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["calls.ts"] }));
  const { code, out } = await runNode(["node_modules/typescript/lib/tsc.js", "-p", folder]);
  expect([code, out]).toEqual([0, ""]);
});
