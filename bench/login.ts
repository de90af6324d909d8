import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { WorkerModule } from "../src/cli/local/build/worker-modules.ts";
import { runWorker } from "../src/cli/local/runtime/worker.ts";
import { prepareState } from "../src/cli/local/state/state.ts";
import { type Client, openClient, perSecond } from "./client.ts";
import { percentile, rounded } from "./figures.ts";
import { makeMap, makeQuestion } from "./map.ts";

const WARM_UP = 300;
const PAIRS = 1500;
const LANES = 16;
const THROUGHPUT_MS = 1500;
const STORM = 5000;
const STORM_CONNECTIONS = 200;
const LOOK_MS = 100;

const config = JSON.stringify({
  sources: { vcc: { vendor: "vcc-live", keys: ["bench-key"], timezone: "Europe/Budapest" } },
});
const LOGIN = "/in/vcc/project-login?secret-key=bench-key";
const BARE = "/bare";

/** The warm answer beside a route that does nothing but read and answer JSON, in the same run of workerd. */
export interface AnswerFigure {
  readonly agents: number;
  readonly login: Latency;
  readonly bare: Latency;
  /** How many times longer the login's median takes. */
  readonly ratio: number;
}

export interface Latency {
  /** Milliseconds, one question at a time over loopback. */
  readonly p50: number;
  readonly p99: number;
  /** With 16 under way. */
  readonly perSecond: number;
}

/** A storm of first questions to a new isolate with a large map. */
export interface StormFigure {
  readonly questions: number;
  readonly agents: number;
  readonly kvReads: number;
  /** Seconds until all were answered, and the slowest answer in milliseconds: it waited for the map to be read. */
  readonly seconds: number;
  readonly slowestMs: number;
}

/** How long an edit by `wrangler kv key put` takes on this machine, where KV itself has no delay. */
export interface EditFigure {
  /** Seconds, with a question each 100 ms; the age up to which a copy is not read anew. */
  readonly secondsUntilInForce: number;
}

/** Measures the answer for a map of so many agents. */
export async function benchAnswer(modules: readonly WorkerModule[], agents: number): Promise<AnswerFigure> {
  return withRelay(modules, makeMap(agents), async ({ client }) => {
    const ask = (n: number) => client.ask(LOGIN, makeQuestion((n * 97) % agents));
    const bare = (n: number) => client.ask(BARE, makeQuestion((n * 97) % agents));
    for (let n = 0; n < WARM_UP; n++) await Promise.all([ask(n), bare(n)]);
    const [logins, bares]: [number[], number[]] = [[], []];
    for (let n = 0; n < PAIRS; n++) {
      logins.push((await ask(n)).ms);
      bares.push((await bare(n)).ms);
    }
    let n = 0;
    const login = { ...latency(logins), perSecond: Math.round(await perSecond(() => ask(n++), LANES, THROUGHPUT_MS)) };
    const floor = { ...latency(bares), perSecond: Math.round(await perSecond(() => bare(n++), LANES, THROUGHPUT_MS)) };
    return { agents, login, bare: floor, ratio: rounded(login.p50 / floor.p50) };
  });
}

function latency(values: readonly number[]): { readonly p50: number; readonly p99: number } {
  return { p50: rounded(percentile(values, 0.5)), p99: rounded(percentile(values, 0.99)) };
}

/** Has thousands of agents log in at once when nobody did before. */
export async function benchStorm(modules: readonly WorkerModule[], agents: number): Promise<StormFigure> {
  return withRelay(modules, makeMap(agents), async ({ client }) => {
    const began = performance.now();
    const answers = await Promise.all(
      Array.from({ length: STORM }, (_, n) => client.ask(LOGIN, makeQuestion((n * 97) % agents))),
    );
    const seconds = rounded((performance.now() - began) / 1000);
    const { reads }: { reads: number } = JSON.parse((await client.ask("/reads")).text);
    const slowestMs = Math.round(Math.max(...answers.map(({ ms }) => ms)));
    return { questions: STORM, agents, kvReads: reads, seconds, slowestMs };
  });
}

/** Edits the map in KV by hand while agents go on logging in. */
export async function benchEdit(modules: readonly WorkerModule[]): Promise<EditFigure> {
  return withRelay(modules, makeMap(100), async ({ client, putMap }) => {
    const isLetIn = async () => JSON.parse((await client.ask(LOGIN, makeQuestion(1))).text)["7"] === true;
    if (!(await isLetIn())) throw new Error("the agent is not let in");
    const began = performance.now();
    await putMap(JSON.stringify({ users: { "1": { deny: "*" } } }));
    while (await isLetIn()) await wait(LOOK_MS);
    return { secondsUntilInForce: rounded((performance.now() - began) / 1000, 1) };
  });
}

interface Relay {
  readonly client: Client;
  readonly putMap: (text: string) => Promise<void>;
}

/** Runs a new relay with a map on loopback, and ends it after the work. */
async function withRelay<T>(
  modules: readonly WorkerModule[],
  map: string,
  work: (relay: Relay) => Promise<T>,
): Promise<T> {
  const state = await mkdtemp(join(tmpdir(), "hookswitch-bench-"));
  await prepareState(state, { relay: { text: config }, permissions: new Map([["vcc", { text: map }]]) });
  const runtime = await runWorker({ modules, state, port: 0, bindings: {}, onLog: () => undefined });
  const client = openClient(await runtime.ready, STORM_CONNECTIONS);
  try {
    const kv = await runtime.getKVNamespace("PERMISSIONS");
    return await work({ client, putMap: (text) => kv.put("vcc", text) });
  } finally {
    client.close();
    await runtime.dispose();
    await rm(state, { recursive: true, force: true });
  }
}
