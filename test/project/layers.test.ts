import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** Imports that go against the flow; each is written into a tree of its own and linted by the project's rules. */
const wrong = [
  ["src/platform/probe.ts", "../events/json.ts"],
  ["src/events/probe.ts", "../vendors/read.ts"],
  ["src/vendors/voiso/sideways.ts", "../ucontact/index.ts"],
  ["src/vendors/tomorrow/sideways.ts", "../voiso/index.ts"],
  ["src/vendors/voiso/platform.ts", "hono"],
  ["src/vendors/voiso/up.ts", "../../log/spool.ts"],
  ["src/status/probe.ts", "../log/spool.ts"],
  ["src/log/probe.ts", "../config/load-relay.ts"],
  ["src/config/probe.ts", "../intake/message.ts"],
  ["src/login/probe.ts", "../intake/message.ts"],
  ["src/respond/probe.ts", "../login/decide.ts"],
  ["src/login/respond.ts", "../respond/respond.ts"],
  ["src/intake/probe.ts", "../delivery/consume.ts"],
  ["src/delivery/probe.ts", "../login/decide.ts"],
  ["src/dashboard/probe.ts", "../log/spool.ts"],
  ["src/api/upwards.ts", "../dashboard/dashboard.tsx"],
  ["src/delivery/incidents.ts", "../incidents/step.ts"],
  ["src/incidents/probe.ts", "../api/operation.ts"],
  ["src/cli/probe.ts", "../delivery/consume.ts"],
  ["src/delivery/attempt/probe.ts", "../batch/held.ts"],
  ["src/delivery/attempt/gate.ts", "../gate/admission.ts"],
  ["src/delivery/gate/probe.ts", "../fan-out/fan-out.ts"],
  ["src/delivery/gate/login.ts", "../../login/decide.ts"],
  ["src/delivery/batch/probe.ts", "../retries/deliver.ts"],
  ["src/delivery/batch/requeue.ts", "../requeue/put-off.ts"],
  ["src/delivery/fan-out/probe.ts", "../replay/replay.ts"],
  ["src/delivery/requeue/probe.ts", "../fan-out/fan-out.ts"],
  ["src/delivery/retries/probe.ts", "../fan-out/fan-out.ts"],
] as const;

const tree = mkdtempSync(join(tmpdir(), "hookswitch-layers-"));
let findings = "";

function write(path: string, text: string): void {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), text);
}

beforeAll(async () => {
  copyFileSync("biome.json", join(tree, "biome.json"));
  for (const [path, module] of wrong)
    write(path, `import type * as other from "${module}";\nexport type Probe = typeof other;\n`);
  write(
    "src/delivery/fine.ts",
    'import type * as other from "../config/load-relay.ts";\nexport type Probe = typeof other;\n',
  );
  write("src/log/one.ts", 'import type { Two } from "./two.ts";\nexport type One = Two | 1;\n');
  write("src/log/two.ts", 'import type { One } from "./one.ts";\nexport type Two = One | 2;\n');
  const biome = resolve("node_modules/.bin/biome");
  const args = ["lint", "--reporter=github", "--vcs-enabled=false", "--max-diagnostics=100", "."];
  findings = await new Promise((done) => {
    execFile(biome, args, { cwd: tree }, (_error, stdout) => done(stdout));
  });
});

afterAll(() => rmSync(tree, { recursive: true }));

const found = (rule: string, path: string) =>
  findings.split("\n").filter((line) => line.includes(rule) && line.includes(`${path},line=`));

describe("the layers", () => {
  it.each(wrong)("%s may not import %s", (path) => {
    expect(found("noRestrictedImports", path)).toHaveLength(1);
  });

  it("may be imported downwards", () => {
    expect(found("noRestrictedImports", "src/delivery/fine.ts")).toEqual([]);
  });

  it("may not form a cycle, not even of types", () => {
    expect(found("noImportCycles", "src/log/one.ts")).toHaveLength(1);
    expect(found("noImportCycles", "src/log/two.ts")).toHaveLength(1);
  });
});
