import { spawn } from "node:child_process";
import { createServer, type Server } from "node:http";
import { afterEach, expect, test } from "vitest";
import { findFreePort } from "./free-port.ts";
import { root } from "./run.ts";

const SOON = { timeout: 30_000, interval: 100 };

let server: Server | undefined;
/** A relay that has these events, and nothing refused. */
function open(port: number, items: readonly object[]): Promise<void> {
  return new Promise((resolve) => {
    server = createServer((request, response) => {
      const isEvents = request.url?.startsWith("/api/events");
      response.end(JSON.stringify(isEvents ? { items, next: null } : { items: [], requests: [] }));
    }).listen(port, "127.0.0.1", resolve);
  });
}
async function close(): Promise<void> {
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
}
const event = (receipt: string) => ({
  id: `evt_${receipt}`,
  receipt,
  source: "voiso",
  type: "call.started",
  receivedTime: "2026-11-20T09:00:00Z",
  due: 1,
  states: { delivered: 1, waiting: 0, dead: 0, expired: 0 },
});

afterEach(close);

test("tail says once that the relay is lost and once that it is back, marks the gap, and goes on", async () => {
  const port = await findFreePort();
  await open(port, [event("rcpt_1")]);
  const child = spawn(
    process.execPath,
    ["src/cli/main.ts", "tail", "--follow", "1", "--url", `http://127.0.0.1:${port}`],
    {
      cwd: root,
      env: { ...process.env, NO_COLOR: "1" },
    },
  );
  const said = { out: "", err: "" };
  child.stdout.on("data", (chunk) => {
    said.out += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    said.err += String(chunk);
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  await expect.poll(() => said.out, SOON).toContain("evt_rcpt_1");
  await close();
  await expect.poll(() => said.err, SOON).toMatch(/lost: no relay answers at/);
  // Several more looks find it away.
  await new Promise((resolve) => setTimeout(resolve, 2500));
  await open(port, [event("rcpt_2"), event("rcpt_1")]);
  await expect.poll(() => said.out, SOON).toContain("evt_rcpt_2");
  child.kill("SIGINT");
  expect(await ended).toBe(0);
  expect(said.err.match(/lost/g)).toHaveLength(1);
  expect(said.err.match(/back/g)).toHaveLength(1);
  const [, gap, after] = said.out.trim().split("\n");
  expect(gap).toMatch(/^── nothing was seen from .+ to .+; what came meanwhile follows ──$/);
  expect(after).toContain("evt_rcpt_2");
});
