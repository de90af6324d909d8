import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { Refusal } from "../../refusal.ts";
import { inProject, wranglerEnvironment } from "../project-path.ts";
import { readModules, type WorkerModule } from "./worker-modules.ts";

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
async function buildInto(folder: string, entry?: string): Promise<void> {
  const wrangler = inProject("node_modules/wrangler/bin/wrangler.js");
  const child = spawn(
    process.execPath,
    [wrangler, "deploy", ...(entry === undefined ? [] : [entry]), "--dry-run", "--outdir", folder],
    {
      cwd: inProject("."),
      env: wranglerEnvironment(),
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
