import { execFile, spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { inProject } from "../../src/cli/local/project-path.ts";
import { columns } from "../../src/cli/terminal.ts";
import { type Mutant, mutantsOf } from "./mutants.ts";

/**
 * How many small changes of the code the tests notice. In a clone of the last commit one mutant after another takes
 * its place, and the tests that know the module run: first those that import it, then its stage's.
 * Usage: `npm run mutations [-- <number> [<seed>]]`.
 */
const [number = "120", seed = "1"] = process.argv.slice(2);

/** The pure core and the consumers: what a fault in would cost an event, a login or a secret. */
const STAGES = ["events", "vendors", "intake", "config", "login", "delivery", "log", "janitor"];
/** Files of schemas and words only, and what is generated. */
const PASSED_OVER = /(^|\/)(index|words|classes|parts\/.*|schemas|kinds|.*-schema)\.ts$/;
/** A mutant that loops for ever is noticed, too. For the tests that know it, for those of its stage, for all others. */
const LIMITS_MS = [60_000, 120_000, 400_000];

const run = promisify(execFile);
const clone = await mkdtemp(join(tmpdir(), "hookswitch-mutations-"));
process.once("exit", () => rmSync(clone, { recursive: true, force: true }));
await run("git", ["clone", "-q", inProject("."), clone]);
await run("npm", ["ci"], { cwd: clone });

const survivors: string[][] = [];
const chosen = choose(Number(number), Number(seed));
for (const [position, { file, mutant, source }] of chosen.entries()) {
  const line = source.slice(0, mutant.start).split("\n").length;
  const change = `${oneLine(source.slice(mutant.start, mutant.end))} -> ${oneLine(mutant.replacement)}`;
  writeFileSync(join(clone, file), source.slice(0, mutant.start) + mutant.replacement + source.slice(mutant.end));
  const caught = await isNoticed(file);
  writeFileSync(join(clone, file), source);
  console.log(`${position + 1}/${chosen.length} ${caught ? "noticed" : "SURVIVED"} ${file}:${line} ${change}`);
  if (!caught) survivors.push([`${file}:${line}`, change]);
}
const noticed = chosen.length - survivors.length;
console.log(
  `\n${noticed} of ${chosen.length} noticed (${((100 * noticed) / chosen.length).toFixed(1)} %), seed ${seed}`,
);
console.log(columns(survivors).join("\n"));

interface Chosen {
  readonly file: string;
  readonly source: string;
  readonly mutant: Mutant;
}

/** A sample that a seed repeats: each module has its chance by the number of its mutants. */
function choose(count: number, start: number): Chosen[] {
  const all = STAGES.flatMap((stage) => filesIn(`src/${stage}`)).flatMap((file): Chosen[] => {
    const source = readFileSync(join(clone, file), "utf8");
    return mutantsOf(file, source).map((mutant) => ({ file, source, mutant }));
  });
  let state = start;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  return Array.from({ length: count }, () => all.splice(Math.floor(random() * all.length), 1)).flat();
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(join(clone, folder), { recursive: true, encoding: "utf8" });
  return entries.filter((name) => name.endsWith(".ts") && !PASSED_OVER.test(name)).map((name) => `${folder}/${name}`);
}

async function isNoticed(file: string): Promise<boolean> {
  const tests = readdirSync(join(clone, "test"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts") && !/^(e2e|project|cli)\//.test(name))
    .map((name) => `test/${name}`);
  const near = tests.filter((test) => readFileSync(join(clone, test), "utf8").includes(`/${basename(file)}"`));
  const [, stage = ""] = file.split("/");
  const rest = tests.filter((test) => test.startsWith(`test/${stage}/`) && !near.includes(test));
  const others = tests.filter((test) => !near.includes(test) && !rest.includes(test));
  for (const [step, tests] of [near, rest, others].entries()) {
    if (tests.length > 0 && (await fails(tests, LIMITS_MS[step] ?? 0))) return true;
  }
  return false;
}

/** Whether a test fails. Workers that still run then are ended. */
async function fails(tests: readonly string[], limit: number): Promise<boolean> {
  const vitest = join(clone, "node_modules/vitest/vitest.mjs");
  const args = [vitest, "run", "--bail=1", ...tests];
  const child = spawn(process.execPath, args, { cwd: clone, stdio: "ignore", detached: true });
  const timer = setTimeout(() => child.kill("SIGKILL"), limit);
  const code = await new Promise((resolve) => child.once("exit", resolve));
  clearTimeout(timer);
  endGroup(child.pid);
  return code !== 0;
}

function endGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, "SIGKILL");
  } catch {
    // All of it has ended by itself.
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").slice(0, 70);
}
