import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { bundleWorker } from "../../src/cli/local/build/bundle.ts";
import { writeModules } from "../../src/cli/local/build/worker-modules.ts";

/** Builds the Worker once for all tests that run it on this machine. */
export default async function buildOnce({ provide }: TestProject): Promise<() => Promise<void>> {
  const modules = await bundleWorker();
  const folder = await mkdtemp(join(tmpdir(), "hookswitch-worker-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  await writeModules(folder, modules).catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  provide("worker", folder);
  return remove;
}
