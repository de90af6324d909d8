import { setTimeout as wait } from "node:timers/promises";
import { bundleWorker } from "../../src/cli/local/build/bundle.ts";
import { percentile, rounded } from "../figures.ts";
import { bundleBare } from "./bundle.ts";
import { sendLoad } from "./load.ts";
import type { Comparison } from "./requests.ts";
import { openWorkerd, type Workerd } from "./workerd.ts";

const ROUNDS = 9;
/** Single requests: as many connections as wrk would open. The runtime compiles the code anew for some 15,000 of them. */
const SINGLE: Load = { warmUp: 15_000, requests: 3000, connections: 16 };
/** What goes on behind the last answers of a round is over by then. */
const SETTLED_MS = 100;

/** What a request costs the whole process of the runtime, beside one that does as little as can be done. */
export interface FloorFigure {
  readonly what: string;
  /** CPU a request, microseconds; medians of all rounds. */
  readonly relayMicros: number;
  readonly floorMicros: number;
  /** The floor's part of what ours costs, at the median of the rounds; 1 is the floor. */
  readonly share: number;
  /** Milliseconds with 16 requests under way, which is to say with the runtime busy. */
  readonly relay: Latency;
  readonly floor: Latency;
}

interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/** How each side is asked: so often before it counts, then in each round, over so many connections. */
export interface Load {
  readonly warmUp: number;
  readonly requests: number;
  readonly connections: number;
}

/**
 * Measures each comparison by turns: a round of ours, a round of the floor's, in runtimes of their own.
 * @param entry of our Worker, unless it is the relay itself
 */
export async function measureFloor(
  comparisons: readonly Comparison[],
  load = SINGLE,
  entry?: string,
): Promise<FloorFigure[]> {
  const [relay, floor, stores] = await Promise.all([
    bundleWorker(entry),
    bundleBare("bench/worker/floor.ts"),
    bundleBare("bench/worker/stores.ts"),
  ]);
  const figures: FloorFigure[] = [];
  for (const comparison of comparisons) {
    // Both are as young as the other: a runtime that has answered for long has other pauses.
    const bare = await openWorkerd(floor, stores);
    try {
      const { values, isBare } = comparison;
      const ours = isBare
        ? await openWorkerd(floor, stores)
        : await openWorkerd(relay, stores, { values, isRelay: true });
      try {
        figures.push(await compare(comparison, load, ours, bare));
      } finally {
        await ours.close();
      }
    } finally {
      await bare.close();
    }
  }
  return figures;
}

async function compare(
  { what, ours: asked, floor }: Comparison,
  { warmUp, requests: count, connections }: Load,
  ours: Workerd,
  bare: Workerd,
): Promise<FloorFigure> {
  const sides = [
    { runtime: ours, requests: asked, micros: [] as number[], times: [] as number[] },
    { runtime: bare, requests: floor, micros: [] as number[], times: [] as number[] },
  ];
  for (const { runtime, requests } of sides) await sendLoad(runtime.port, requests, warmUp, connections);
  for (let round = 0; round < ROUNDS; round++) {
    for (const { runtime, requests, micros, times } of sides) {
      const before = await runtime.cpuMs();
      times.push(...(await sendLoad(runtime.port, requests, count, connections)));
      await wait(SETTLED_MS);
      micros.push((((await runtime.cpuMs()) - before) * 1000) / count);
    }
  }
  const [mine = { micros: [], times: [] }, least = { micros: [], times: [] }] = sides;
  const shares = mine.micros.map((micros, round) => (least.micros[round] ?? Number.NaN) / micros);
  return {
    what,
    relayMicros: Math.round(percentile(mine.micros, 0.5)),
    floorMicros: Math.round(percentile(least.micros, 0.5)),
    share: rounded(percentile(shares, 0.5)),
    relay: latency(mine.times),
    floor: latency(least.times),
  };
}

function latency(times: readonly number[]): Latency {
  return { p50: rounded(percentile(times, 0.5)), p99: rounded(percentile(times, 0.99)) };
}
