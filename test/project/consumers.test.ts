import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import loggedIn from "../../docs/events/examples/agent.logged_in.json" with { type: "json" };
import completed from "../../docs/events/examples/call.completed.json" with { type: "json" };
import { quiet } from "../../src/cli/local/project-path.ts";
import { findFreePort } from "../cli/free-port.ts";
import { readCode } from "./docs/read-code.ts";

const PAGE = "docs/events.md";
const SECRET = "whsec_aG9va3N3aXRjaC1kZW1vLXNpbmstc2VjcmV0LTMyYg==";
const project = mkdtempSync(join(tmpdir(), "hookswitch-consumers-"));

beforeAll(() => {
  symlinkSync(resolve("node_modules"), join(project, "node_modules"));
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

/** A delivery as hookswitch makes it. */
function delivery(event: { readonly id: string }, secret = SECRET) {
  const body = JSON.stringify(event);
  const now = new Date();
  const headers = {
    "content-type": "application/cloudevents+json",
    "webhook-id": event.id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign(event.id, now, body),
  };
  return { method: "POST", headers, body };
}

const forged = `whsec_${Buffer.from("another secret of 32 bytes length").toString("base64")}`;

describe("the consumer for Node", () => {
  let consumer: ChildProcess;
  let url = "";
  let output = "";

  beforeAll(async () => {
    const [code = ""] = readCode(PAGE, "js");
    writeFileSync(join(project, "consumer.js"), code);
    const port = await findFreePort();
    url = `http://127.0.0.1:${port}/`;
    const env = { ...process.env, HOOKSWITCH_SECRET: SECRET, PORT: String(port) };
    consumer = spawn(process.execPath, [join(project, "consumer.js")], { env, stdio: ["ignore", "pipe", "inherit"] });
    consumer.stdout?.on("data", (chunk) => (output += chunk));
    for (let tries = 0; tries < 100; tries++) {
      if (await fetch(url).catch(() => undefined)) return;
      await wait(50);
    }
  });

  afterAll(async () => {
    consumer.kill();
    await once(consumer, "exit");
  });

  it("takes a signed event, and the same again without doing it twice", async () => {
    const statuses = [await fetch(url, delivery(completed)), await fetch(url, delivery(completed))];
    expect(statuses.map(({ status }) => status)).toEqual([204, 204]);
    expect(output.trim()).toBe("call/11142 10 s");
  });

  it("refuses what is signed by somebody else, or not at all", async () => {
    expect((await fetch(url, delivery(completed, forged))).status).toBe(401);
    expect((await fetch(url, { method: "POST", body: JSON.stringify(completed) })).status).toBe(401);
  });
});

describe("the consumer for Workers", () => {
  const sql = readCode(PAGE, "sql")[0] ?? "";
  let worker: Miniflare;

  beforeAll(async () => {
    const source = readCode(PAGE, "ts").find((code) => code.includes("export default")) ?? "";
    writeFileSync(join(project, "worker.ts"), source);
    const wrangler = resolve("node_modules/wrangler/bin/wrangler.js");
    const flags = ["--name=consumer", "--compatibility-date=2026-10-01", "--dry-run", `--outdir=${project}/dist`];
    const env = { ...process.env, ...quiet };
    execFileSync(process.execPath, [wrangler, "deploy", "worker.ts", ...flags], { cwd: project, env, stdio: "pipe" });
    const options = {
      modules: true,
      script: readFileSync(join(project, "dist/worker.js"), "utf8"),
      compatibilityDate: "2026-10-01",
      bindings: { HOOKSWITCH_SECRET: SECRET },
      d1Databases: ["DB"],
      cf: false,
    };
    worker = new Miniflare(convertV4MiniflareOptions(options));
    const db = await worker.getD1Database("DB");
    for (const statement of sql.split(";").filter((text) => text.trim() !== "")) await db.prepare(statement).run();
  }, 120_000);

  afterAll(() => worker.dispose());

  async function send(event: { readonly id: string }, secret?: string): Promise<number> {
    return (await worker.dispatchFetch("http://consumer.example/", delivery(event, secret))).status;
  }

  it("keeps an event once, and of a call the newest record", async () => {
    const id = (n: number) => `evt_${String(n).padStart(32, "0")}`;
    const newer = { ...completed, id: id(1), time: "2023-06-27T18:23:00.017Z", sequence: "01J00000000000000000000002" };
    const older = { ...completed, id: id(2), time: "2023-06-27T18:22:59Z", sequence: "01J00000000000000000000003" };
    const all = [completed, completed, newer, older, loggedIn];
    for (const event of all) expect(await send(event)).toBe(204);
    const db = await worker.getD1Database("DB");
    const { results: events } = await db.prepare("SELECT id FROM event ORDER BY rowid").all();
    expect(events.map((row) => row.id)).toEqual([completed.id, newer.id, older.id, loggedIn.id]);
    const { results: records } = await db.prepare("SELECT subject, body FROM call_record").all();
    expect(records).toEqual([{ subject: "call/11142", body: JSON.stringify(newer) }]);
  });

  it("refuses what is signed by somebody else", async () => {
    expect(await send(completed, forged)).toBe(401);
  });
});

describe("the TypeScript of the page", () => {
  it("compiles", () => {
    const paths = { "hookswitch/events": [resolve("src/events/index.ts")] };
    const types = [resolve("node_modules/@cloudflare/workers-types")];
    const compilerOptions = { strict: true, module: "esnext", moduleResolution: "bundler", target: "es2024" };
    const files = readCode(PAGE, "ts").map((code, n) => {
      writeFileSync(join(project, `page-${n}.ts`), `${code}\nexport {};\n`);
      return `page-${n}.ts`;
    });
    const settings = { compilerOptions: { ...compilerOptions, noEmit: true, skipLibCheck: true, paths, types }, files };
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify(settings));
    expect(execFileSync(resolve("node_modules/.bin/tsc"), ["-p", project], { encoding: "utf8" })).toBe("");
  });
});
