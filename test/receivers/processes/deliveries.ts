import { readFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { buffer } from "node:stream/consumers";
import { vi } from "vitest";
import { findFreePort } from "../../cli/free-port.ts";
import { openRelay } from "../../e2e/relay.ts";
import { keys } from "../signer.ts";

/** One request that a real relay made. */
export interface Delivery {
  /** Id of the destination, which is named after its format. */
  readonly to: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const generic = { note: "Tóth Ágnes 🤝", "a.b": [1.0, true, null], empty: "" };
const fixture = (path: string) => readFileSync(`test/vendors/${path}`, "utf8");

/** What is sent to the relay: a call's record, what it does not know, and one with more digits than a double has. */
const webhooks: readonly (readonly [path: string, body: string])[] = [
  ["/in/hcc/call-saved", fixture("intelligent-contacts/call-saved.json")],
  ["/in/own/letters", JSON.stringify(generic)],
  ["/in/own/digits", '{"amount":24900.50,"id":12345678901234567890123,"tiny":1e-7}'],
];

const formats = ["cloudevents", "standard", "raw"] as const;

/** How many deliveries a relay makes of `webhooks`: one in each format. */
export const DUE = webhooks.length * formats.length;

/** What a relay delivers, signed with two secrets, in each format. */
export async function collectDeliveries(): Promise<Delivery[]> {
  const deliveries: Delivery[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const { url = "", method = "", headers } = request;
    deliveries.push({ to: url.slice(1), method, headers, body });
    response.writeHead(204).end();
  });
  const port = await findFreePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const destinations = formats.map((format) => [
    format,
    { url: `http://127.0.0.1:${port}/${format}`, format, secrets: [keys.current, keys.ed25519, keys.next] },
  ]);
  const key = "a-key-of-the-test";
  const relay = await openRelay({
    sources: {
      hcc: { vendor: "intelligent-contacts", keys: [key], timezone: "America/Chicago" },
      own: { vendor: "generic", keys: [key], auth: { in: "header", name: "x-api-key" } },
    },
    destinations: Object.fromEntries(destinations),
  });
  try {
    for (const [path, body] of webhooks) {
      const headers = { "content-type": "application/json", "x-api-key": key };
      const { status } = await fetch(relay.url + path, { method: "POST", headers, body });
      if (status !== 200) throw new Error(`${path} was answered ${status}`);
    }
    await vi.waitUntil(() => deliveries.length >= DUE, { timeout: 60_000, interval: 50 });
  } finally {
    await relay.close();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
  return deliveries;
}
