import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { isLoopback } from "../../config/host.ts";
import { readJson } from "../../platform/read-json.ts";
import { type Listening, listen } from "../listen.ts";
import { type Arrival, readArrival } from "./arrival.ts";
import { ANSWERS_PATH, answerOf } from "./demo-responder.ts";
import { type Signature, verifySignature } from "./verify.ts";

/** How many arrivals `GET /` shows. */
const MAX_KEPT = 1000;

/** An answer that is no success. */
export interface SinkAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface SinkOptions {
  readonly port: number;
  /** `whsec_…`; any of them may have signed. Read at each request. */
  readonly secrets: () => readonly string[];
  /** Status of the answer to what is signed well or not at all. */
  readonly status: number;
  /** Milliseconds to wait before answering. */
  readonly delayMs: number;
  readonly onArrival: (arrival: Arrival) => void;
  /** The sink answers questions as well, as the demo's own system. */
  readonly onQuestion?: ((asked: AskedHere) => void) | undefined;
  /** What is answered at some paths whatever comes; it counts as not arrived. */
  readonly answerAt?: ((path: string) => SinkAnswer | undefined) | undefined;
}

/** A question that the sink answered as the demo's own system. */
export interface AskedHere {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly kind: string;
  readonly signature: Signature;
}

/** A destination: verifies each POST, answers it and tells of it; GET shows what arrived on this machine, newest first. */
export async function openSink(options: SinkOptions): Promise<Listening> {
  const kept: Arrival[] = [];
  const server = createServer((request, response) => {
    if (request.method !== "POST") return isAtHand(request) ? answer(response, 200, kept) : answer(response, 403);
    if (options.onQuestion !== undefined && request.url?.startsWith(ANSWERS_PATH)) {
      answerQuestion(request, options).then(
        ([status, body]) => answer(response, status, body),
        () => response.destroy(),
      );
      return;
    }
    const own = options.answerAt?.(request.url ?? "");
    if (own !== undefined) return refuse(request, response, own);
    receive(request, options).then(
      (arrival) => {
        kept.unshift(arrival);
        kept.length = Math.min(kept.length, MAX_KEPT);
        options.onArrival(arrival);
        answer(response, arrival.signature === "invalid" ? 401 : options.status);
      },
      () => response.destroy(),
    );
  });
  return listen(server, options.port, "SINK_PORT");
}

/** What came is read to its end: whoever sends it then reads the answer. */
function refuse(request: IncomingMessage, response: ServerResponse, { status, body }: SinkAnswer): void {
  request.resume().once("end", () => answer(response, status, body));
}

/** A page of the web that has its name resolve to this machine (DNS rebinding) still says that name. */
function isAtHand({ headers: { host = "" } }: IncomingMessage): boolean {
  return URL.canParse(`http://${host}`) && isLoopback(new URL(`http://${host}`).hostname);
}

async function answerQuestion(
  request: IncomingMessage,
  { secrets, onQuestion }: SinkOptions,
): Promise<[status: number, body?: object]> {
  const body = await text(request);
  const kind = request.url?.slice(ANSWERS_PATH.length) ?? "";
  const signature = verifySignature(body, headersOf(request), secrets());
  onQuestion?.({ at: Date.now(), kind, signature });
  const answered = signature === "valid" ? answerOf(kind, readJson(body)) : undefined;
  return signature !== "valid" ? [401] : answered === undefined ? [404] : [200, answered];
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}

async function receive(request: IncomingMessage, { secrets, delayMs }: SinkOptions): Promise<Arrival> {
  const headers = headersOf(request);
  const body = await text(request);
  const arrival = readArrival(body, headers, verifySignature(body, headers, secrets()), Date.now());
  if (delayMs > 0) await wait(delayMs);
  return arrival;
}

function answer(response: ServerResponse, status: number, body?: unknown): void {
  if (body === undefined) response.writeHead(status).end();
  else response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body, undefined, 2));
}
