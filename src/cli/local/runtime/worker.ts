import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare, type V4MiniflareOptions } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import * as z from "zod";
import { LOOPBACK } from "../../listen.ts";
import type { WorkerModule } from "../build/worker-modules.ts";
import { inProject, quiet } from "../project-path.ts";

const variables = z.record(z.string(), z.json()).default({});

export interface WorkerOptions {
  readonly modules: readonly WorkerModule[];
  /** Folder of the local state, as wrangler's `--persist-to`. */
  readonly state: string;
  readonly port: number;
  /** Variables and secrets; they replace those of wrangler.toml and .dev.vars. */
  readonly bindings: Readonly<Record<string, string>>;
  /** Gets each line that the Worker logs. */
  readonly onLog: (level: string, message: string) => void;
}

/** What wrangler.toml and .dev.vars say, as the local runtime understands it. */
function readWorkerOptions() {
  Object.assign(process.env, quiet);
  const { workerOptions } = unstable_getMiniflareWorkerOptions(inProject("wrangler.toml"));
  // The build has settled what each module is.
  const { modulesRules: _, ...options } = workerOptions;
  return options;
}

/** The variables and secrets of wrangler.toml and .dev.vars. */
export function readVariables(): Record<string, string> {
  const entries = Object.entries(variables.parse(readWorkerOptions().bindings));
  return Object.fromEntries(entries.flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])));
}

/** Runs the Worker with the bindings of wrangler.toml on the local state. Ends with this process at the latest. */
export function runWorker(options: WorkerOptions): Promise<Miniflare> {
  return run(withBindings(options));
}

/** Puts other modules in the place of the Worker's; state and port stay. What waits in the local queues is lost. */
export async function reloadWorker(runtime: Miniflare, options: WorkerOptions): Promise<void> {
  await runtime.setOptions(locally(withBindings(options)));
}

function withBindings({ modules, state, port, bindings, onLog }: WorkerOptions): V4MiniflareOptions {
  const options = readWorkerOptions();
  return {
    port,
    resourcePersistencePath: pathOf(state),
    handleStructuredLogs: ({ level, message }) => onLog(level, message),
    workers: [
      {
        ...options,
        name: "hookswitch",
        modules: modules.map((module) => ({ ...module })),
        bindings: { ...variables.parse(options.bindings), ...bindings },
      },
    ],
  };
}

/** Opens KV and D1 of the local state without the Worker, to work on them before it runs. */
export function openStore(state: string): Promise<Miniflare> {
  // An empty script has neither the Worker's classes nor its queue handler.
  const storage = { ...readWorkerOptions(), durableObjects: {}, queueConsumers: {} };
  return run({
    resourcePersistencePath: pathOf(state),
    workers: [{ ...storage, name: "store", modules: true, script: "export default {}" }],
  });
}

async function run(options: V4MiniflareOptions): Promise<Miniflare> {
  const runtime = new Miniflare(locally(options));
  await runtime.ready;
  return runtime;
}

function locally(options: V4MiniflareOptions) {
  const local = { host: LOOPBACK, port: 0, cf: false, telemetry: { enabled: false } };
  return convertV4MiniflareOptions({ ...local, ...options });
}

/** Where wrangler keeps its state within the folder. */
function pathOf(state: string): string {
  return join(state, "v3");
}
