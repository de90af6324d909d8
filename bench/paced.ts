import { setTimeout as wait } from "node:timers/promises";
import * as z from "zod";
import { bundleWorker } from "../src/cli/local/build/bundle.ts";
import type { WorkerModule } from "../src/cli/local/build/worker-modules.ts";
import { withDeliveries } from "./delivery-relay.ts";
import { percentile, rounded } from "./figures.ts";
import { sendPaced, untilArrived } from "./pace.ts";

const PATHS = ["/one", "/two", "/three"];
const RATES = [
  { perSecond: 1, count: 30 },
  { perSecond: 10, count: 150 },
  { perSecond: 50, count: 500 },
];
const STILL_MS = 1500;
const settled = z.object({ event: z.literal("fan_out.settled"), messages: z.number() });

/** How long events to three destinations are on their way at a rate, and in how many batches they travel. */
export interface PacedFigure {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Events that one invocation of the consumer took on average. */
  readonly batch: number;
}

/** Measures events to three destinations at several rates, as the queue's settings in wrangler.toml have them. */
export async function benchPaced(): Promise<PacedFigure[]> {
  const modules = await bundleWorker();
  const figures: PacedFigure[] = [];
  for (const rate of RATES) figures.push(await measure(modules, rate));
  return figures;
}

async function measure(modules: readonly WorkerModule[], rate: (typeof RATES)[number]): Promise<PacedFigure> {
  const batches: number[] = [];
  const note = (line: string) => {
    const { data } = settled.safeParse(parse(line));
    if (data !== undefined) batches.push(data.messages);
  };
  const times = await withDeliveries(
    modules,
    PATHS,
    async (relay) => {
      for (const path of PATHS) {
        await untilArrived(relay, path, await sendPaced(relay, { name: path, count: 10, perSecond: 10 }));
      }
      await wait(STILL_MS);
      batches.length = 0;
      const sent = await sendPaced(relay, { name: "paced", ...rate });
      const all = await Promise.all(PATHS.map((path) => untilArrived(relay, path, sent)));
      await wait(STILL_MS);
      return all.flat();
    },
    {},
    note,
  );
  const { perSecond, count } = rate;
  const events = batches.reduce((sum, messages) => sum + messages, 0);
  if (events !== count) throw new Error(`${events} of ${count} events were told of`);
  return {
    perSecond,
    p50: rounded(percentile(times, 0.5), 0),
    p99: rounded(percentile(times, 0.99), 0),
    batch: rounded(events / batches.length, 1),
  };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
