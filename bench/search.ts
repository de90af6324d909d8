import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import * as z from "zod";
import { bundleWorker } from "../src/cli/local/build/bundle.ts";
import type { WorkerModule } from "../src/cli/local/build/worker-modules.ts";
import { runWorker } from "../src/cli/local/runtime/worker.ts";
import { prepareState } from "../src/cli/local/state/state.ts";
import { percentile, rounded } from "./figures.ts";

const SIZES = [1000, 1_000_000];
const PAGE = 1000;
/** Events of a page that are real; the others only have what rows have. */
const REAL = 10;
const TIMES = 7;
const ADMIN_TOKEN = "bench-admin-token";
const RELAY_KEY = "YmVuY2gtcmVsYXkta2V5LXRoYXQtaXMtMzItYnl0ZXM=";

const answered = z.object({
  ms: z.number(),
  rowsRead: z.number(),
  status: z.number(),
  answer: z.looseObject({ items: z.array(z.looseObject({})).default([]) }),
});

/** What is asked; `{n}`: the number of an event in the middle. */
const questions = [
  ["list", "events"],
  ["list by type", "events?type=call.completed"],
  ["by call id", "events?q=call-{half}"],
  ["by phone", "events?q=0630{seven}"],
  ["by customer", "events?q=customer-{customer}"],
  ["by user name, frequent", "events?q=agent_7"],
  ["by nothing there", "events?q=nobody@example.com"],
  ["one call", "calls/voiso/call-{half}"],
] as const;

/** What a question costs in a log of so many events. */
export interface SearchFigure {
  readonly what: string;
  readonly events: number;
  /** Milliseconds over loopback. */
  readonly p50: number;
  readonly rowsRead: number;
  readonly found: number;
  /** Tables that were gone through from one end to the other. */
  readonly scans: string;
}

/** Asks what people look for, in a small log and in a large one. */
export async function benchSearch(sizes: readonly number[] = SIZES): Promise<SearchFigure[]> {
  const modules = await bundleWorker("bench/worker/search.ts");
  const figures: SearchFigure[] = [];
  for (const size of sizes) figures.push(...(await measure(modules, size)));
  return figures;
}

async function measure(modules: readonly WorkerModule[], size: number): Promise<SearchFigure[]> {
  const state = await mkdtemp(join(tmpdir(), "hookswitch-bench-"));
  const config = { sources: { voiso: { vendor: "voiso", keys: ["k"], region: "HU" } } };
  await prepareState(state, { relay: { text: JSON.stringify(config) }, permissions: new Map() });
  const runtime = await runWorker({
    modules,
    state,
    port: 0,
    bindings: { ADMIN_TOKEN, RELAY_KEY },
    onLog: () => undefined,
  });
  const url = await runtime.ready;
  const ask = (method: string, path: string) =>
    new Promise<string>((resolve, reject) => {
      const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
      const { hostname, port } = url;
      const outgoing = request(
        { method, hostname, port, path, headers },
        (response) => void text(response).then(resolve, reject),
      );
      outgoing.once("error", reject).end();
    });
  try {
    for (let from = 0; from < size; from += PAGE) {
      await ask("POST", `/fill/${from}/${REAL}/${size}`);
      await ask("POST", `/flood/${from + REAL}/${PAGE - REAL}/${size}`);
      await ask("POST", "/fold");
    }
    for (let turn = 0; turn < 60; turn++) await ask("POST", "/fold");
    const middle = Math.floor(size / 2 / PAGE) * PAGE;
    const figures: SearchFigure[] = [];
    for (const [what, question] of questions) {
      const path = question
        .replace("{half}", String(Math.floor(middle / 2)))
        .replace("{seven}", String(middle).padStart(7, "0"))
        .replace("{customer}", String(middle % 100_000));
      const answers: z.infer<typeof answered>[] = [];
      for (let n = 0; n < TIMES; n++) answers.push(answered.parse(JSON.parse(await ask("GET", `/api/${path}`))));
      const plans = z.array(z.array(z.string())).parse(JSON.parse(await ask("GET", "/plan")));
      const scans = plans.flatMap(scansIn);
      const times = answers.slice(1).map(({ ms }) => ms);
      const [one] = answers;
      if (one?.status !== 200) throw new Error(`${path} answered ${one?.status}`);
      figures.push({
        what,
        events: size,
        p50: rounded(percentile(times, 0.5), 1),
        rowsRead: Math.max(...answers.map(({ rowsRead }) => rowsRead)),
        found: one.answer.items.length,
        scans: scans.join("; ") || "none",
      });
    }
    return figures;
  } finally {
    await runtime.dispose();
    await rm(state, { recursive: true, force: true });
  }
}

/** Tables that a plan goes through from one end to the other; what it has made itself, under the same name, is none. */
function scansIn(plan: readonly string[]): string[] {
  return plan.filter((line) => {
    const [, table] = /^SCAN (event|claim|delivery|mention|duplicate|mark_block|late_mark|tally)\b/.exec(line) ?? [];
    return (
      table !== undefined && !plan.some((other) => new RegExp(`^(CO-ROUTINE|MATERIALIZE) ${table}\\b`).test(other))
    );
  });
}
