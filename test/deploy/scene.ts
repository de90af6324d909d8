import { CloudServer } from "./cloud/server.ts";
import { ProjectFolder } from "./folder.ts";

/** An account of its own and a clone of the project to deploy into it. */
export class Scene {
  readonly server = new CloudServer();
  readonly folder = new ProjectFolder();
  #account: NodeJS.ProcessEnv = {};

  /** `environment`: what else the commands find in theirs. */
  async open(environment: NodeJS.ProcessEnv = {}): Promise<this> {
    this.#account = { ...(await this.server.open()), ...environment };
    return this;
  }

  close(): void {
    this.server.close();
    this.folder.remove();
  }

  /** Runs `npm run deploy -- …`. `changes`: the calls of the API by which it changed something. */
  async deploy(...args: readonly string[]) {
    this.server.changes.length = 0;
    return { ...(await this.folder.run(["deploy", ...args], this.#account)), changes: [...this.server.changes] };
  }

  /** Runs `npm run rollback -- …`. */
  rollBack(...args: readonly string[]) {
    return this.folder.run(["rollback", ...args], this.#account);
  }

  /** Changes a secret as `wrangler secret put` does; the version that this makes. */
  rotate(name: string, text: string): string {
    const worker = this.cloud.worker("hookswitch");
    const others = this.cloud.liveBindings("hookswitch").filter((one) => one.name !== name);
    const bindings = [...others, { type: "secret_text", name, text }];
    const version = this.cloud.addVersion("hookswitch", { bindings, keep_bindings: [] });
    worker.deployments.unshift(version);
    return version;
  }

  get cloud() {
    return this.server.cloud;
  }

  bindings(worker = "hookswitch") {
    return new Map(this.cloud.liveBindings(worker).map((one) => [one.name, one]));
  }

  titles(): string[] {
    return [...this.cloud.namespaces.values()].map(({ title }) => title).sort();
  }

  /** Who consumes each queue. */
  consumers() {
    return Object.fromEntries(
      [...this.cloud.queues.values()].map(({ queue_name, consumers }) => [
        queue_name,
        consumers.map(({ script }) => script),
      ]),
    );
  }

  /** The migrations that each database has. */
  migrations() {
    const all = (sqlite: { prepare(sql: string): { all(): Record<string, unknown>[] } }) =>
      sqlite.prepare("SELECT name FROM d1_migrations").all();
    const databases = [...this.cloud.databases.values()];
    return Object.fromEntries(databases.map(({ name, sqlite }) => [name, all(sqlite).map((row) => row.name)]));
  }
}
