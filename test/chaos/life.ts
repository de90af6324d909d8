import { env } from "cloudflare:workers";
import { refusedStatement } from "./limits.ts";
import type { Line } from "./line.ts";

/** What the Worker calls. `fetch`: the destinations. */
export type Outside = "CONFIG" | "PERMISSIONS" | "LOG" | "EVENTS" | "RETRIES" | "DEAD" | "GATE" | "fetch";
/** `ends`: with it the invocation. */
type Wrong = "fails" | "hangs" | "ends";
/** What is wrong with a binding, at all times or for some calls: `what` is the SQL and its values, the key, the method, or the URL and what is sent. */
export type Trouble = Wrong | ((what: string) => Wrong | undefined);
export type Troubles = Partial<Record<Outside, Trouble | undefined>>;

/** How one call goes wrong: it fails, or the invocation ends there; before what was asked for was done, or after. */
export const blows = ["fails", "fails, but is done", "dies", "dies when it is done"] as const;
export interface Strike {
  /** Which call of the invocation, from 1. */
  readonly at: number;
  readonly how: (typeof blows)[number];
}

/** The queues of the world, by the binding that sends to them. */
export type Lines = Readonly<Record<"EVENTS" | "RETRIES" | "DEAD", Line>>;

/** The secret by which a request to a destination names the life that made it. */
export const LIFE = "HEADER_LIFE";

/** One invocation of the Worker: its bindings are the real ones, but each call may go wrong, or be its last. */
export class Life {
  readonly id = crypto.randomUUID();
  readonly env: Env;
  readonly ended: Promise<void>;
  calls = 0;
  #end: () => void = () => undefined;
  #dead = false;
  readonly #troubles: Troubles;
  readonly #stale: ReadonlyMap<string, string>;
  readonly #strike: Strike | undefined;

  /** @param stale what KV shows, by key, instead of what stands there */
  constructor(lines: Lines, troubles: Troubles, stale: ReadonlyMap<string, string>, strike?: Strike) {
    this.#troubles = troubles;
    this.#stale = stale;
    this.#strike = strike;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    const { CONFIG, PERMISSIONS, LOG, GATE } = env;
    const bindings = {
      CONFIG: this.#store("CONFIG", CONFIG),
      PERMISSIONS: this.#store("PERMISSIONS", PERMISSIONS),
      LOG: this.#log(LOG),
      GATE: this.#gates(GATE),
      EVENTS: this.#queue("EVENTS", lines.EVENTS),
      RETRIES: this.#queue("RETRIES", lines.RETRIES),
      DEAD: this.#queue("DEAD", lines.DEAD),
      [LIFE]: this.id,
    };
    this.env = { ...env, ...bindings };
  }

  get isDead(): boolean {
    return this.#dead;
  }

  /** Nothing that the invocation still awaits will ever come. */
  die(): void {
    this.#dead = true;
    this.#end();
  }

  /** Makes a call, unless it is the one that goes wrong. */
  async call<T>(outside: Outside, what: string, perform: () => Promise<T>): Promise<T> {
    if (this.#dead) return never();
    this.calls += 1;
    const blow = this.#strike?.at === this.calls ? this.#strike.how : undefined;
    const trouble = this.#troubles[outside];
    const wrong = typeof trouble === "function" ? trouble(what) : trouble;
    if (wrong === "ends") this.die();
    if (wrong === "hangs" || wrong === "ends") return never();
    if (wrong === "fails" || blow === "fails") throw new Error(`${outside} is down`);
    if (blow === "dies") this.die();
    else {
      const value = await perform();
      if (blow === "dies when it is done") this.die();
      if (blow === "fails, but is done") throw new Error(`the answer of ${outside} was lost`);
      if (!this.#dead) return value;
    }
    return never();
  }

  #store(name: "CONFIG" | "PERMISSIONS", real: KVNamespace): KVNamespace {
    const get = (key: string) => this.call(name, key, async () => this.#stale.get(key) ?? real.get(key));
    return Object.assign(Object.create(real), { get });
  }

  #queue(name: keyof Lines, line: Line): Queue {
    return Object.assign(Object.create(env[name]), {
      send: (body: unknown, options: QueueSendOptions = {}) =>
        this.call(name, "send", async () => line.send([{ body, ...options }])),
      sendBatch: (messages: Iterable<MessageSendRequest>) =>
        this.call(name, "sendBatch", async () => line.send([...messages])),
    });
  }

  #log(real: D1Database): D1Database {
    const known = new WeakMap<D1PreparedStatement, { readonly text: string; readonly refused: Error | undefined }>();
    const ask = <T>(statements: readonly D1PreparedStatement[], perform: () => Promise<T>) => {
      const asked = statements.flatMap((statement) => known.get(statement) ?? []);
      return this.call("LOG", asked.map(({ text }) => text).join("\n"), () => {
        const refused = asked.find(({ refused }) => refused !== undefined)?.refused;
        return refused === undefined ? perform() : Promise.reject(refused);
      });
    };
    const watch = (statement: D1PreparedStatement, sql: string, values: unknown[]): D1PreparedStatement => {
      const { bind, run, all, first } = statement;
      const text = [sql, ...values.filter((value) => typeof value === "string")].join("\n");
      known.set(statement, { text, refused: refusedStatement(sql, values) });
      return Object.assign(statement, {
        bind: (...bound: unknown[]) => watch(bind.apply(statement, bound), sql, bound),
        run: () => ask([statement], () => run.call(statement)),
        all: () => ask([statement], () => all.call(statement)),
        first: () => ask([statement], () => first.call(statement)),
      });
    };
    return Object.assign(Object.create(real), {
      prepare: (sql: string) => watch(real.prepare(sql), sql, []),
      batch: (statements: D1PreparedStatement[]) => ask(statements, () => real.batch(statements)),
    });
  }

  #gates(real: Env["GATE"]): Env["GATE"] {
    const getByName = (name: string) => {
      const gate = real.getByName(name);
      type Gate = typeof gate;
      return {
        admit: (asked: Parameters<Gate["admit"]>[0]) => this.call("GATE", "admit", async () => gate.admit(asked)),
        report: (told: Parameters<Gate["report"]>[0]) => this.call("GATE", "report", async () => gate.report(told)),
        pause: (reason: string) => this.call("GATE", "pause", async () => gate.pause(reason)),
        resume: () => this.call("GATE", "resume", async () => gate.resume()),
        status: () => this.call("GATE", "status", async () => gate.status()),
      };
    };
    return Object.assign(Object.create(real), { getByName });
  }
}

function never(): Promise<never> {
  return new Promise(() => undefined);
}
