import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as z from "zod";
import { keepBusy } from "../../src/cli/busy/run.ts";
import type { LocalRelay } from "../../src/cli/local/open.ts";
import { readSettings } from "../../src/cli/local/settings.ts";
import { findFreePort } from "../cli/free-port.ts";
import { openBuiltRelay } from "./relay.ts";

const PATIENCE = { timeout: 120_000, interval: 500 };
const state = mkdtempSync(join(tmpdir(), "hookswitch-busy-"));
const stop = new AbortController();
let relay: LocalRelay;
let busy: Promise<void>;

beforeAll(async () => {
  relay = await openBuiltRelay({ port: await findFreePort(), sinkPort: await findFreePort(), state, busy: true });
  busy = keepBusy(relay, { paceMs: 100, signal: stop.signal });
}, 120_000);

afterAll(async () => {
  stop.abort();
  await busy;
  await relay.close();
  rmSync(state, { recursive: true, force: true });
});

async function ask<T>(schema: z.ZodType<T>, path: string): Promise<T> {
  const headers = { authorization: `Bearer ${relay.adminToken}` };
  return schema.parse(await (await fetch(`${relay.url}/api/${path}`, { headers })).json());
}

const status = z.object({
  verdict: z.string(),
  items: z.array(z.object({ kind: z.string(), subject: z.string() })),
  logins: z.object({ granted: z.number(), refused: z.number() }),
});
const calls = z.object({ items: z.array(z.object({ subject: z.string() })) });
const call = z.object({ gaps: z.array(z.unknown()), items: z.array(z.object({ late: z.boolean() })) });
const ledger = z.object({ webhooks: z.object({ duplicates: z.number() }) });
const shadow = z.object({ agreement: z.object({ disagreed: z.array(z.unknown()) }) });

test("--busy brings all that goes wrong in life before one's eyes", async () => {
  await vi.waitFor(async () => {
    const { verdict, items } = await ask(status, "status");
    expect(verdict).toBe("attention");
    expect(items.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual(
      expect.arrayContaining([
        "dead_letters billing",
        "breaker_open crm",
        "destination_paused warehouse",
        "requests_refused ucontact",
        "requests_refused *",
        "source_silent voiso-east",
        "permissions_faulty vcc-berlin",
      ]),
    );
  }, PATIENCE);
  await vi.waitFor(async () => {
    expect((await ask(ledger, "ledger")).webhooks.duplicates).toBeGreaterThan(0);
    const { logins } = await ask(status, "status");
    expect(Math.min(logins.granted, logins.refused)).toBeGreaterThan(0);
    const { items } = await ask(calls, "events?source=hcc&type=call.completed");
    const told = await Promise.all(items.map(({ subject }) => ask(call, `calls/hcc/${subject.replace("call/", "")}`)));
    expect(told.some(({ gaps }) => gaps.length > 0)).toBe(true);
    expect(told.some(({ items }) => items.some(({ late }) => late))).toBe(true);
    expect((await ask(shadow, "permissions/vcc-berlin/status")).agreement.disagreed).not.toEqual([]);
  }, PATIENCE);
}, 240_000);

test("--busy has a state of its own, and brings its own documents", () => {
  expect(readSettings({}, true).state).not.toBe(readSettings({}).state);
  expect(readSettings({ HOOKSWITCH_STATE: "/tmp/x" }, true).state).toBe("/tmp/x");
  expect(() => readSettings({ HOOKSWITCH_CONFIG: "relay.json" }, true)).toThrow("--busy brings");
});
