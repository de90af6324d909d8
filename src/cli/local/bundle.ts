import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { text } from "node:stream/consumers";
import { Refusal } from "../refusal.ts";
import { inProject, quiet } from "./place.ts";

/** One module of the built Worker; the first is its entry. */
export interface WorkerModule {
  readonly type: "ESModule" | "Text" | "Data" | "CompiledWasm";
  readonly path: string;
  readonly contents: Uint8Array<ArrayBuffer>;
}

const moduleTypes = new Map<string, WorkerModule["type"]>([
  [".js", "ESModule"],
  [".txt", "Text"],
  [".html", "Text"],
  [".sql", "Text"],
  [".bin", "Data"],
  [".wasm", "CompiledWasm"],
]);

/** Builds the Worker exactly as a deploy does. */
export async function bundleWorker(): Promise<WorkerModule[]> {
  const folder = await mkdtemp(join(tmpdir(), "hookswitch-build-"));
  try {
    await build(folder);
    return await readModules(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function build(folder: string): Promise<void> {
  const wrangler = inProject("node_modules/wrangler/bin/wrangler.js");
  const child = spawn(process.execPath, [wrangler, "deploy", "--dry-run", "--outdir", folder], {
    cwd: inProject("."),
    env: { ...process.env, ...quiet },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const kill = () => child.kill();
  process.once("exit", kill);
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  const [code, complaints] = await Promise.all([exited, text(child.stderr)]);
  process.off("exit", kill);
  if (code !== 0) throw new Refusal(`the Worker cannot be built:\n${complaints.trim()}`);
}

async function readModules(folder: string): Promise<WorkerModule[]> {
  const names = (await readdir(folder)).sort((one, other) => Number(other === "index.js") - Number(one === "index.js"));
  const modules = names.map(async (name): Promise<WorkerModule[]> => {
    const type = moduleTypes.get(extname(name));
    return type === undefined
      ? []
      : [{ type, path: name, contents: new Uint8Array(await readFile(join(folder, name))) }];
  });
  return (await Promise.all(modules)).flat();
}
