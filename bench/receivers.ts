import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** Receivers on loopback, one for each path: those under `/hang` never answer. */
export interface Receivers {
  readonly url: (path: string) => string;
  /** When the event of an agent first arrived under a path, milliseconds as `performance.now()` gives them. */
  readonly arrivals: (path: string) => ReadonlyMap<string, number>;
  /** How many came to a path that had come there before. */
  readonly twice: () => number;
  readonly close: () => Promise<void>;
}

/** @param port any that is free, unless given */
export async function openReceivers(port = 0): Promise<Receivers> {
  const arrivals = new Map<string, Map<string, number>>();
  const of = (path: string) => {
    const known = arrivals.get(path) ?? new Map<string, number>();
    arrivals.set(path, known);
    return known;
  };
  let twice = 0;
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    text(request).then(
      (body) => {
        const { subject, agent }: { subject?: string; agent?: string } = JSON.parse(body);
        const name = subject ?? `agent/${agent}`;
        const known = of(path);
        if (known.has(name)) twice++;
        else known.set(name, performance.now());
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
  return { url: (path) => `http://127.0.0.1:${open}${path}`, arrivals: of, twice: () => twice, close };
}
