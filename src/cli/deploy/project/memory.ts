import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import * as z from "zod";
import { readJson } from "../../../platform/read-json.ts";
import { inProject } from "../../local/project-path.ts";

const remembered = z.object({ build: z.string().optional(), address: z.string().optional() });

/** What this folder remembers of a Worker: the last build whose deployment came to its end, and where it is reached. */
export type Memory = z.infer<typeof remembered>;

/** Reads it; nothing where nothing was deployed from here. */
export async function remember(worker: string): Promise<Memory> {
  const text = await readFile(fileOf(worker), "utf8").catch(() => "");
  return remembered.safeParse(readJson(text)).data ?? {};
}

/** Keeps it; no `build` before a deployment begins. */
export async function keepInMind(worker: string, memory: Memory): Promise<void> {
  await mkdir(dirname(fileOf(worker)), { recursive: true });
  await writeFile(fileOf(worker), JSON.stringify(memory));
}

function fileOf(worker: string): string {
  return inProject(`.wrangler/deployed/${worker}.json`);
}
