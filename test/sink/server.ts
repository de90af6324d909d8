import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestProject } from "vitest/node";

interface Behaviour {
  readonly status?: number;
  readonly delay?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** `reset` breaks the connection, `hang` never answers. */
  readonly fault?: "reset" | "hang";
}

interface Request {
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

/**
 * A real receiver on loopback for tests inside workerd. `POST /to/<name>` takes a delivery; `PUT /as/<name>` says how it
 * is to answer from now on; `GET /of/<name>` tells what it got.
 */
export default async function startSink({ provide }: TestProject): Promise<() => Promise<void>> {
  const behaviours = new Map<string, Behaviour>();
  const received = new Map<string, Request[]>();
  const server = createServer(async (request, response) => {
    const [, verb, name = ""] = (request.url ?? "").split("/");
    const body = await readBody(request);
    if (verb === "as") behaviours.set(name, JSON.parse(body));
    if (verb !== "to") return void response.end(JSON.stringify(received.get(name) ?? []));
    received.set(name, [...(received.get(name) ?? []), { headers: request.headers, body }]);
    const { status = 200, delay = 0, headers = {}, body: answer = "thanks", fault } = behaviours.get(name) ?? {};
    if (fault === "reset") return void request.socket.destroy();
    if (fault === "hang") return;
    setTimeout(() => response.writeHead(status, headers).end(answer), delay);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  provide("sink", `http://127.0.0.1:${port}`);
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
