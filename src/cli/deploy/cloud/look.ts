import * as z from "zod";
import { Refusal } from "../../refusal.ts";
import { ADDRESS, BUILD, PUBLIC_URL } from "../project/config.ts";
import type { Project } from "../project/project.ts";
import type { CloudAccount } from "./account.ts";
import { ApiRefusal } from "./api.ts";
import { listDeployments } from "./deployments.ts";

/** What there is of a relay in its account. */
export interface Found {
  /** Ids of the KV namespaces, by binding. */
  readonly namespaces: { readonly CONFIG?: string | undefined; readonly PERMISSIONS?: string | undefined };
  readonly database?: string | undefined;
  /** The queues by name, with the Workers that consume them; what is no Worker stands there by its kind (`http_pull`). */
  readonly queues: ReadonlyMap<string, readonly string[]>;
  /** Migrations that the database has. */
  readonly migrated: readonly string[];
  readonly worker?: LiveWorker | undefined;
  /** The account's name below workers.dev. */
  readonly subdomain?: string | undefined;
}

/** The Worker that runs. */
export interface LiveWorker {
  readonly build?: string | undefined;
  readonly address?: string | undefined;
  /** What it takes for its address without a secret: a variable that somebody set by hand. */
  readonly publicUrl?: string | undefined;
  readonly secrets: readonly string[];
  /** It shares the requests with another version. */
  readonly isSplit: boolean;
  /** It answers below workers.dev. */
  readonly isOpen: boolean;
  /** Its cron triggers; undefined when they are not told. */
  readonly crons?: readonly string[] | undefined;
}

const PER_PAGE = 100;
/** How Cloudflare says that there is no Worker of a name. */
const NO_WORKER_CODES = [10_007, 10_090];

const namespaces = z.array(z.object({ id: z.string(), title: z.string() }));
const databases = z.array(z.object({ uuid: z.string(), name: z.string() }));
const queues = z.array(
  z.object({
    queue_name: z.string(),
    consumers: z
      .array(
        z.object({
          type: z.string().optional(),
          script: z.string().optional(),
          script_name: z.string().optional(),
          service: z.string().optional(),
        }),
      )
      .default([]),
  }),
);
const bindings = z.object({
  bindings: z.array(z.object({ name: z.string(), type: z.string(), text: z.string().optional() })),
});
const crons = z.object({ schedules: z.array(z.object({ cron: z.string() })) });
const applied = z.array(z.object({ results: z.array(z.object({ name: z.string() })) }));

/** Looks at what there is, by name. Rejects when something cannot be seen: nothing is made on a guess. */
export async function look(account: CloudAccount, project: Project): Promise<Found> {
  const { names, ids } = project;
  const [kv, database, known, worker, subdomain] = await Promise.all([
    listNamespaces(account),
    findDatabase(account, names.database),
    findQueues(account, Object.values(names.queues)),
    findWorker(account, names.worker),
    findSubdomain(account),
  ]);
  const idOf = (binding: "CONFIG" | "PERMISSIONS") => {
    const id = ids[binding] ?? kv.find(({ title }) => title === names.namespaces[binding])?.id;
    if (ids[binding] !== undefined && !kv.some((one) => one.id === id)) throw notThere(binding, ids[binding]);
    return id;
  };
  if (ids.LOG !== undefined && ids.LOG !== database) throw notThere("LOG", ids.LOG);
  return {
    namespaces: { CONFIG: idOf("CONFIG"), PERMISSIONS: idOf("PERMISSIONS") },
    database,
    queues: known,
    migrated: database === undefined ? [] : await listMigrations(account, database),
    worker,
    subdomain,
  };
}

function notThere(binding: string, id: string): Refusal {
  return new Refusal(`wrangler.toml names ${id} for ${binding}, and this account has nothing of that id and name`);
}

async function listNamespaces({ id, api }: CloudAccount): Promise<z.infer<typeof namespaces>> {
  const all: z.infer<typeof namespaces> = [];
  for (let page = 1; ; page++) {
    const path = `accounts/${id}/storage/kv/namespaces?per_page=${PER_PAGE}&page=${page}`;
    const some = await api.call(namespaces, "GET", path);
    all.push(...some);
    if (some.length < PER_PAGE) return all;
  }
}

async function findDatabase({ id, api }: CloudAccount, name: string): Promise<string | undefined> {
  const path = `accounts/${id}/d1/database?name=${encodeURIComponent(name)}&per_page=${PER_PAGE}`;
  return (await api.call(databases, "GET", path)).find((one) => one.name === name)?.uuid;
}

async function findQueues({ id, api }: CloudAccount, names: readonly string[]): Promise<Map<string, string[]>> {
  const query = names.map((name) => `name=${encodeURIComponent(name)}`).join("&");
  const found = await api.call(queues, "GET", `accounts/${id}/queues?${query}`);
  return new Map(
    found
      .filter(({ queue_name }) => names.includes(queue_name))
      .map(({ queue_name, consumers }) => [
        queue_name,
        consumers.map(({ script, script_name, service, type = "a consumer of an unknown kind" }) => {
          return script ?? script_name ?? service ?? type;
        }),
      ]),
  );
}

/** The Worker of that name; undefined when there is none. */
export async function findWorker({ id, api }: CloudAccount, name: string): Promise<LiveWorker | undefined> {
  const script = `accounts/${id}/workers/scripts/${name}`;
  const live = await unlessMissing(api.call(bindings, "GET", `${script}/settings`), NO_WORKER_CODES);
  if (live === undefined) return undefined;
  const [schedules, open, deployed] = await Promise.all([
    unlessMissing(api.call(crons, "GET", `${script}/schedules`)),
    unlessMissing(api.call(z.object({ enabled: z.boolean() }), "GET", `${script}/subdomain`)),
    unlessMissing(listDeployments(id, api, name)),
  ]);
  const textOf = (name: string) => live.bindings.find((one) => one.name === name)?.text;
  return {
    build: textOf(BUILD),
    address: textOf(ADDRESS),
    publicUrl: textOf(PUBLIC_URL),
    isSplit: (deployed?.[0]?.versions.length ?? 1) > 1,
    secrets: live.bindings.filter(({ type }) => type === "secret_text").map((one) => one.name),
    isOpen: open?.enabled ?? true,
    crons: schedules?.schedules.map(({ cron }) => cron),
  };
}

async function findSubdomain({ id, api }: CloudAccount): Promise<string | undefined> {
  const told = z.object({ subdomain: z.string() });
  return (await unlessMissing(api.call(told, "GET", `accounts/${id}/workers/subdomain`)))?.subdomain;
}

async function listMigrations({ id, api }: CloudAccount, database: string): Promise<string[]> {
  const body = { sql: "SELECT name FROM d1_migrations" };
  try {
    const answered = await api.call(applied, "POST", `accounts/${id}/d1/database/${database}/query`, body);
    return answered.flatMap(({ results }) => results.map(({ name }) => name));
  } catch (error) {
    if (error instanceof ApiRefusal && /no such table/.test(error.message)) return [];
    throw error;
  }
}

/** `codes`: those that say that it is missing; any, unless given. */
async function unlessMissing<T>(asked: Promise<T>, codes?: readonly number[]): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    const isMissing = error instanceof ApiRefusal && error.status === 404;
    if (isMissing && (codes === undefined || codes.includes(error.code))) return undefined;
    throw error;
  }
}
