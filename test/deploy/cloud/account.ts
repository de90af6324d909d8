import { randomUUID } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import * as z from "zod";

/** What Cloudflare refuses, with the codes that it refuses it with. */
export class CloudRefusal extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const binding = z.looseObject({
  name: z.string(),
  type: z.string(),
  text: z.string().optional(),
  namespace_id: z.string().optional(),
  id: z.string().optional(),
  queue_name: z.string().optional(),
});
/** The metadata of an upload. */
export const upload = z.looseObject({
  bindings: z.array(binding).default([]),
  keep_bindings: z.array(z.string()).default([]),
  migrations: z.looseObject({ new_tag: z.string() }).optional(),
});

type Binding = z.infer<typeof binding>;

interface Worker {
  readonly id: string;
  readonly versions: { readonly id: string; readonly bindings: readonly Binding[] }[];
  /** Ids of the versions that were live, the newest first. */
  readonly deployments: string[];
  tag: string | undefined;
  crons: readonly { readonly cron: string }[];
  isOpen: boolean;
}

interface Queue {
  readonly queue_id: string;
  readonly queue_name: string;
  readonly consumers: { readonly consumer_id: string; readonly type: "worker"; script: string; settings: unknown }[];
}

const refuse = (status: number, code: number, message: string): never => {
  throw new CloudRefusal(status, code, message);
};

/** One account of Cloudflare's, as far as a deploy sees it. */
export class Cloud {
  /** The account's name below workers.dev. */
  subdomain: string | undefined = "acme";
  /** Whether the API says which cron triggers a Worker has. */
  tellsCrons = true;
  readonly namespaces = new Map<
    string,
    { readonly id: string; readonly title: string; readonly values: Map<string, string> }
  >();
  readonly databases = new Map<
    string,
    { readonly uuid: string; readonly name: string; readonly sqlite: DatabaseSync }
  >();
  readonly queues = new Map<string, Queue>();
  readonly workers = new Map<string, Worker>();

  makeNamespace(title: string) {
    if ([...this.namespaces.values()].some((one) => one.title === title))
      refuse(400, 10014, "a namespace with this account ID and title already exists");
    const made = { id: randomUUID().replaceAll("-", ""), title, values: new Map<string, string>() };
    this.namespaces.set(made.id, made);
    return { id: made.id, title };
  }

  namespace(id: string) {
    return this.namespaces.get(id) ?? refuse(404, 10013, "namespace not found");
  }

  makeDatabase(name: string) {
    if ([...this.databases.values()].some((one) => one.name === name))
      refuse(400, 7502, "A database with that name already exists");
    const made = { uuid: randomUUID(), name, sqlite: new DatabaseSync(":memory:") };
    this.databases.set(made.uuid, made);
    return { uuid: made.uuid, name };
  }

  /** Runs SQL, all of it or nothing of it. */
  query(uuid: string, sql: string) {
    const database = this.databases.get(uuid) ?? refuse(404, 7404, `The database ${uuid} could not be found`);
    try {
      if (/^\s*(select|pragma|with)\b/i.test(sql)) return answerOf(database.sqlite.prepare(sql).all());
      database.sqlite.exec(`BEGIN;${sql};COMMIT`);
      return answerOf([]);
    } catch (error) {
      if (database.sqlite.isTransaction) database.sqlite.exec("ROLLBACK");
      return refuse(400, 7500, `${error instanceof Error ? error.message : error}: SQLITE_ERROR`);
    }
  }

  makeQueue(name: string) {
    if (this.queues.has(name)) refuse(409, 11009, `Queue name '${name}' is already taken`);
    const made: Queue = { queue_id: randomUUID().replaceAll("-", ""), queue_name: name, consumers: [] };
    this.queues.set(name, made);
    return made;
  }

  queue(id: string): Queue {
    return [...this.queues.values()].find((one) => one.queue_id === id) ?? refuse(404, 11000, "queue not found");
  }

  consume(queue: Queue, script: string, settings: unknown) {
    if (queue.consumers.length > 0) refuse(409, 11004, "workers.api.error.consumer_exists");
    const made = { consumer_id: randomUUID(), type: "worker" as const, script, settings };
    queue.consumers.push(made);
    return made;
  }

  worker(name: string): Worker {
    return this.workers.get(name) ?? refuse(404, 10007, "This Worker does not exist on your account.");
  }

  liveBindings(name: string): readonly Binding[] {
    const { versions, deployments } = this.worker(name);
    return versions.find(({ id }) => id === deployments[0])?.bindings ?? [];
  }

  /** Adds a version; what its bindings name has to be there. */
  addVersion(name: string, metadata: z.infer<typeof upload>): string {
    const worker = this.workers.get(name) ?? newWorker();
    const before = this.workers.has(name) ? this.liveBindings(name) : [];
    const bindings = metadata.bindings.map((one) => {
      if (one.type !== "inherit") return one;
      const inherited = before.find((old) => old.name === one.name);
      return inherited ?? refuse(400, 10057, `inherit binding '${one.name}' is invalid`);
    });
    for (const { type, namespace_id = "", id = "", queue_name = "" } of bindings) {
      if (type === "kv_namespace") this.namespace(namespace_id);
      if (type === "d1" && !this.databases.has(id)) refuse(400, 10021, "binding of type d1 must have a valid `id`");
      if (type === "queue" && !this.queues.has(queue_name)) refuse(400, 10021, `queue ${queue_name} does not exist`);
    }
    const isNew = (one: Binding) => !bindings.some((other) => other.name === one.name);
    const kept = before.filter((one) => metadata.keep_bindings.includes(one.type) && isNew(one));
    const version = { id: randomUUID(), bindings: [...bindings, ...kept] };
    worker.versions.push(version);
    worker.tag = metadata.migrations?.new_tag ?? worker.tag;
    this.workers.set(name, worker);
    return version.id;
  }

  /** Of an older version that has other secrets than the live one, Cloudflare wants to hear that this is meant. */
  refuseOtherSecrets(name: string, version: string): void {
    const secretsOf = (bindings: readonly Binding[] = []) =>
      new Map(bindings.flatMap(({ type, name, text }) => (type === "secret_text" ? [[name, text]] : [])));
    const { versions, deployments } = this.worker(name);
    const at = (id = "") => versions.findIndex((one) => one.id === id);
    if (at(version) > at(deployments[0])) return;
    const then = secretsOf(versions[at(version)]?.bindings);
    const now = secretsOf(this.liveBindings(name));
    const other = [...new Set([...then.keys(), ...now.keys()])].filter((one) => then.get(one) !== now.get(one));
    if (other.length > 0) refuse(400, 10220, `The following secrets have changed: ${other.join(", ")}`);
  }
}

function newWorker(): Worker {
  return { id: randomUUID(), versions: [], deployments: [], tag: undefined, crons: [], isOpen: false };
}

function answerOf(results: readonly unknown[]) {
  return [{ results, success: true, meta: { duration: 0, changes: 0, rows_read: 0, rows_written: 0 } }];
}
