import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { bundleWorker } from "../src/cli/local/build/bundle.ts";
import { withDeliveries } from "./delivery-relay.ts";
import { percentile, rounded } from "./figures.ts";
import { cpuMsOf } from "./floor/process-cpu.ts";
import type { Receivers } from "./receivers.ts";

const BURST = 2000;
const PACED = 500;
const PER_SECOND = 50;
/** Sent before anything is measured. */
const WARM_UP = 200;
const LOOK_MS = 20;
const PATIENCE_MS = 120_000;

/** Something that takes webhooks of agents who log in, and delivers them to receivers. */
export interface Relay {
  readonly name: string;
  /** Sends the webhook of an agent; rejects where it is not taken. */
  readonly send: (agent: string) => Promise<void>;
  /** CPU that it has used so far, milliseconds; where nobody can tell, undefined. */
  readonly cpuMs?: (() => Promise<number>) | undefined;
}

/** What a relay does with many webhooks at once, and with fifty in a second. */
export interface EndToEndFigure {
  readonly relay: string;
  readonly receivers: number;
  /** All at once: events that were delivered in a second, and milliseconds of CPU for each. */
  readonly perSecond: number;
  readonly cpuMs: number;
  /** Fifty a second: milliseconds from being sent until the last receiver has it. */
  readonly p50: number;
  readonly p99: number;
  /** Events that came twice to one receiver. */
  readonly twice: number;
}

/** Ours on the local emulator, which has a part in every figure. */
export async function benchEndToEnd(numbers: readonly number[] = [1, 3]): Promise<EndToEndFigure[]> {
  const modules = await bundleWorker();
  const figures: EndToEndFigure[] = [];
  for (const number of numbers) {
    const paths = pathsOf(number);
    figures.push(
      await withDeliveries(modules, paths, ({ receivers, send }) =>
        measure({ name: "hookswitch", send, cpuMs: cpuOfRuntime }, receivers, paths),
      ),
    );
  }
  return figures;
}

/** The receivers of so many destinations. */
export function pathsOf(number: number): string[] {
  return Array.from({ length: number }, (_, n) => `/d${n}`);
}

/** Measures a relay that delivers to each of these receivers. */
export async function measure(relay: Relay, receivers: Receivers, paths: readonly string[]): Promise<EndToEndFigure> {
  const run = async (name: string, count: number, perSecond?: number) => {
    const sent = new Map<string, number>();
    const sending: Promise<void>[] = [];
    for (let n = 0; n < count; n++) {
      const agent = `${name}-${n}`;
      sent.set(`agent/${agent}`, performance.now());
      sending.push(relay.send(agent));
      if (perSecond !== undefined) await wait(1000 / perSecond);
    }
    await Promise.all(sending);
    await untilAllArrived(receivers, paths, [...sent.keys()]);
    return sent;
  };
  const lastArrival = (subject: string) =>
    Math.max(...paths.map((path) => receivers.arrivals(path).get(subject) ?? Number.NaN));
  await run("first", WARM_UP);
  const [cpu, began] = [await relay.cpuMs?.(), performance.now()];
  const burst = await run("burst", BURST);
  const seconds = (Math.max(...[...burst.keys()].map(lastArrival)) - began) / 1000;
  const cpuMs = cpu === undefined ? Number.NaN : ((await relay.cpuMs?.()) ?? Number.NaN) - cpu;
  const paced = await run("paced", PACED, PER_SECOND);
  const times = [...paced].map(([subject, at]) => lastArrival(subject) - at);
  return {
    relay: relay.name,
    receivers: paths.length,
    perSecond: Math.round(BURST / seconds),
    cpuMs: rounded(cpuMs / BURST),
    p50: rounded(percentile(times, 0.5), 0),
    p99: rounded(percentile(times, 0.99), 0),
    twice: receivers.twice(),
  };
}

async function untilAllArrived(receivers: Receivers, paths: readonly string[], subjects: readonly string[]) {
  const end = performance.now() + PATIENCE_MS;
  const isMissing = () => subjects.some((subject) => paths.some((path) => !receivers.arrivals(path).has(subject)));
  while (isMissing()) {
    if (performance.now() > end) throw new Error("events were lost, or take longer than two minutes");
    await wait(LOOK_MS);
  }
}

/** CPU of the local runtime, which is a process that this one has started; milliseconds. */
export async function cpuOfRuntime(): Promise<number> {
  const children = readdirSync("/proc/self/task").flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, "utf8").trim().split(" "),
  );
  const runtimes = children.filter(
    (pid) => pid !== "" && readFileSync(`/proc/${pid}/comm`, "utf8").startsWith("workerd"),
  );
  const all = await Promise.all(runtimes.map((pid) => cpuMsOf(Number(pid))));
  return all.reduce((sum, ms) => sum + ms, 0);
}
