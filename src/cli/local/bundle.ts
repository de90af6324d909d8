import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { text } from "node:stream/consumers";
import { Refusal } from "../refusal.ts";
import { inProject, quiet } from "./project-path.ts";

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

/**
 * Builds the Worker exactly as a deploy does.
 * @param entry its entry inside the project, unless it is wrangler.toml's
 */
export async function bundleWorker(entry?: string): Promise<WorkerModule[]> {
  const folder = mkdtempSync(join(tmpdir(), "hookswitch-build-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  try {
    await buildInto(folder, entry);
    return await readModules(folder);
  } finally {
    process.off("exit", remove);
    remove();
  }
}

/** Windows has no groups of processes. */
const hasGroups = process.platform !== "win32";

/** Builds the Worker into a folder, for `readModules`. */
export async function buildInto(folder: string, entry?: string): Promise<void> {
  const wrangler = inProject("node_modules/wrangler/bin/wrangler.js");
  const child = spawn(
    process.execPath,
    [wrangler, "deploy", ...(entry === undefined ? [] : [entry]), "--dry-run", "--outdir", folder],
    {
      cwd: inProject("."),
      env: { ...process.env, ...quiet },
      stdio: ["ignore", "ignore", "pipe"],
      detached: hasGroups,
      windowsHide: true,
    },
  );
  // wrangler starts further processes: the group is ended, and at once, so that none writes into the folder any more.
  const kill = () => (hasGroups && child.pid !== undefined ? process.kill(-child.pid, "SIGKILL") : child.kill());
  process.prependOnceListener("exit", kill);
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  const [code, complaints] = await Promise.all([exited, text(child.stderr)]);
  process.off("exit", kill);
  if (code !== 0) throw new Refusal(`the Worker cannot be built:\n${complaints.trim()}`);
}

/** What `buildInto` made. */
export async function readModules(folder: string): Promise<WorkerModule[]> {
  const names = (await readdir(folder)).sort((one, other) => Number(other === "index.js") - Number(one === "index.js"));
  const modules = names.map(async (name): Promise<WorkerModule[]> => {
    const type = moduleTypes.get(extname(name));
    return type === undefined
      ? []
      : [{ type, path: name, contents: new Uint8Array(await readFile(join(folder, name))) }];
  });
  return (await Promise.all(modules)).flat();
}
