import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";

export const SECRET = "whsec_aG9va3N3aXRjaC1lMmUtdGVzdC1zZWNyZXQtMzJieXRlcw==";

/** A receiver that can be killed and come back at the same address; keeps what was signed well, by event id. */
export class Receiver {
  readonly ids = new Map<string, number>();
  readonly bodies: string[] = [];
  /** What stood round the bodies. */
  readonly heads: string[] = [];
  forged = 0;
  #server: Server | undefined;
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  async open(): Promise<this> {
    const server = createServer(async (request, response) => {
      const body = await text(request);
      const id = String(request.headers["webhook-id"]);
      try {
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        );
        new Webhook(SECRET).verify(body, headers);
        this.ids.set(id, (this.ids.get(id) ?? 0) + 1);
        this.bodies.push(body);
        this.heads.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
      } catch {
        this.forged += 1;
      }
      response.writeHead(204).end();
    });
    await new Promise<void>((resolve) => server.listen(this.#port, "127.0.0.1", resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    return this;
  }

  async kill(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    server?.closeAllConnections();
    await new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
  }
}
