import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import * as z from "zod";
import { LOOPBACK } from "../listen.ts";
import type { WorkerModule } from "./bundle.ts";
import { inProject, quiet } from "./place.ts";

type Bindings = Readonly<Record<string, string>>;
const variables = z.record(z.string(), z.json()).default({});

type LogLine = (level: string, message: string) => void;

export interface WorkerOptions {
  readonly modules: readonly WorkerModule[];
  /** Folder of the local state, as wrangler's `--persist-to`. */
  readonly state: string;
  readonly port?: number | undefined;
  /** Variables and secrets; they replace those of wrangler.toml and .dev.vars. */
  readonly bindings?: Bindings | undefined;
  readonly onLog?: LogLine | undefined;
}

/** A Worker without code, to work on the state before the relay runs. */
export const emptyWorker: readonly WorkerModule[] = [
  { type: "ESModule", path: "index.js", contents: new TextEncoder().encode("export default {}") },
];

/** What wrangler.toml and .dev.vars say, as the local runtime understands it. */
function readWorkerOptions() {
  Object.assign(process.env, quiet);
  const { workerOptions } = unstable_getMiniflareWorkerOptions(inProject("wrangler.toml"));
  // The build has settled what each module is.
  const { modulesRules: _, bindings, ...options } = workerOptions;
  return { ...options, bindings: variables.parse(bindings) };
}

/** The variables and secrets of wrangler.toml and .dev.vars. */
export function readVariables(): Record<string, string> {
  const entries = Object.entries(readWorkerOptions().bindings);
  return Object.fromEntries(entries.flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])));
}

/** Runs a Worker with the bindings of wrangler.toml on the local state. Ends with this process at the latest. */
export async function runWorker({ modules, state, port, bindings, onLog }: WorkerOptions): Promise<Miniflare> {
  const options = readWorkerOptions();
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      host: LOOPBACK,
      port: port ?? 0,
      cf: false,
      telemetry: { enabled: false },
      resourcePersistencePath: join(state, "v3"),
      handleStructuredLogs: ({ level, message }) => onLog?.(level, message),
      workers: [
        {
          ...options,
          name: "hookswitch",
          modules: modules.map((module) => ({ ...module })),
          bindings: { ...options.bindings, ...bindings },
        },
      ],
    }),
  );
  await runtime.ready;
  return runtime;
}
