import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { deflateSync, gzipSync } from "node:zlib";
import type { TestProject } from "vitest/node";

const ACCESS_KEYS = "/cdn-cgi/access/certs";

interface Behaviour {
  readonly status?: number;
  readonly delay?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Bytes of an answer that is larger than one would write down. */
  readonly size?: number;
  /** The body, or `size` blanks, is sent in this coding, which the head names. */
  readonly coding?: "gzip" | "deflate";
  /**
   * `reset` breaks the connection, `cut` does so amid the answer, `hang` never answers, `garbage` is no HTTP; `drip` gives
   * head and first byte at once, and a further byte every so often.
   */
  readonly fault?: "reset" | "cut" | "hang" | "garbage" | "drip";
}

interface Request {
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
  /** The status it was answered with, if it was. */
  answered?: number;
}

/**
 * A real receiver on loopback for tests inside workerd. `POST /to/<name>` takes a delivery; `PUT /as/<name>` says how it
 * is to answer from now on; `GET /of/<name>` tells what it got. It is a team of Cloudflare Access, too, whose keys are
 * those that were put there.
 */
export default async function startSink({ provide }: TestProject): Promise<() => Promise<void>> {
  const behaviours = new Map<string, Prepared>();
  const received = new Map<string, Request[]>();
  const accessKeys: unknown[] = [];
  const server = createServer(async (request, response) => {
    if (request.url === ACCESS_KEYS) {
      if (request.method === "PUT") accessKeys.push(JSON.parse(await readBody(request)));
      return void response.end(JSON.stringify({ keys: accessKeys }));
    }
    const [, verb, name = ""] = (request.url ?? "").split("/");
    const body = await readBody(request);
    if (verb === "as") behaviours.set(name, prepared(JSON.parse(body)));
    if (verb !== "to") return void response.end(JSON.stringify(received.get(name) ?? []));
    const kept: Request = { headers: request.headers, body };
    received.set(name, [...(received.get(name) ?? []), kept]);
    const { fault, delay = 0, ...behaviour } = behaviours.get(name) ?? {};
    if (fault === "reset") return void request.socket.destroy();
    if (fault === "hang") return;
    if (fault === "garbage") return void request.socket.end("\0\x01 this is no HTTP\r\n\r\n");
    kept.answered = behaviour.status ?? 200;
    if (fault === "cut") return cut(response, kept.answered);
    if (fault === "drip") return drip(response, behaviour);
    setTimeout(() => answer(response, behaviour), delay);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  provide("sink", `http://127.0.0.1:${port}`);
  provide("chaos", Number(process.env.HOOKSWITCH_CHAOS ?? "1"));
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
}

/** What takes long to make is made before anybody waits for it. */
interface Prepared extends Behaviour {
  readonly bytes?: Uint8Array;
}

function prepared(behaviour: Behaviour): Prepared {
  const { coding, size, body = " ".repeat(size ?? 0), headers } = behaviour;
  if (coding === undefined) return behaviour;
  const bytes = coding === "gzip" ? gzipSync(body) : deflateSync(body);
  return { ...behaviour, bytes, headers: { ...headers, "content-encoding": coding } };
}

function answer(
  response: ServerResponse,
  { status = 200, headers = {}, body = "thanks", size, bytes }: Prepared,
): void {
  response.writeHead(status, headers).end(bytes ?? (size === undefined ? body : "x".repeat(size)));
}

const DRIP_EVERY_MS = 50;

function drip(response: ServerResponse, { status = 200, headers = {} }: Behaviour): void {
  response.writeHead(status, headers).write(" ");
  const dripping = setInterval(() => response.write(" "), DRIP_EVERY_MS);
  response.once("close", () => clearInterval(dripping));
}

/** Announces more than it sends. */
function cut(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-length": "1000" });
  response.write("half an ans", () => response.destroy());
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
