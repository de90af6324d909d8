import { setTimeout as wait } from "node:timers/promises";
import { bundleWorker, type WorkerModule } from "../src/cli/local/bundle.ts";
import { withDeliveries } from "./delivery-relay.ts";
import { percentile, rounded } from "./figures.ts";

const EVENTS = 300;
const PER_SECOND = 30;
const LOOK_MS = 20;
/** The relay finds out that a destination hangs: the first timeout is 5 s, and two are under way at once. */
const FINDING_OUT_MS = 7000;

/** How long events are on their way to a healthy destination; milliseconds from being sent to having arrived. */
export interface HangFigure {
  readonly alone: Latency;
  /** With another destination beside it that never answers. */
  readonly besideHanging: Latency;
  readonly ratio: number;
  /** The slowest of those that came while the relay found out that the other hangs; milliseconds. */
  readonly slowestAtFirst: number;
}

interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/** Measures a healthy destination's latency without and with one that hangs. */
export async function benchHang(): Promise<HangFigure> {
  const modules = await bundleWorker();
  const alone = await measure(modules, ["/well"]);
  const beside = await measure(modules, ["/well", "/hang"]);
  return {
    alone: alone.latency,
    besideHanging: beside.latency,
    ratio: rounded(beside.latency.p99 / alone.latency.p99),
    slowestAtFirst: beside.slowestAtFirst,
  };
}

function measure(
  modules: readonly WorkerModule[],
  paths: readonly string[],
): Promise<{ latency: Latency; slowestAtFirst: number }> {
  return withDeliveries(modules, paths, async ({ receivers, send }) => {
    const run = async (name: string, count: number): Promise<number[]> => {
      const sent = new Map<string, number>();
      const sending: Promise<void>[] = [];
      for (let number = 0; number < count; number++) {
        const agent = `${name}-${number}`;
        sent.set(`agent/${agent}`, performance.now());
        sending.push(send(agent));
        await wait(1000 / PER_SECOND);
      }
      await Promise.all(sending);
      const arrivals = receivers.arrivals("/well");
      while ([...sent.keys()].some((subject) => !arrivals.has(subject))) await wait(LOOK_MS);
      return [...sent].map(([subject, at]) => (arrivals.get(subject) ?? Number.NaN) - at);
    };
    const first = await run("first", PER_SECOND);
    await wait(FINDING_OUT_MS);
    const times = await run("then", EVENTS);
    const latency = { p50: rounded(percentile(times, 0.5), 0), p99: rounded(percentile(times, 0.99), 0) };
    return { latency, slowestAtFirst: rounded(Math.max(...first), 0) };
  });
}
