import { env } from "cloudflare:workers";
import { forgetRelay, loadRelay, type Source } from "../../src/config/load-relay.ts";

/** The permissions in real KV and the log in real D1, with a switch that makes either fail or hang. */
export interface Stores {
  readonly env: Pick<Env, "PERMISSIONS" | "LOG">;
  kv: "answers" | "fails" | "hangs";
  /** What KV shows instead of what stands in it, as it may for a while after a change; undefined: it shows that. */
  stale: string | null | undefined;
  log: "answers" | "fails" | "hangs";
  /** How often KV was asked. */
  reads: number;
  /** How often the log was asked. */
  statements: number;
  readonly defer: (work: Promise<unknown>) => void;
  /** Waits for all that goes on behind the responses. */
  readonly settle: () => Promise<void>;
  /** The same at the end: what hangs fails now. */
  readonly close: () => Promise<void>;
}

export function openStores(): Stores {
  const works: Promise<unknown>[] = [];
  const silence = new AbortController();
  const stores: Stores = {
    kv: "answers",
    stale: undefined,
    log: "answers",
    reads: 0,
    statements: 0,
    defer: (work) => works.push(work),
    close: () => {
      silence.abort(new Error("the store never answered"));
      return stores.settle();
    },
    settle: async () => {
      for (let work = works.shift(); work !== undefined; work = works.shift()) await work;
    },
    env: {
      PERMISSIONS: wrap(
        env.PERMISSIONS,
        "get",
        silence.signal,
        () => {
          stores.reads++;
          return stores.kv;
        },
        () => stores.stale,
      ),
      LOG: wrap(env.LOG, "prepare", silence.signal, () => {
        stores.statements++;
        return stores.log;
      }),
    },
  };
  return stores;
}

/** The binding itself but for one method, which may fail, or hang until the silence is over. */
function wrap<T extends KVNamespace | D1Database>(
  binding: T,
  method: string,
  silence: AbortSignal,
  state: () => Stores["kv"],
  instead: () => Stores["stale"] = () => undefined,
): T {
  return new Proxy(binding, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      if (name !== method) return member.bind(target);
      return (...parameters: unknown[]) => {
        const now = state();
        if (now === "fails") throw new Error("the store is down");
        if (now === "hangs") return hang(silence);
        const shown = instead();
        return shown === undefined ? member.apply(target, parameters) : Promise.resolve(shown);
      };
    },
  });
}

/** A promise that settles only at the end of the test, also as `prepare().bind().first()`. */
function hang(silence: AbortSignal): unknown {
  const silent = new Promise<never>((_, reject) => {
    silence.addEventListener("abort", () => reject(silence.reason));
  });
  const statement = { bind: () => statement, first: () => silent, all: () => silent, run: () => silent };
  return Object.assign(silent, statement);
}

/** A source as the configuration makes it. */
export async function loadSource(settings: object = {}): Promise<Source> {
  const acme = { vendor: "vcc-live", keys: ["test-key"], timezone: "Europe/Budapest", ...settings };
  await env.CONFIG.put("relay", JSON.stringify({ sources: { acme } }));
  forgetRelay();
  const works: Promise<unknown>[] = [];
  const relay = await loadRelay({ env, now: Date.now(), defer: (work) => works.push(work) });
  while (works.length > 0) await works.shift();
  const source = relay.state === "ready" ? relay.value.sources.get("acme") : undefined;
  if (source === undefined) throw new Error("the configuration is not valid");
  return source;
}
