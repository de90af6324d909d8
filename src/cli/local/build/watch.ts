import { readdirSync, watch } from "node:fs";
import { join, relative, sep } from "node:path";
import { context } from "esbuild";
import { inProject } from "../project-path.ts";
import type { WorkerModule } from "./worker-modules.ts";

/** An editor writes several files for one change. */
const QUIET_MS = 50;

/** Told of each change of the source. `ms`: how long building and `reload` took. */
export interface WatchEars {
  readonly reload: (modules: readonly WorkerModule[]) => Promise<void>;
  readonly onReload: (ms: number) => void;
  /** What was changed cannot be built or run; the Worker goes on as it was. */
  readonly onFault: (message: string) => void;
}

/** Builds the Worker anew when a file of src changes, in a moment: not minified, else as a deploy does. Never ends. */
export async function watchSource(ears: WatchEars): Promise<void> {
  const build = await context({
    absWorkingDir: inProject("."),
    entryPoints: ["src/index.ts"],
    outfile: "index.js",
    bundle: true,
    write: false,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*"],
    logLevel: "silent",
  });
  const modules = async (): Promise<WorkerModule[]> => {
    const { outputFiles } = await build.rebuild();
    return outputFiles.map(({ contents }) => ({
      type: "ESModule",
      path: "index.js",
      contents: new Uint8Array(contents),
    }));
  };
  let lastGood = await modules().catch(() => undefined);
  const reload = async () => {
    const start = performance.now();
    try {
      const built = await modules();
      await ears.reload(built).catch(async (error: unknown) => {
        if (lastGood !== undefined) await ears.reload(lastGood);
        throw error;
      });
      lastGood = built;
      ears.onReload(performance.now() - start);
    } catch (error) {
      ears.onFault(error instanceof Error ? error.message : String(error));
    }
  };
  let timer: NodeJS.Timeout | undefined;
  let reloading = Promise.resolve();
  watchFolders(inProject("src"), () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      reloading = reloading.then(reload);
    }, QUIET_MS);
  });
}

/** Tells of each file that changes. Folders are watched one by one: a watch of all misses what is saved by renaming. */
function watchFolders(root: string, onChange: () => void): void {
  const watched = new Set<string>();
  const add = () => {
    const inner = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isDirectory());
    for (const folder of [root, ...inner.map(({ parentPath, name }) => join(parentPath, name))]) {
      if (watched.has(folder) || relative(root, folder).split(sep)[0] === "cli") continue;
      watched.add(folder);
      watch(folder, (event) => {
        // What is new may be a folder.
        if (event === "rename") add();
        onChange();
      });
    }
  };
  add();
}
