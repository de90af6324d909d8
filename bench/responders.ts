import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { WorkerModule } from "../src/cli/local/build/worker-modules.ts";
import { runWorker } from "../src/cli/local/runtime/worker.ts";
import { prepareState } from "../src/cli/local/state/state.ts";
import { type Client, openClient } from "./client.ts";
import { percentile, rounded } from "./figures.ts";

const WARM_UP = 300;
const PAIRS = 1500;
const STORM = 2000;
const LANES = 50;
const TIMEOUT_MS = 1500;
const DEAD_AFTER = 5;
const SECRET = "whsec_aG9va3N3aXRjaC1iZW5jaC1zZWNyZXQtMzJieXRlcyE=";
const IVR = "/in/vcc/ivr?secret-key=bench-key&caller=3615550199&menu=2";
const QUESTION = JSON.stringify({ caller: "3615550199", menu: "2" });

interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/** What the relay adds to the time of a responder; milliseconds, one question at a time over loopback. */
export interface AddedFigure {
  /** The responder asked without the relay, with the same question, in the same run. */
  readonly direct: Latency;
  readonly relayed: Latency;
  /** Of each question, the difference to the one put directly just before. */
  readonly added: Latency;
}

/** Thousands of questions while their responder never answers. */
export interface DeadFigure {
  readonly questions: number;
  /** With 50 under way, on an isolate that knows of nothing: those that were under way first waited for the time limit. */
  readonly unknown: Latency & { readonly waited: number };
  /** The same on an isolate that knows it to be dead. */
  readonly known: Latency & { readonly asked: number };
}

/** Measures what the relay adds to a responder that answers at once. */
export function benchAdded(modules: readonly WorkerModule[]): Promise<AddedFigure> {
  return withResponder(modules, async ({ relay, responder }) => {
    const [direct, relayed, added]: [number[], number[], number[]] = [[], [], []];
    for (let n = 0; n < WARM_UP + PAIRS; n++) {
      const own = (await responder.ask("/answer", QUESTION)).ms;
      const whole = (await relay.ask(IVR)).ms;
      if (n < WARM_UP) continue;
      direct.push(own);
      relayed.push(whole);
      added.push(whole - own);
    }
    return { direct: latency(direct), relayed: latency(relayed), added: latency(added) };
  });
}

/** Puts thousands of questions while the responder hangs. */
export function benchDead(modules: readonly WorkerModule[]): Promise<DeadFigure> {
  return withResponder(modules, async ({ relay, hang, asked }) => {
    await relay.ask(IVR);
    hang();
    const unknown = await storm(relay);
    for (let n = 0; n < DEAD_AFTER; n++) await relay.ask(IVR);
    const before = asked();
    const known = await storm(relay);
    const waited = unknown.filter((ms) => ms >= TIMEOUT_MS).length;
    return {
      questions: STORM,
      unknown: { ...latency(unknown), waited },
      known: { ...latency(known), asked: asked() - before },
    };
  });
}

async function storm(relay: Client): Promise<number[]> {
  const times: number[] = [];
  const lane = async () => {
    for (let n = 0; n < STORM / LANES; n++) times.push((await relay.ask(IVR)).ms);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return times;
}

function latency(values: readonly number[]): Latency {
  return { p50: rounded(percentile(values, 0.5)), p99: rounded(percentile(values, 0.99)) };
}

interface Scene {
  readonly relay: Client;
  readonly responder: Client;
  /** From now on the responder never answers. */
  readonly hang: () => void;
  /** How many questions reached it. */
  readonly asked: () => number;
}

/** Runs a new relay with a responder on loopback, and ends both after the work. */
async function withResponder<T>(modules: readonly WorkerModule[], work: (scene: Scene) => Promise<T>): Promise<T> {
  let [isHanging, asked] = [false, 0];
  const server = createServer((request, response) => {
    asked += 1;
    if (isHanging) return;
    text(request).then(
      () => response.writeHead(200, { "content-type": "application/json" }).end('{"next":"queue"}'),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const url = new URL(`http://127.0.0.1:${port}`);
  const ivr = {
    ask: `${url.origin}/answer`,
    secrets: [SECRET],
    timeoutMs: TIMEOUT_MS,
    otherwise: { next: "operator" },
  };
  const config = { sources: { vcc: { vendor: "vcc-live", keys: ["bench-key"], responders: { ivr } } } };
  const state = await mkdtemp(join(tmpdir(), "hookswitch-bench-"));
  await prepareState(state, { relay: { text: JSON.stringify(config) }, permissions: new Map() });
  const bindings = { ALLOW_PRIVATE_DESTINATIONS: "true" };
  const runtime = await runWorker({ modules, state, port: 0, bindings, onLog: () => undefined });
  const [relay, responder] = [openClient(await runtime.ready, LANES), openClient(url, 1)];
  try {
    return await work({ relay, responder, asked: () => asked, hang: () => (isHanging = true) });
  } finally {
    relay.close();
    responder.close();
    await runtime.dispose();
    server.closeAllConnections();
    server.close();
    await rm(state, { recursive: true, force: true });
  }
}
