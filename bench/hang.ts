import { setTimeout as wait } from "node:timers/promises";
import { bundleWorker } from "../src/cli/local/build/bundle.ts";
import type { WorkerModule } from "../src/cli/local/build/worker-modules.ts";
import { type DeliveryRelay, withDeliveries } from "./delivery-relay.ts";
import { percentile, rounded } from "./figures.ts";
import { sendPaced, untilArrived } from "./pace.ts";

const FIRST_EVENTS = 240;
const EVENTS = 300;
const PER_SECOND = 30;
/** By then the first attempts have come to their ends, and the relay knows what it is about. */
const FINDING_OUT_MS = 12_000;

/** What is beside the healthy destination: nothing, one that never answers, one that takes a second for each event. */
const OTHERS = { nothing: undefined, "one that hangs": "/hang", "a slow one": "/slow" } as const;

/** How long events are on their way to a healthy destination; milliseconds from being sent to having arrived. */
export interface HangFigure {
  readonly beside: string;
  /** From the first event on, all of them counted. */
  readonly first: Latency;
  /** When the relay knows its destinations. */
  readonly then: Latency;
  /** Attempts that came twice under one number. */
  readonly repeated: number;
}

interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly slowest: number;
}

/** Measures a healthy destination's latency without and with one that hangs, or is slow. */
export async function benchHang(): Promise<HangFigure[]> {
  const modules = await bundleWorker();
  const figures: HangFigure[] = [];
  for (const [beside, path] of Object.entries(OTHERS)) figures.push(await measure(modules, beside, path));
  return figures;
}

function measure(modules: readonly WorkerModule[], beside: string, other: string | undefined): Promise<HangFigure> {
  const paths = ["/well", ...(other === undefined ? [] : [other])];
  return withDeliveries(modules, paths, async (relay: DeliveryRelay) => {
    const run = async (name: string, count: number): Promise<Latency> => {
      const sent = await sendPaced(relay, { name, count, perSecond: PER_SECOND });
      const times = await untilArrived(relay, "/well", sent);
      return {
        p50: rounded(percentile(times, 0.5), 0),
        p99: rounded(percentile(times, 0.99), 0),
        slowest: rounded(Math.max(...times), 0),
      };
    };
    const first = await run("first", FIRST_EVENTS);
    await wait(FINDING_OUT_MS);
    const then = await run("then", EVENTS);
    return { beside, first, then, repeated: relay.receivers.repeated() };
  });
}
