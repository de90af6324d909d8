import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** Receivers on loopback, one for each path: those under `/hang` never answer. */
export interface Receivers {
  readonly url: (path: string) => string;
  /** When the event of an agent arrived under a path, milliseconds as `performance.now()` gives them. */
  readonly arrivals: (path: string) => ReadonlyMap<string, number>;
  readonly close: () => Promise<void>;
}

export async function openReceivers(): Promise<Receivers> {
  const arrivals = new Map<string, Map<string, number>>();
  const of = (path: string) => {
    const known = arrivals.get(path) ?? new Map<string, number>();
    arrivals.set(path, known);
    return known;
  };
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    text(request).then(
      (body) => {
        const { subject }: { subject: string } = JSON.parse(body);
        const known = of(path);
        if (!known.has(subject)) known.set(subject, performance.now());
        if (!path.startsWith("/hang")) response.writeHead(204).end();
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: (path) => `http://127.0.0.1:${port}${path}`, arrivals: of, close };
}
