import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { cpuMsOf } from "./floor/process-cpu.ts";
import { ownChild } from "./own-child.ts";

const VERSION = "4.1.2";
const PORT = 9960;
const LOOK_MS = 200;
const PATIENCE_MS = 60_000;

/** Node-RED, which sends what it gets to several receivers, and stores nothing. */
export interface NodeRed {
  readonly url: URL;
  readonly cpuMs: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Installs Node-RED into a temporary folder, and runs it with one flow. */
export async function openNodeRed(receivers: readonly string[]): Promise<NodeRed> {
  const folder = await mkdtemp(join(tmpdir(), "hookswitch-node-red-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await run("npm", ["install", "--no-audit", "--no-fund", "--silent", `node-red@${VERSION}`], folder);
    await writeFile(join(folder, "flow.json"), JSON.stringify(flowTo(receivers)));
    await writeFile(
      join(folder, "settings.js"),
      `module.exports = { uiPort: ${PORT}, uiHost: "127.0.0.1", httpAdminRoot: false, flowFile: "flow.json", credentialSecret: false, telemetry: { enabled: false } };`,
    );
    const script = join(folder, "node_modules/node-red/red.js");
    const child = spawn(process.execPath, [script, "--userDir", folder], { stdio: "ignore" });
    const { end } = ownChild(child);
    const close = async () => {
      await end();
      await remove();
    };
    const url = new URL(`http://127.0.0.1:${PORT}/hook`);
    await untilItListens(url).catch(async (error: unknown) => {
      await close();
      throw error;
    });
    return { url, cpuMs: () => cpuMsOf(child.pid ?? 0), close };
  } catch (error) {
    await remove();
    throw error;
  }
}

function flowTo(receivers: readonly string[]): object[] {
  const ids = receivers.map((_, n) => `to${n}`);
  const node = (id: string, type: string, wires: readonly string[][], more: object) => ({
    id,
    type,
    z: "tab",
    wires,
    ...more,
  });
  return [
    { id: "tab", type: "tab", label: "relay" },
    node("in", "http in", [["answer", ...ids]], { url: "/hook", method: "post" }),
    node("answer", "http response", [], { statusCode: "200" }),
    ...receivers.map((url, n) =>
      node(`to${n}`, "http request", [[]], { method: "POST", ret: "txt", paytoqs: "ignore", url, persist: true }),
    ),
  ];
}

async function untilItListens(url: URL): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await fetch(url, { method: "OPTIONS" }).catch(() => undefined);
    if (answer !== undefined) return;
    if (performance.now() > end) throw new Error("Node-RED does not start");
    await wait(LOOK_MS);
  }
}

async function run(command: string, words: readonly string[], cwd: string): Promise<void> {
  const child = spawn(command, words, { cwd, stdio: "ignore" });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  if (code !== 0) throw new Error(`${command} ${words[0]} ended with ${code}`);
}
