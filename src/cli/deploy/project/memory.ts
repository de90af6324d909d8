import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import * as z from "zod";
import { readJson } from "../../../platform/read-json.ts";
import { inProject } from "../../local/project-path.ts";
import { jurisdictionName } from "./jurisdiction.ts";

const remembered = z.object({
  /** The last build whose deployment came to its end. */
  build: z.string().optional(),
  /** Where it is reached. */
  address: z.string().optional(),
  /** Where what was made keeps its data. */
  jurisdiction: jurisdictionName.optional(),
  /** A first deploy made the parts, and has not come to its end. */
  isBegun: z.boolean().optional(),
});

/** What this folder remembers of a Worker in an account. */
export type Memory = z.infer<typeof remembered>;

/** Reads it; nothing where nothing was deployed from here. */
export async function remember(account: string, worker: string): Promise<Memory> {
  const text = await readFile(fileOf(account, worker), "utf8").catch(() => "");
  return remembered.safeParse(readJson(text)).data ?? {};
}

/** Keeps it. */
export async function keepInMind(account: string, worker: string, memory: Memory): Promise<void> {
  await mkdir(dirname(fileOf(account, worker)), { recursive: true });
  await writeFile(fileOf(account, worker), JSON.stringify(memory));
}

function fileOf(account: string, worker: string): string {
  return inProject(`.wrangler/deployed/${account}/${worker}.json`);
}
