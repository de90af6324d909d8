import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import * as z from "zod";
import { keepBusy } from "../../src/cli/busy/run.ts";
import { freePort, openBuiltRelay } from "../e2e/relay.ts";

const PATIENCE = { timeout: 60_000, interval: 200 };
const status = z.object({ items: z.array(z.object({ kind: z.string() })), log: z.object({ queued: z.number() }) });
const made = z.object({ token: z.string() });

/** A relay on which a lot has happened, and nothing happens any more: every page shows something, and stands still. */
export async function openBusyRelay() {
  const state = mkdtempSync(join(tmpdir(), "hookswitch-browser-"));
  const relay = await openBuiltRelay({ port: await freePort(), sinkPort: await freePort(), state, busy: true });
  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${relay.url}/api/${path}`, {
      method,
      headers: { authorization: `Bearer ${relay.adminToken}` },
      body: body && JSON.stringify(body),
    });
    const told: unknown = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(told)}`);
    return told;
  };
  await keepBusy(relay, { paceMs: 20, rounds: 2 });
  await vi.waitFor(async () => {
    const { items } = status.parse(await call("GET", "status"));
    if (!["dead_letters", "breaker_open"].every((kind) => items.some((item) => item.kind === kind))) {
      throw new Error(`not yet: ${JSON.stringify(items)}`);
    }
  }, PATIENCE);
  await call("POST", "replays", { filter: { state: "dead" }, dryRun: true, reason: "billing was mended" });
  await call("POST", "tokens", { name: "Nora at the desk", role: "supervisor" });
  const receiver = made.parse(
    await call("POST", "tokens", { name: "billing", role: "receiver", destination: "billing" }),
  );
  const close = async () => {
    await relay.close();
    rmSync(state, { recursive: true, force: true });
  };
  return { ...relay, receiverToken: receiver.token, close };
}
