import { build } from "esbuild";
import type { WorkerModule } from "../../src/cli/local/build/worker-modules.ts";
import { inProject } from "../../src/cli/local/project-path.ts";

/** Builds a Worker that is no relay as the relay is built: one minified module. */
export async function bundleBare(entry: string): Promise<WorkerModule[]> {
  const { outputFiles } = await build({
    entryPoints: [inProject(entry)],
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
  });
  return outputFiles.map(({ contents }) => ({
    type: "ESModule",
    path: "index.js",
    contents: new Uint8Array(contents),
  }));
}
