import { readdirSync, readFileSync } from "node:fs";
import { parse } from "smol-toml";
import * as z from "zod";
import { inProject } from "../../local/project-path.ts";
import { Refusal } from "../../refusal.ts";
import { type ResourceNames, resourceNamesOf } from "./names.ts";

/** What deploy reads of wrangler.toml, or writes into its own copy of it; all the rest goes through as it is. */
const wranglerConfig = z.looseObject({
  name: z.string(),
  account_id: z.string().optional(),
  workers_dev: z.boolean().default(true),
  vars: z.record(z.string(), z.json()).default({}),
  kv_namespaces: z.array(z.looseObject({ binding: z.enum(["CONFIG", "PERMISSIONS"]), id: z.string().optional() })),
  d1_databases: z.tuple([
    z.looseObject({
      binding: z.literal("LOG"),
      database_name: z.string(),
      database_id: z.string().optional(),
      migrations_dir: z.string(),
    }),
  ]),
  queues: z.looseObject({
    producers: z.array(z.looseObject({ binding: z.enum(["EVENTS", "RETRIES", "DEAD"]), queue: z.string() })),
    consumers: z.array(z.looseObject({ queue: z.string(), dead_letter_queue: z.string().optional() })),
  }),
  ratelimits: z.array(z.looseObject({ namespace_id: z.string() })),
  routes: z.unknown().optional(),
  route: z.unknown().optional(),
  triggers: z.object({ crons: z.array(z.string()) }),
});

export type WranglerConfig = z.infer<typeof wranglerConfig>;

/** Ids of parts that are to be used, by binding. */
export type KnownIds = { readonly [binding in "CONFIG" | "PERMISSIONS" | "LOG"]?: string | undefined };

/** The project as it is to be deployed. */
export interface Project {
  readonly config: WranglerConfig;
  readonly names: ResourceNames;
  /** Ids that wrangler.toml itself has: somebody else made these parts, as Cloudflare's Deploy button does. */
  readonly ids: KnownIds;
  /** Names of the migrations, the oldest first. */
  readonly migrations: readonly string[];
  /** The generated configuration, which no version control keeps. */
  readonly configFile: string;
}

/**
 * Reads the project; Cloudflare's builds may call the Worker otherwise than wrangler.toml.
 * @param environment `staging` or any other word; production has none
 */
export function readProject(environment?: string): Project {
  const parsed = wranglerConfig.safeParse(readToml("wrangler.toml"));
  if (!parsed.success) throw new Refusal(`wrangler.toml cannot be deployed by this:\n${z.prettifyError(parsed.error)}`);
  const { routes, route, ...shared } = parsed.data;
  // A route leads to one Worker: another relay does not take production's.
  const config = environment === undefined ? parsed.data : shared;
  const ids = environment === undefined ? idsIn(config) : {};
  const usual = resourceNamesOf(process.env.WRANGLER_CI_OVERRIDE_NAME || config.name, environment);
  const folder = inProject(config.d1_databases[0].migrations_dir);
  return {
    config,
    ids,
    names: Object.values(ids).some((id) => id !== undefined) ? asWritten(config, usual) : usual,
    migrations: readdirSync(folder)
      .filter((name) => name.endsWith(".sql"))
      .sort(),
    configFile: inProject(`wrangler.${environment ?? "production"}.json`),
  };
}

function idsIn({ kv_namespaces, d1_databases: [log] }: WranglerConfig): KnownIds {
  return { ...Object.fromEntries(kv_namespaces.map(({ binding, id }) => [binding, id])), LOG: log.database_id };
}

/** What was made for this project has the names that stand in it. */
function asWritten({ d1_databases: [log], queues }: WranglerConfig, usual: ResourceNames): ResourceNames {
  const named = Object.fromEntries(queues.producers.map(({ binding, queue }) => [binding, queue]));
  return { ...usual, database: log.database_name, queues: { ...usual.queues, ...named } };
}

function readToml(file: string): unknown {
  try {
    return parse(readFileSync(inProject(file), "utf8"));
  } catch (error) {
    throw new Refusal(`${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}
