import { mkdtemp, rm } from "node:fs/promises";
import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import * as z from "zod";
import { bundleWorker } from "../src/cli/local/build/bundle.ts";
import type { WorkerModule } from "../src/cli/local/build/worker-modules.ts";
import { runWorker } from "../src/cli/local/runtime/worker.ts";
import { prepareState } from "../src/cli/local/state/state.ts";
import { config, map } from "../test/many/documents.ts";
import { percentile, rounded } from "./figures.ts";

const SIZES = [1000, 1_000_000];
/** Events that are written at once, and those at the end that have all that real ones have. */
const PART = 10_000;
const REAL = 200;
const WARM_UP = 5;
/** Requests for each address, fewer where all of them took so long. */
const MAX_TIMES = 100;
const MIN_TIMES = 10;
const MAX_MS = 2500;
const ADMIN_TOKEN = "bench-admin-token";
const RELAY_KEY = "YmVuY2gtcmVsYXkta2V5LXRoYXQtaXMtMzItYnl0ZXM=";
const mapText = JSON.stringify(map);
const HOST = "localhost";

const addresses = z.array(z.object({ page: z.string(), address: z.string(), isForReceivers: z.boolean() }));
const count = z.number();
const metered = z.object({
  statements: count,
  rows: count,
  trips: count,
  kv: count,
  objects: count,
  queues: count,
  asked: z.array(z.object({ sql: z.string(), rows: count })),
});

/** What one address of the dashboard costs in a log of so many events. */
export interface PageFigure {
  readonly address: string;
  readonly events: number;
  readonly status: number;
  /** How often it was asked for. */
  readonly requests: number;
  /** Milliseconds until the last byte was there, one request at a time over loopback. */
  readonly p50: number;
  readonly p99: number;
  /** Of one request: rows read, statements, requests to the log, to KV, to Durable Objects and to queues. */
  readonly rows: number;
  readonly statements: number;
  readonly trips: number;
  readonly kv: number;
  readonly objects: number;
  readonly queues: number;
  /** Of the page alone, gzipped. */
  readonly bytes: number;
}

/** Opens each page of the dashboard many times, in a small log and in a large one. */
export async function benchPages(sizes: readonly number[] = SIZES): Promise<PageFigure[]> {
  const modules = await bundleWorker("bench/worker/pages.ts");
  const figures: PageFigure[] = [];
  for (const size of sizes) figures.push(...(await measure(modules, size)));
  return figures;
}

async function measure(modules: readonly WorkerModule[], size: number): Promise<PageFigure[]> {
  const state = await mkdtemp(join(tmpdir(), "hookswitch-bench-"));
  const documents = { relay: { text: JSON.stringify(config) }, permissions: new Map([["vcc", { text: mapText }]]) };
  await prepareState(state, documents);
  const bindings = { ADMIN_TOKEN, RELAY_KEY };
  const runtime = await runWorker({ modules, state, port: 0, bindings, onLog: () => undefined });
  const browser = openBrowser(await runtime.ready);
  try {
    const real = Math.min(REAL, size);
    for (let from = 0; from < size - real; from += PART) {
      await browser.ask("POST", `/flood/${from}/${Math.min(PART, size - real - from)}/${size}`);
    }
    await browser.ask("POST", `/fill/${size - real}/${real}/${size}`);
    const found = addresses.parse(JSON.parse((await browser.ask("POST", `/beside/${size}`)).body.toString()));
    const token = { authorization: `Bearer ${ADMIN_TOKEN}` };
    const made = await browser.ask(
      "POST",
      "/api/tokens",
      JSON.stringify({ name: "crm team", role: "receiver", destination: "crm" }),
      token,
    );
    const receiver = z.object({ token: z.string() }).parse(JSON.parse(made.body.toString()));
    await browser.ask("PUT", "/api/config", JSON.stringify(config), token);
    await browser.ask("PUT", "/api/permissions/vcc", mapText, token);
    const cookies = { admin: await browser.signIn(ADMIN_TOKEN), receiver: await browser.signIn(receiver.token) };
    const figures: PageFigure[] = [];
    for (const { address, isForReceivers } of found) {
      const cookie = isForReceivers ? cookies.receiver : cookies.admin;
      figures.push({ address, events: size, ...(await open(browser, address, { cookie })) });
    }
    return figures;
  } finally {
    browser.close();
    await runtime.dispose();
    await rm(state, { recursive: true, force: true });
  }
}

async function open({ ask }: ReturnType<typeof openBrowser>, address: string, headers: IncomingHttpHeaders) {
  for (let n = 0; n < WARM_UP; n++) await ask("GET", address, undefined, headers);
  const { status, body } = await ask("GET", address, undefined, headers);
  const { asked, ...counts } = metered.parse(JSON.parse((await ask("GET", "/meter")).body.toString()));
  if (process.env.SHOW_STATEMENTS !== undefined) {
    for (const { sql, rows } of asked) console.log(address, rows, sql.replace(/\s+/g, " ").slice(0, 160));
  }
  const times: number[] = [];
  const began = performance.now();
  while (times.length < MIN_TIMES || (times.length < MAX_TIMES && performance.now() - began < MAX_MS)) {
    times.push((await ask("GET", address, undefined, headers)).ms);
  }
  const [p50, p99] = [0.5, 0.99].map((share) => rounded(percentile(times, share), 1));
  return { status, requests: times.length, p50: p50 ?? 0, p99: p99 ?? 0, ...counts, bytes: gzipSync(body).byteLength };
}

/** Asks over one connection that stays open. */
function openBrowser({ port }: URL) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = (method: string, path: string, text: string | undefined, headers: IncomingHttpHeaders) =>
    new Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer; ms: number }>((resolve, reject) => {
      const began = performance.now();
      const outgoing = request(
        { agent, method, hostname: "127.0.0.1", port, path, headers: { host: `${HOST}:${port}`, ...headers } },
        (response) =>
          void buffer(response).then(
            (body) =>
              resolve({
                status: response.statusCode ?? 0,
                headers: response.headers,
                body,
                ms: performance.now() - began,
              }),
            reject,
          ),
      );
      outgoing.once("error", reject).end(text);
    });
  const ask = async (method: string, path: string, text?: string, headers: IncomingHttpHeaders = {}) => {
    const answer = await send(method, path, text, headers);
    if (answer.status >= 400) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.body}`);
    return answer;
  };
  const signIn = async (token: string) => {
    const form = { "content-type": "application/x-www-form-urlencoded", origin: `http://${HOST}:${port}` };
    const { headers } = await ask("POST", "/dashboard/sign-in", new URLSearchParams({ token }).toString(), form);
    const [cookie = ""] = headers["set-cookie"] ?? [];
    return cookie.split(";")[0] ?? "";
  };
  return { ask, signIn, close: () => agent.destroy() };
}
