import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import * as z from "zod";
import { readJson } from "../../platform/read-json.ts";
import { inProject } from "../local/project-path.ts";

const remembered = z.object({ build: z.string() });

/** The build of a Worker whose deployment from this folder came to its end last; undefined when none did. */
export async function readLastBuild(worker: string): Promise<string | undefined> {
  const text = await readFile(fileOf(worker), "utf8").catch(() => "");
  return remembered.safeParse(readJson(text)).data?.build;
}

/** Remembers that a deployment came to its end; undefined before one begins. */
export async function rememberBuild(worker: string, build: string | undefined): Promise<void> {
  await mkdir(dirname(fileOf(worker)), { recursive: true });
  await writeFile(fileOf(worker), JSON.stringify({ build }));
}

function fileOf(worker: string): string {
  return inProject(`.wrangler/deployed/${worker}.json`);
}
