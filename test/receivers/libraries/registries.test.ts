import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { collectDeliveries, type Delivery, DUE } from "../processes/deliveries.ts";
import { keys } from "../signer.ts";

/** It installs from registries, which no test of the suite may. */
const isAsked = process.env.HOOKSWITCH_LIBRARIES === "1";

const told = z.object({ verified: z.number(), changed: z.number(), parsed: z.number(), versions: z.json() });
const folder = mkdtempSync(join(tmpdir(), "hookswitch-libraries-"));
const here = (name: string) => join(folder, name);

function run(language: string, program: string, ...parameters: string[]): string {
  const env = { ...process.env, GOFLAGS: "-mod=mod", GOTOOLCHAIN: "local" };
  return execFileSync(program, parameters, {
    cwd: here(language),
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

const libraries = [
  {
    language: "python",
    install: () => {
      run("python", "python3", "-m", "venv", "venv");
      run("python", "venv/bin/pip", "install", "-q", "standardwebhooks==1.1.0", "cloudevents==2.2.0");
    },
    accept: (file: string) => run("python", "venv/bin/python", "accepts.py", file),
  },
  {
    language: "go",
    install: () => {
      run("go", "go", "mod", "tidy");
      run("go", "go", "build", "-o", "accepts", "accepts.go");
    },
    accept: (file: string) => run("go", "./accepts", file),
  },
  {
    language: "java",
    install: () => run("java", "mvn", "-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory=jars"),
    accept: (file: string) => run("java", "java", "-cp", "jars/*", "Accepts.java", file),
  },
];

describe.skipIf(!isAsked)("the official libraries (SKIPPED unless `npm run test:libraries` asks)", () => {
  const file = here("deliveries.json");

  beforeAll(async () => {
    for (const { language, install } of libraries) {
      cpSync(join("test/receivers/libraries", language), here(language), { recursive: true });
      install();
    }
    const deliveries = (await collectDeliveries()).map((delivery) => ({ ...delivery, body: base64(delivery) }));
    writeFileSync(file, JSON.stringify({ secret: keys.next, deliveries }));
  }, 600_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(libraries)(
    "of $language verify every delivery and none that was changed, and parse every event",
    ({ language, accept }) => {
      const { versions, ...counts } = told.parse(JSON.parse(accept(file)));
      console.log(language, JSON.stringify(versions), JSON.stringify(counts));
      expect(counts).toEqual({ verified: DUE, changed: 0, parsed: DUE / 3 });
    },
  );
});

function base64({ body }: Delivery): string {
  return body.toString("base64");
}
