import { rmSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type WorkerModule, writeModules } from "../../local/build/worker-modules.ts";
import type { Project } from "../project/project.ts";
import { runWrangler } from "./wrangler.ts";

/** A secret that the Worker gets. Only `PUBLIC_URL` ever replaces one that it has, when the relay moves. */
export interface SecretToSet {
  readonly name: string;
  readonly value: string;
  /** What is made by this command is shown once. */
  readonly from: "made" | "environment" | ".dev.vars" | "plan";
}

const OWNER_ONLY = 0o600;

/** Brings the database to today's tables. They only grow, so that the code of before runs on them, too. */
export async function migrateRemotely({ configFile }: Project, environment: NodeJS.ProcessEnv): Promise<void> {
  await runWrangler(["d1", "migrations", "apply", "LOG", "--remote", "--config", configFile], environment);
}

/**
 * Deploys the Worker with its triggers, and secrets with it, which lie in a file only as long as that takes.
 * @param build what was built and named; nothing is built again
 */
export async function upload(
  { configFile }: Project,
  build: readonly WorkerModule[],
  secrets: readonly SecretToSet[],
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "hookswitch-deploy-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  try {
    const file = join(folder, "secrets.json");
    const values = Object.fromEntries(secrets.map(({ name, value }) => [name, value]));
    await writeFile(file, JSON.stringify(values), { mode: OWNER_ONLY });
    const [main] = await writeModules(folder, build);
    // It is minified already.
    const given = [
      "--no-bundle",
      "--no-minify",
      "--config",
      configFile,
      ...(secrets.length === 0 ? [] : ["--secrets-file", file]),
    ];
    await runWrangler(["deploy", ...(main === undefined ? [] : [main]), ...given], environment);
  } finally {
    process.off("exit", remove);
    remove();
  }
}
