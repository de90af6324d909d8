import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { describeEvents } from "../../../src/api/schemas/asyncapi.ts";
import { anyEventJsonSchema, titleOf } from "../../../src/events/schemas.ts";
import { eventTypes } from "../../../src/events/types.ts";
import { examplesOf } from "../../project/docs/examples.ts";
import { readPairs } from "../../project/docs/pairs.ts";

/** It installs from registries, which no test of the suite may. */
const isAsked = process.env.HOOKSWITCH_GENERATORS === "1";

const folder = mkdtempSync(join(tmpdir(), "hookswitch-generators-"));
const here = (name: string) => join(folder, name);
const read = (...path: string[]) => readFileSync(join(folder, ...path), "utf8");

function run(language: string, program: string, ...parameters: string[]): string {
  const env = { ...process.env, GOFLAGS: "-mod=mod", GOTOOLCHAIN: "local", GOBIN: here("go") };
  const stdio: ("ignore" | "pipe")[] = ["ignore", "pipe", "pipe"];
  try {
    return execFileSync(program, parameters, { cwd: here(language), env, encoding: "utf8", stdio, maxBuffer: 1 << 26 });
  } catch (error) {
    // What a compiler finds it prints.
    const printed = error instanceof Error && "stdout" in error ? String(error.stdout) : "";
    throw new Error(`${program} failed\n${printed.slice(0, 4000)}`, { cause: error });
  }
}

/** The names of what a generator declares, as a pattern finds them. */
function names(code: string, pattern: RegExp): string[] {
  return [...code.matchAll(pattern)].flatMap(([, name]) => name ?? []);
}

/** Every fixture as an event, one of each that the relay tells of itself, and whom a generated reader must refuse. */
async function collect() {
  const pairs = await readPairs();
  const events = [...pairs.map(({ event }) => event), ...examplesOf(pairs).map(({ event }) => event)].map((event) => {
    return z.looseObject({ type: z.enum(eventTypes) }).parse(JSON.parse(JSON.stringify(event)));
  });
  const [event] = events;
  const broken = [
    { ...event, type: "call.exploded" },
    { ...event, timesource: "guessed" },
    { ...event, data: { call: { id: 1 } } },
  ];
  return { events, broken };
}

const page = readFileSync("docs/receivers/README.md", "utf8");
const parts = ["Call", "Agent", "Customer", "Ticket", "Durations", "TimeSource", "Direction", "CallCompleted"];

/** Go 1.22 and newer; the generator makes a struct of each event, and none of their union. */
function goProgram(): string {
  const cases = eventTypes.map((type) => `\t\tcase "${type}":\n\t\t\terr = json.Unmarshal(raw, new(${titleOf(type)}))`);
  return `package main

import (
	"encoding/json"
	"fmt"
	"os"
)

func read(raw json.RawMessage) (string, error) {
	var told struct{ Type string \`json:"type"\` }
	err := json.Unmarshal(raw, &told)
	if err == nil {
		switch told.Type {
${cases.join("\n")}
		default:
			err = fmt.Errorf("no such type")
		}
	}
	return told.Type, err
}

func main() {
	text, _ := os.ReadFile(os.Args[1])
	var given struct{ Events, Broken []json.RawMessage }
	if err := json.Unmarshal(text, &given); err != nil {
		panic(err)
	}
	parsed, broken := []string{}, 0
	for _, raw := range given.Events {
		name, err := read(raw)
		if err != nil {
			panic(fmt.Sprint(name, err))
		}
		parsed = append(parsed, name)
	}
	for _, raw := range given.Broken {
		if _, err := read(raw); err == nil {
			broken++
		}
	}
	out, _ := json.Marshal(map[string]any{"parsed": parsed, "broken": broken})
	fmt.Println(string(out))
}
`;
}

describe.skipIf(!isAsked)("what generators make of the schemas (SKIPPED unless `npm run test:generators` asks)", () => {
  let given: Awaited<ReturnType<typeof collect>>;
  const types = () => given.events.map(({ type }) => type);

  beforeAll(async () => {
    given = await collect();
    writeFileSync(here("events.json"), JSON.stringify(given));
    writeFileSync(here("schema.json"), JSON.stringify(anyEventJsonSchema()));
    writeFileSync(here("asyncapi.json"), JSON.stringify(describeEvents()));
    for (const language of ["typescript", "python", "go"]) mkdirSync(here(language));
    cpSync("test/receivers/generators/python", here("python"), { recursive: true });
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Tells of the classes, none of which may be a numbered copy. */
  function check(generator: string, declared: readonly string[]): void {
    const numbered = declared.filter((name) => /\d$/.test(name));
    console.log(`${generator}: ${declared.length} types, ${numbered.length} numbered: ${declared.join(" ")}`);
    expect(numbered).toEqual([]);
    expect(new Set(declared).size).toBe(declared.length);
    expect(declared).toEqual(expect.arrayContaining(parts));
    expect(declared).toEqual(expect.arrayContaining(eventTypes.map(titleOf)));
    const [, , , , types = ""] =
      page
        .split("\n")
        .find((line) => line.startsWith(`| \`${generator.split(" ")[0]}\``))
        ?.split("|") ?? [];
    expect(types.trim()).toMatch(new RegExp(`^${declared.length}; `));
  }

  it("TypeScript: json-schema-to-typescript", () => {
    writeFileSync(join(folder, "typescript/package.json"), '{ "private": true, "type": "module" }');
    run(
      "typescript",
      "npm",
      "install",
      "--no-audit",
      "--no-fund",
      "--ignore-scripts",
      "json-schema-to-typescript@16.0.0",
    );
    const code = run("typescript", "npx", "json2ts", "../schema.json");
    check("json-schema-to-typescript 16.0.0", names(code, /^export (?:interface|type) (\w+)/gm));
    const typed = given.events.map((event) => `const _: HookEvent = ${JSON.stringify(event)};`);
    const broken = given.broken.map((event) => `// @ts-expect-error\nconst _: HookEvent = ${JSON.stringify(event)};`);
    const blocks = [...typed, ...broken].map((line) => `{\n${line}\n}`);
    writeFileSync(here("typescript/events.ts"), `${code}\n${blocks.join("\n")}`);
    const options = ["--strict", "--noEmit", "--ignoreConfig", "--target", "es2022", "--module", "esnext"];
    run(
      "typescript",
      process.execPath,
      join(process.cwd(), "node_modules/typescript/lib/tsc.js"),
      ...options,
      "events.ts",
    );
  }, 300_000);

  it("Python: datamodel-code-generator and pydantic", () => {
    run("python", "python3", "-m", "venv", "venv");
    run("python", "venv/bin/pip", "install", "-q", "datamodel-code-generator==0.89.0", "pydantic");
    const options = ["--input-file-type", "jsonschema", "--output-model-type", "pydantic_v2.BaseModel"];
    run("python", "venv/bin/datamodel-codegen", "--input", "../schema.json", ...options, "--output", "events.py");
    check("datamodel-code-generator 0.89.0", names(read("python/events.py"), /^class (\w+)/gm));
    const told = JSON.parse(run("python", "venv/bin/python", "accepts.py", "../events.json"));
    expect(told).toEqual({ parsed: types().map(titleOf), broken: 0 });
  }, 300_000);

  it("Go: go-jsonschema", () => {
    run("go", "go", "install", "github.com/atombender/go-jsonschema@v0.24.1");
    const code = run("go", "./go-jsonschema", "-p", "main", "../schema.json");
    check("go-jsonschema 0.24.1", names(code, /^type (\w+)/gm));
    writeFileSync(here("go/events.go"), code);
    writeFileSync(here("go/main.go"), goProgram());
    writeFileSync(here("go/go.mod"), "module events\n\ngo 1.22\n");
    run("go", "go", "mod", "tidy");
    const told = JSON.parse(run("go", "go", "run", ".", "../events.json"));
    expect(told).toEqual({ parsed: types(), broken: 0 });
  }, 300_000);

  it("AsyncAPI's own parser takes the document", () => {
    run("typescript", "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "@asyncapi/parser@3.6.6");
    const program = `
      import { readFileSync } from "node:fs";
      import { Parser } from "@asyncapi/parser";
      const { document, diagnostics } = await new Parser().parse(readFileSync("../asyncapi.json", "utf8"));
      const told = diagnostics.filter(({ severity }) => severity < 2).map(({ code, message }) => [code, message]);
      console.log(JSON.stringify({ messages: document?.allMessages().length, told }));`;
    writeFileSync(here("typescript/parse.js"), program);
    expect(JSON.parse(run("typescript", "node", "parse.js"))).toEqual({ messages: eventTypes.length, told: [] });
  }, 300_000);
});
