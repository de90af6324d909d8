import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import type { PlanName } from "../../../config/plan.ts";
import type { WorkerModule } from "../../local/build/worker-modules.ts";
import type { Project, WranglerConfig } from "./project.ts";

/** Cloudflare's ids of what a relay is made of. */
export interface ResourceIds {
  readonly namespaces: Readonly<Record<"CONFIG" | "PERMISSIONS", string>>;
  readonly database: string;
}

/** Variables that only deploys read, of the Worker that runs: which build that is, and where it was said to be reached. */
export const BUILD = "BUILD";
export const ADDRESS = "ADDRESS";
/** The secret that tells the Worker where it is reached: no later deployment, whoever makes it, takes it away. */
export const PUBLIC_URL = "PUBLIC_URL";
const BUILD_HEX_DIGITS = 12;
/** Messages that an invocation of the Free plan may handle in its 10 ms of CPU; docs/operations.md has what was measured. */
const FREE_BATCH = 2;

/**
 * The configuration that is deployed: wrangler.toml's, with the names of this relay and the ids of its resources.
 * @param plan Cloudflare's plan of the account, as far as somebody said
 */
export function configOf(
  { config, names }: Project,
  ids: ResourceIds,
  account: string,
  plan: PlanName | undefined,
): WranglerConfig {
  const renamed = new Map(config.queues.producers.map(({ binding, queue }) => [queue, names.queues[binding]]));
  const rename = (queue: string) => renamed.get(queue) ?? queue;
  const [log] = config.d1_databases;
  // The address is a secret, which outlasts every deployment.
  const { PUBLIC_URL: _, ...vars } = config.vars;
  return {
    ...config,
    vars,
    name: names.worker,
    account_id: account,
    kv_namespaces: config.kv_namespaces.map((one) => ({ ...one, id: ids.namespaces[one.binding] })),
    d1_databases: [{ ...log, database_name: names.database, database_id: ids.database }],
    queues: {
      ...config.queues,
      producers: config.queues.producers.map((one) => ({ ...one, queue: rename(one.queue) })),
      consumers: config.queues.consumers.map((one) => ({
        ...one,
        queue: rename(one.queue),
        ...(plan === "free" ? { max_batch_size: FREE_BATCH } : {}),
        ...(one.dead_letter_queue === undefined ? {} : { dead_letter_queue: rename(one.dead_letter_queue) }),
      })),
    },
    ratelimits: config.ratelimits.map((one) => ({ ...one, namespace_id: names.rateLimit })),
  };
}

/** What tells one build from another: the Worker's code and all that it is configured with. */
export function buildOf(modules: readonly WorkerModule[], config: WranglerConfig): string {
  const hash = createHash("sha256").update(JSON.stringify(config));
  for (const { path, contents } of modules) hash.update(path).update(contents);
  return hash.digest("hex").slice(0, BUILD_HEX_DIGITS);
}

/** Writes the configuration of a deployment, for every later command of wrangler. */
export async function writeDeployConfig(
  { configFile }: Project,
  config: WranglerConfig,
  build: string,
  address: string | undefined,
): Promise<void> {
  const told = address === undefined ? {} : { [ADDRESS]: address };
  const whole = { ...config, vars: { ...config.vars, [BUILD]: build, ...told } };
  await writeFile(configFile, `${JSON.stringify(whole, undefined, 2)}\n`);
}
