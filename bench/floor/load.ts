import { connect } from "node:net";

/** A request as bytes. */
export function requestBytes(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Buffer {
  const lines = Object.entries({ host: "relay", ...headers, "content-length": String(Buffer.byteLength(body)) });
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`,
  );
}

/** Sends requests over connections that stay open, one at a time on each; gives the milliseconds that each took. */
export async function sendLoad(
  port: number,
  requests: readonly Buffer[],
  count: number,
  connections: number,
): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const lane = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(port, "127.0.0.1").setNoDelay();
      let began = 0;
      let left = Buffer.alloc(0);
      const send = () => {
        if (next >= count) return void socket.end();
        began = performance.now();
        socket.write(requests[next++ % requests.length] ?? Buffer.alloc(0));
      };
      socket.once("connect", send);
      socket.once("error", reject);
      socket.once("close", resolve);
      socket.on("data", (chunk) => {
        left = left.length === 0 ? chunk : Buffer.concat([left, chunk]);
        const head = left.indexOf("\r\n\r\n");
        if (head < 0) return;
        const text = left.toString("latin1", 0, head);
        if (!text.startsWith("HTTP/1.1 200")) return reject(new Error(text.split("\r\n")[0] + left.toString()));
        const length = Number(/content-length: (\d+)/i.exec(text)?.[1]);
        if (left.length < head + 4 + length) return;
        left = Buffer.alloc(0);
        times.push(performance.now() - began);
        send();
      });
    });
  await Promise.all(Array.from({ length: connections }, lane));
  return times;
}
