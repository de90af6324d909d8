import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WorkerModule } from "../src/cli/local/build/worker-modules.ts";
import { runWorker } from "../src/cli/local/runtime/worker.ts";
import { prepareState } from "../src/cli/local/state/state.ts";
import { type Client, openClient } from "./client.ts";
import { openReceivers, type Receivers } from "./receivers.ts";

const CONNECTIONS = 50;
const ADMIN_TOKEN = "bench-admin-token";
const RELAY_KEY = "YmVuY2gtcmVsYXkta2V5LXRoYXQtaXMtMzItYnl0ZXM=";

/** A relay that delivers to receivers on loopback. */
export interface DeliveryRelay {
  readonly client: Client;
  readonly receivers: Receivers;
  /** Sends the webhook of an agent who logs in. */
  readonly send: (agent: string) => Promise<void>;
}

/** Runs a new relay with a destination for each path, and ends it after the work. */
export async function withDeliveries<T>(
  modules: readonly WorkerModule[],
  paths: readonly string[],
  work: (relay: DeliveryRelay) => Promise<T>,
  variables: Readonly<Record<string, string>> = {},
  onLog: (message: string) => void = () => undefined,
): Promise<T> {
  const receivers = await openReceivers();
  const destinations = paths.map((path) => [path.slice(1), { url: receivers.url(path), secrets: [] }]);
  const config = JSON.stringify({
    sources: { ucontact: { vendor: "ucontact", keys: ["bench-key"], timezone: "UTC" } },
    destinations: Object.fromEntries(destinations),
  });
  const state = await mkdtemp(join(tmpdir(), "hookswitch-bench-"));
  await prepareState(state, { relay: { text: config }, permissions: new Map() });
  const bindings = { ...variables, ALLOW_PRIVATE_DESTINATIONS: "true", ADMIN_TOKEN, RELAY_KEY };
  const runtime = await runWorker({ modules, state, port: 0, bindings, onLog: (_, message) => onLog(message) });
  const client = openClient(await runtime.ready, CONNECTIONS);
  const send = async (agent: string) => {
    const body = JSON.stringify({ event: "AgentLog", date: "2026-00-20 09:00:00", agent, isLogin: true });
    await client.ask("/in/ucontact?key=bench-key", body);
  };
  try {
    return await work({ client, receivers, send });
  } finally {
    client.close();
    await runtime.dispose();
    await receivers.close();
    await rm(state, { recursive: true, force: true });
  }
}
