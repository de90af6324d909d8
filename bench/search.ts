import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import * as z from "zod";
import { bundleWorker } from "../src/cli/local/bundle.ts";
import { prepareState } from "../src/cli/local/state.ts";
import { runWorker } from "../src/cli/local/worker.ts";
import { columns } from "../src/cli/terminal.ts";
import { percentile, rounded } from "./figures.ts";

// What a search costs in a small log and in a large one: `node bench/search.ts [events ...]`, 1,000 and 1,000,000 unless said.

const SIZES = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1000, 1_000_000];
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

const modules = await bundleWorker("bench/worker/search.ts");
const rows: string[][] = [["what", "events", "ms p50", "rows read", "found", "scans"]];
for (const size of SIZES) rows.push(...(await measure(size)));
console.log(columns(rows).join("\n"));

async function measure(size: number): Promise<string[][]> {
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
    console.log(`${size} events; blocks: ${await ask("GET", "/blocks")}`);
    const middle = Math.floor(size / 2 / PAGE) * PAGE;
    const figures: string[][] = [];
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
      figures.push([
        what,
        String(size),
        String(rounded(percentile(times, 0.5), 1)),
        String(Math.max(...answers.map(({ rowsRead }) => rowsRead))),
        String(one?.status === 200 ? one.answer.items.length : one?.status),
        scans.join("; ") || "none",
      ]);
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
