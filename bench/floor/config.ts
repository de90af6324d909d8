import type { WorkerModule } from "../../src/cli/local/build/worker-modules.ts";

/** What a Worker finds. */
export interface Contents {
  /** What KV holds, by key. */
  readonly values?: Readonly<Record<string, string>>;
  /** It has the relay's Durable Objects. */
  readonly isRelay?: boolean;
}

type Files = Readonly<Record<"worker" | "stores", readonly WorkerModule[]>>;

const TYPES = { ESModule: "esModule", Text: "text", Data: "data", CompiledWasm: "wasm" } as const;
const OBJECTS = { GATE: "Gate", INCIDENTS: "Incidents" } as const;

/** The runtime's configuration, with the bindings and flags of wrangler.toml; its stores and all that it fetches are a Worker beside it. */
export function writeConfig(files: Files, { values = {}, isRelay = false }: Contents): string {
  const objects = isRelay ? Object.entries(OBJECTS) : [];
  const namespaces = objects.map(([, name]) => `(className = "${name}", uniqueKey = "${name}", enableSql = true)`);
  const bindings = [
    ...objects.map(([binding, name]) => `(name = "${binding}", durableObjectNamespace = "${name}")`),
    ...["CONFIG", "PERMISSIONS"].map((name) => `(name = "${name}", kvNamespace = "stores")`),
    ...["EVENTS", "RETRIES", "DEAD"].map((name) => `(name = "${name}", queue = "stores")`),
    '(name = "LOG", wrapped = (moduleName = "cloudflare-internal:d1-api", innerBindings = [(name = "fetcher", service = "stores")]))',
    '(name = "RELAY_KEY", text = "YmVuY2gtcmVsYXkta2V5LXRoYXQtaXMtMzItYnl0ZXM=")',
    '(name = "PUBLIC_URL", text = "https://relay.example.com")',
  ];
  const texts = Object.keys(values).map((key, n) => `(name = "${key}", text = embed "value-${n}")`);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "worker", worker = .worker), (name = "stores", worker = .stores)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
);
const worker :Workerd.Worker = (
  modules = [${modules("worker", files)}],
  compatibilityDate = "2026-10-20",
  compatibilityFlags = ["no_nodejs_compat", "global_fetch_strictly_public"],
  durableObjectNamespaces = [${namespaces.join(", ")}],
  durableObjectStorage = (inMemory = void),
  bindings = [${bindings.join(", ")}],
  globalOutbound = "stores",
);
const stores :Workerd.Worker = (
  modules = [${modules("stores", files)}],
  compatibilityDate = "2026-10-20",
  bindings = [${texts.join(", ")}],
);
`;
}

function modules(name: keyof Files, files: Files): string {
  return files[name].map(({ path, type }) => `(name = "${path}", ${TYPES[type]} = embed "${name}-${path}")`).join(", ");
}
