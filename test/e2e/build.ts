import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { buildInto } from "../../src/cli/local/bundle.ts";

/** Builds the Worker once for all tests that run it on this machine. */
export default async function buildOnce({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "hookswitch-worker-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  await buildInto(folder).catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  provide("worker", folder);
  return remove;
}
