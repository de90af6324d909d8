import { watch } from "node:fs";
import { context } from "esbuild";
import type { WorkerModule } from "./bundle.ts";
import { inProject } from "./project-path.ts";

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
  const reload = async () => {
    const start = performance.now();
    try {
      const { outputFiles } = await build.rebuild();
      await ears.reload(
        outputFiles.map(({ contents }) => ({ type: "ESModule", path: "index.js", contents: new Uint8Array(contents) })),
      );
      ears.onReload(performance.now() - start);
    } catch (error) {
      ears.onFault(error instanceof Error ? error.message : String(error));
    }
  };
  let timer: NodeJS.Timeout | undefined;
  let reloading = Promise.resolve();
  watch(inProject("src"), { recursive: true }, (_event, name) => {
    if (name?.endsWith(".ts") !== true || name.startsWith("cli")) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      reloading = reloading.then(reload);
    }, QUIET_MS);
  });
}
