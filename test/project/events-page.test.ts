import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readCode } from "./docs/read-code.ts";

const PAGE = "docs/events.md";
const project = mkdtempSync(join(tmpdir(), "hookswitch-consumers-"));

afterAll(() => rmSync(project, { recursive: true, force: true }));

describe("the TypeScript of the page", () => {
  it("compiles", () => {
    const paths = { "hookswitch/events": [resolve("src/events/index.ts")] };
    const compilerOptions = { strict: true, module: "esnext", moduleResolution: "bundler", target: "es2024" };
    const files = readCode(PAGE, "ts").map((code, n) => {
      writeFileSync(join(project, `page-${n}.ts`), `${code}\nexport {};\n`);
      return `page-${n}.ts`;
    });
    const settings = {
      compilerOptions: { ...compilerOptions, noEmit: true, skipLibCheck: true, paths, types: [] },
      files,
    };
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify(settings));
    expect(execFileSync(resolve("node_modules/.bin/tsc"), ["-p", project], { encoding: "utf8" })).toBe("");
  });
});
