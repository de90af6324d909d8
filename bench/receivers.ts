import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";

/** Receivers on loopback, one for each path: `/hang…` never answers, `/slow…` only after a second. */
export interface Receivers {
  readonly url: (path: string) => string;
  /** When the event of an agent first arrived under a path, milliseconds as `performance.now()` gives them. */
  readonly arrivals: (path: string) => ReadonlyMap<string, number>;
  /** How many came to a path that had come there before. */
  readonly twice: () => number;
  /** How many came to a path under an attempt's number that had come there before. */
  readonly repeated: () => number;
  /** From now on all are answered with 503, or not any more; what is refused has not arrived. */
  readonly fail: (fails: boolean) => void;
  readonly close: () => Promise<void>;
}

const SLOW_MS = 1000;

/** @param port any that is free, unless given */
export async function openReceivers(port = 0): Promise<Receivers> {
  const arrivals = new Map<string, Map<string, number>>();
  const of = (path: string) => {
    const known = arrivals.get(path) ?? new Map<string, number>();
    arrivals.set(path, known);
    return known;
  };
  const attempts = new Set<string>();
  let [twice, repeated, fails] = [0, 0, false];
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    text(request).then(
      async (body) => {
        const { subject, agent }: { subject?: string; agent?: string } = JSON.parse(body);
        const name = subject ?? `agent/${agent}`;
        const attempt = `${path} ${name} ${request.headers["webhook-attempt"]}`;
        if (attempts.has(attempt)) repeated++;
        else attempts.add(attempt);
        if (fails) {
          response.writeHead(503).end();
          return;
        }
        const known = of(path);
        if (known.has(name)) twice++;
        else known.set(name, performance.now());
        if (path.startsWith("/slow")) await wait(SLOW_MS);
        if (!path.startsWith("/hang")) response.writeHead(204).end();
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const { port: open } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const fail = (whether: boolean) => {
    fails = whether;
  };
  const url = (path: string) => `http://127.0.0.1:${open}${path}`;
  return { url, arrivals: of, twice: () => twice, repeated: () => repeated, fail, close };
}
