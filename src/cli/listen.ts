import { createServer, type Server } from "node:net";
import { whoListens } from "./listener.ts";
import { Refusal } from "./refusal.ts";

/** A server that accepts connections on this machine. */
export interface Listening {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Everything local listens here only. */
export const LOOPBACK = "127.0.0.1";

/**
 * Starts a server on a port of this machine.
 * @param variable the name by which the port is changed, for the message when it is taken
 */
export function listen(server: Server, port: number, variable: string): Promise<Listening> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(isTaken(error) ? portTaken(port, variable) : error));
    server.listen(port, LOOPBACK, () =>
      resolve({ port, close: () => new Promise((closed) => server.close(() => closed())) }),
    );
  });
}

/** Refuses a port that another program listens on. */
export async function assertFree(port: number, variable: string): Promise<void> {
  const { close } = await listen(createServer(), port, variable);
  await close();
}

function portTaken(port: number, variable: string): Refusal {
  const who = whoListens(port) ?? "another program";
  return new Refusal(`port ${port} is taken by ${who}; set ${variable} to a free one`);
}

function isTaken(error: Error): boolean {
  return "code" in error && error.code === "EADDRINUSE";
}
