import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";

/** Asks one server over connections that stay open. */
export interface Client {
  /** The answer's text and how long it took, milliseconds. */
  readonly ask: (path: string, body?: string) => Promise<{ text: string; ms: number }>;
  readonly close: () => void;
}

export function openClient(url: URL, connections: number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = url;
  const ask: Client["ask"] = (path, body) =>
    new Promise((resolve, reject) => {
      const began = performance.now();
      const method = body === undefined ? "GET" : "POST";
      const headers = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
      const outgoing = request({ agent, hostname, port, path, method, headers }, (response) => {
        text(response).then((answer) => {
          if (response.statusCode === 200) resolve({ text: answer, ms: performance.now() - began });
          else reject(new Error(`${path.split("?")[0]} answered ${response.statusCode}`));
        }, reject);
      });
      outgoing.once("error", reject);
      outgoing.end(body);
    });
  return { ask, close: () => agent.destroy() };
}

/** Keeps so many questions under way for a while; how many were answered in a second. */
export async function perSecond(ask: () => Promise<unknown>, lanes: number, milliseconds: number): Promise<number> {
  const began = performance.now();
  const end = began + milliseconds;
  let answered = 0;
  const lane = async () => {
    for (; performance.now() < end; answered++) await ask();
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return (answered * 1000) / (performance.now() - began);
}
