import { busyAnswer } from "../busy/sink-answers.ts";
import { assertFree, type Listening } from "../listen.ts";
import type { Arrival } from "../sink/arrival.ts";
import { type AskedHere, openSink } from "../sink/server.ts";
import { bindLocally } from "./bindings.ts";
import { bundleWorker } from "./build/bundle.ts";
import type { WorkerModule } from "./build/worker-modules.ts";
import { startCron } from "./runtime/cron.ts";
import { watchRuntimes } from "./runtime/runtimes.ts";
import { readVariables, reloadWorker, runWorker } from "./runtime/worker.ts";
import type { LocalSettings } from "./settings.ts";
import { makeSignInLink } from "./sign-in-link.ts";
import { readDocuments } from "./state/documents.ts";
import { lockState } from "./state/lock-state.ts";
import { keepRelayKey } from "./state/relay-key.ts";
import { type EditedDocument, prepareState, type ReplacedDocument } from "./state/state.ts";

export interface LocalEars {
  readonly onArrival: (arrival: Arrival) => void;
  /** A question that the sink answered as the demo's own system. */
  readonly onQuestion?: ((asked: AskedHere) => void) | undefined;
  /** A line that the Worker logged. */
  readonly onLog: (level: string, message: string) => void;
}

/** The relay and the sink as they run on this machine. */
export interface LocalRelay {
  readonly url: string;
  readonly sinkUrl: string;
  readonly adminToken: string;
  /** The configuration that stands in the local KV, as JSON text. */
  readonly relay: string;
  /** Values of the variables and secrets, by name. */
  readonly values: Readonly<Record<string, string>>;
  /** Documents edited by hand, which were kept. */
  readonly kept: readonly EditedDocument[];
  /** Documents edited since, which gave way to the operator's own files. */
  readonly replaced: readonly ReplacedDocument[];
  /** References of the configuration that stand for nothing. */
  readonly missing: readonly string[];
  /** Makes the link that signs in to the dashboard, once. */
  readonly signInLink: () => Promise<string>;
  /** Goes on with another build of the Worker. */
  readonly reload: (modules: readonly WorkerModule[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Runs relay, sink and cron; the state is migrated and filled before the first request can arrive.
 * @param build makes the Worker
 */
export async function openLocalRelay(
  settings: LocalSettings,
  ears: LocalEars,
  build: () => Promise<WorkerModule[]> = bundleWorker,
): Promise<LocalRelay> {
  const documents = await readDocuments(settings);
  const unlock = lockState(settings.state);
  watchRuntimes(settings.state);
  await assertFree(settings.port, "PORT").catch(endWith(unlock));
  let secrets: readonly string[] = [];
  const sink = await openSink({
    port: settings.sinkPort,
    secrets: () => secrets,
    status: 204,
    delayMs: 0,
    onArrival: ears.onArrival,
    onQuestion: ears.onQuestion ?? (() => undefined),
    answerAt: settings.busy === true ? busyAnswer : undefined,
  }).catch(endWith(unlock));
  const [modules, { relay, kept, replaced }] = await Promise.all([build(), prepareState(settings.state, documents)]);
  const { values, missing } = bindLocally(relay, settings, {
    environment: process.env,
    declared: readVariables(),
    relayKey: keepRelayKey(settings.state),
  });
  secrets = [...Object.values(values), ...relay.split('"')].filter((text) => text.startsWith("whsec_"));
  const { state, port } = settings;
  const worker = { state, port, bindings: values, onLog: ears.onLog };
  const runtime = await runWorker({ ...worker, modules });
  const stopCron = await startCron(runtime, (message) => ears.onLog("error", message));
  const reload = (changed: readonly WorkerModule[]) => reloadWorker(runtime, { ...worker, modules: changed });
  const close = async () => {
    stopCron();
    await runtime.dispose();
    await sink.close();
    unlock();
  };
  const local = describe(settings, sink, values);
  const signInLink = () => makeSignInLink(runtime, local.url);
  return { ...local, relay, values, kept, replaced, missing, signInLink, reload, close };
}

/** Gives back what was taken when it cannot go on. */
function endWith(unlock: () => void): (error: unknown) => never {
  return (error) => {
    unlock();
    throw error;
  };
}

function describe({ port }: LocalSettings, sink: Listening, { ADMIN_TOKEN = "" }: Readonly<Record<string, string>>) {
  return { url: `http://localhost:${port}`, sinkUrl: `http://localhost:${sink.port}`, adminToken: ADMIN_TOKEN };
}
