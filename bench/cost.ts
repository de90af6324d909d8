import { setTimeout as wait } from "node:timers/promises";
import { bundleWorker } from "../src/cli/local/build/bundle.ts";
import type { WorkerModule } from "../src/cli/local/build/worker-modules.ts";
import { type DeliveryRelay, withDeliveries } from "./delivery-relay.ts";
import { rounded } from "./figures.ts";

const EVENTS = 50;
const LOOK_MS = 100;
/** So long nothing changes any more: the relay is done. */
const STILL_MS = 2500;

/** Dollars per million, as Cloudflare's pages have them: requests, queue operations, rows written, requests to gates. */
const PRICES = { requests: 0.3, queueOperations: 0.4, rows: 1, gateRequests: 0.15 } as const;
/** Dollars per million milliseconds; and what is assumed of them, since local time is not production's. */
const CPU = { price: 0.02, perEvent: 3, perDelivery: 2 } as const;

type Counter = "requests" | "batches" | "messages" | "queueOperations" | "rows" | "gateRequests";

/** What an event costs: operations per event, and dollars per million events. */
export interface CostFigure {
  readonly destinations: number;
  /** Requests that one invocation may make to destinations, its gates' included. */
  readonly allowed: number;
  /** Messages that one invocation of the consumer took on average. */
  readonly batch: number;
  readonly requests: number;
  readonly queueOperations: number;
  readonly rows: number;
  readonly gateRequests: number;
  /** Without the log: requests, queue, gates, and CPU as assumed. */
  readonly delivery: number;
  readonly log: number;
}

/** Of the Free plan, and of the Paid one. */
const FREE = 40;
const PAID = 1000;
const SETUPS = [
  { destinations: 1, allowed: FREE },
  { destinations: 3, allowed: FREE },
  { destinations: 10, allowed: FREE },
  { destinations: 10, allowed: PAID },
];

/** Counts the operations of the relay for several numbers of destinations, in batches of ten and of one. */
export async function benchCost(): Promise<CostFigure[]> {
  const modules = await bundleWorker("bench/worker/metered.ts");
  const figures: CostFigure[] = [];
  for (const setup of SETUPS) figures.push(...(await measure(modules, setup)));
  return figures;
}

type Setup = (typeof SETUPS)[number];

function measure(modules: readonly WorkerModule[], setup: Setup): Promise<CostFigure[]> {
  const paths = Array.from({ length: setup.destinations }, (_, number) => `/d${number}`);
  const count = async ({ client, receivers, send }: DeliveryRelay) => {
    const meter = async (path = ""): Promise<Record<Counter, number>> =>
      JSON.parse((await client.ask(`/meter${path}`)).text);
    const arrived = () => paths.reduce((sum, path) => sum + receivers.arrivals(path).size, 0);
    const settle = async (due: number) => {
      while (arrived() < due) await wait(LOOK_MS);
      await wait(STILL_MS);
    };
    const figures: CostFigure[] = [];
    await send("first");
    await settle(paths.length);
    for (const batch of ["ten", "one"]) {
      const due = arrived() + EVENTS * paths.length;
      await meter(`/${batch}`);
      await Promise.all(Array.from({ length: EVENTS }, (_, number) => send(`${batch}-${number}`)));
      await settle(due);
      figures.push(toFigure(await meter(), setup));
    }
    return figures;
  };
  return withDeliveries(modules, paths, count, { REQUESTS_PER_BATCH: String(setup.allowed) });
}

function toFigure(meter: Record<Counter, number>, { destinations, allowed }: Setup): CostFigure {
  const perEvent = (count: number) => rounded(count / EVENTS);
  const requests = meter.requests + meter.batches;
  const cpu = CPU.price * (CPU.perEvent + CPU.perDelivery * destinations);
  const operations =
    (requests * PRICES.requests +
      meter.queueOperations * PRICES.queueOperations +
      meter.gateRequests * PRICES.gateRequests) /
    EVENTS;
  return {
    destinations,
    allowed,
    batch: rounded(meter.messages / meter.batches, 1),
    requests: perEvent(requests),
    queueOperations: perEvent(meter.queueOperations),
    rows: perEvent(meter.rows),
    gateRequests: perEvent(meter.gateRequests),
    delivery: rounded(operations + cpu),
    log: rounded((meter.rows / EVENTS) * PRICES.rows),
  };
}
