import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { findFreePort } from "../cli/free-port.ts";
import { type Ended, runNode } from "../cli/run.ts";
import { runningIn, type Script, startNpm, until } from "./npm.ts";

const READY = 120_000;
const GONE = 60_000;
/** An edited map is in force after KV's own propagation, none here, plus 30 s. */
const IN_FORCE = 31_000;
const question = { projectId: 1, userId: 2, username: "x", groupId: 2, customData: [], secondaryProjectIds: [2, 3] };

const answer = z.record(z.string(), z.boolean());

const state = mkdtempSync(join(tmpdir(), "hookswitch-e2e-"));
let environment: Record<string, string>;
let relay: string;
let running: Script | undefined;

beforeAll(async () => {
  const [port, sinkPort] = [await findFreePort(), await findFreePort()];
  environment = { PORT: String(port), SINK_PORT: String(sinkPort), HOOKSWITCH_STATE: state };
  relay = `http://localhost:${port}`;
});
afterEach(() => {
  if (running !== undefined && runningIn(running.pid).length > 0) process.kill(-running.pid, "SIGKILL");
});
afterAll(() => rmSync(state, { recursive: true }));

async function start(): Promise<Script> {
  const started = startNpm(["start"], environment);
  running = started;
  const ready = until(started, READY, () => started.output().includes("Events at the sink"));
  const failed = started.ended.then((code) => {
    if (!started.output().includes("Events at the sink")) throw new Error(`ended with ${code}:\n${started.output()}`);
  });
  await Promise.race([ready, failed]);
  return started;
}

function wrangler(...args: string[]): Promise<Ended> {
  return runNode(["node_modules/wrangler/bin/wrangler.js", ...args, "--local", "--persist-to", state], {
    WRANGLER_SEND_METRICS: "false",
    WRANGLER_HIDE_BANNER: "true",
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
  });
}

async function ask(): Promise<Record<string, boolean>> {
  const response = await fetch(`${relay}/in/vcc/project-login?secret-key=demo-key`, {
    method: "POST",
    body: JSON.stringify(question),
  });
  return answer.parse(await response.json());
}

describe("npm start", () => {
  test("runs relay and sink, shares its state with wrangler, and Ctrl-C ends all of it", async () => {
    const script = await start();
    expect((await fetch(`${relay}/health`)).status).toBe(200);
    expect(script.output()).toContain(`${relay}/in/vcc/<kind>?secret-key=demo-key`);
    expect(script.output()).toMatch(/ dashboard +http:\/\/localhost:\d+\/dashboard\/sign-in#link=[\w-]{43} /);

    const migrations = await wrangler("d1", "migrations", "list", "LOG");
    expect(migrations.out, migrations.err).toContain("No migrations to apply");
    const map = await wrangler("kv", "key", "get", "vcc", "--binding", "PERMISSIONS");
    expect(JSON.parse(map.out)).toMatchObject({ groups: { "2": { allow: [1, 2, 3, 4, 5] } } });

    const edited = JSON.stringify({ users: { "2": { allow: [3] } } });
    await wrangler("kv", "key", "put", "vcc", edited, "--binding", "PERMISSIONS");
    await until(script, IN_FORCE, async () => (await ask())["3"] === true);
    await until(script, GONE, () => /login\.decided +vcc +✓ signed +agent\/2/.test(script.output()));

    process.kill(-script.pid, "SIGINT");
    await until(script, GONE, () => runningIn(script.pid).length === 0);
  }, 120_000);

  test("keeps a map that was edited by hand, and ends when npm alone is told to", async () => {
    const script = await start();
    expect(script.output()).toContain("vcc was edited by hand and is kept");
    expect(await ask()).toEqual({ "1": false, "2": false, "3": true });

    process.kill(script.pid, "SIGTERM");
    await until(script, GONE, () => runningIn(script.pid).length === 0);
  }, 120_000);
});

/** The processes with such a command line: those of a group, else whatever names the state. */
function find(pattern: RegExp, group?: number): number[] {
  const rows = execFileSync("ps", ["-eo", "pid=,pgid=,args="], { encoding: "utf8" }).split("\n");
  return rows.flatMap((row) => {
    const [, pid, pgid, args = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row) ?? [];
    const isMeant = group === undefined ? args.includes(state) : Number(pgid) === group;
    return isMeant && pattern.test(args) ? [Number(pid)] : [];
  });
}

test("npm start that is killed leaves no runtime behind, nor does the next one find it in its way", async () => {
  const first = await start();
  // Even the helper that would have ended the runtime is killed.
  for (const pid of [...find(/end-orphans\.sh/), ...find(/hookswitch\.js start/, first.pid)])
    process.kill(pid, "SIGKILL");
  await first.ended;
  // A killed process holds its ports for as long as it ends.
  await until(first, GONE, () => find(/hookswitch\.js start/, first.pid).length === 0);
  expect(find(/workerd/, first.pid)).not.toEqual([]);

  const second = await start();
  expect(find(/workerd/, first.pid)).toEqual([]);
  expect((await fetch(`${relay}/health`)).status).toBe(200);
  for (const pid of find(/hookswitch\.js start/, second.pid)) process.kill(pid, "SIGKILL");
  await until(second, GONE, () => runningIn(second.pid).length === 0 && find(/end-orphans\.sh/).length === 0);
}, 120_000);

test("npm run demo sends every vendor's webhooks, and each arrives with a valid signature", async () => {
  const { HOOKSWITCH_STATE: _, ...ports } = environment;
  const demo = startNpm(["run", "demo"], ports);
  running = demo;
  expect(await demo.ended, demo.output()).toBe(0);
  for (const vendor of ["vcc-live", "ucontact", "intelligent-contacts", "voiso"]) {
    expect(demo.output()).toMatch(new RegExp(`${vendor} .* ✓ signed`));
  }
  expect(demo.output()).toContain('{"1":true,"2":true,"3":false,"4":true,"5":true}');
  expect(demo.output()).toMatch(/All \d+ arrived with a valid signature, and the ledger balances\./);
  expect(runningIn(demo.pid)).toEqual([]);
}, 120_000);
