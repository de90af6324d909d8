import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { keepBusy } from "../../src/cli/busy/run.ts";
import type { LocalRelay } from "../../src/cli/local/open.ts";
import type { LocalSettings } from "../../src/cli/local/settings.ts";
import { until } from "../../src/cli/until.ts";
import { findFreePort } from "../cli/free-port.ts";

const PATIENCE_MS = 60_000;
const LOOK_MS = 200;
/** What has to have been found wrong before anybody looks. */
const WANTED = ["dead_letters", "breaker_open"];
const status = z.object({ items: z.array(z.object({ kind: z.string() })) });
const made = z.object({ token: z.string() });

/**
 * A relay on which a lot has happened, and nothing happens any more: every page shows something, and stands still.
 * @param open runs a relay and a sink
 */
export async function openBusyRelay(open: (settings: LocalSettings) => Promise<LocalRelay>) {
  const state = mkdtempSync(join(tmpdir(), "hookswitch-browser-"));
  const relay = await open({ port: await findFreePort(), sinkPort: await findFreePort(), state, busy: true });
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
  await until(Date.now() + PATIENCE_MS, LOOK_MS, async () => {
    const { items } = status.parse(await call("GET", "status"));
    return WANTED.every((kind) => items.some((item) => item.kind === kind));
  });
  await call("POST", "replays", { filter: { state: "dead" }, dryRun: true, reason: "billing was mended" });
  const tokenOf = async (role: string, name: string) => made.parse(await call("POST", "tokens", { name, role })).token;
  const tokens = {
    viewer: await tokenOf("viewer", "The screen on the wall"),
    supervisor: await tokenOf("supervisor", "Nora at the desk"),
    operator: await tokenOf("operator", "Otto on call"),
  };
  const receiver = made.parse(
    await call("POST", "tokens", { name: "billing", role: "receiver", destination: "billing" }),
  );
  const close = async () => {
    await relay.close();
    rmSync(state, { recursive: true, force: true });
  };
  return { ...relay, tokens, receiverToken: receiver.token, close };
}
