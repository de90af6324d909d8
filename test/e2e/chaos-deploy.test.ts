import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import * as z from "zod";
import type { Counted } from "../chaos/meta.ts";
import { findFreePort } from "../cli/free-port.ts";
import { Receiver, SECRET } from "./receiver.ts";
import { eachOf, openBuiltRelay } from "./relay.ts";

const ledger = z.looseObject({
  balanced: z.boolean(),
  webhooks: z.looseObject({ events: z.number() }),
  deliveries: z.looseObject({ delivered: z.number() }),
});
/** Cron comes each minute, and what is held may need it twice. */
const PATIENCE = { timeout: 180_000, interval: 200 };
/** After a second each delivery that failed asks the gate again, and is held. */
const HELD = 3000;
const receiver = new Receiver();
let folder: string;
let relay: Awaited<ReturnType<typeof start>>;
let open: () => ReturnType<typeof start>;
let agents = 0;

/** A whole relay on the state of the one before. */
async function start(state: string, config: string, port: number, sinkPort: number) {
  const settings = { port, sinkPort, state, config };
  return openBuiltRelay(settings);
}

beforeAll(async () => {
  await receiver.open();
  folder = await mkdtemp(join(tmpdir(), "hookswitch-chaos-"));
  const config = join(folder, "config.json");
  await writeFile(
    config,
    JSON.stringify({
      sources: { ucontact: { vendor: "ucontact", keys: ["k-chaos"], timezone: "UTC" } },
      destinations: { crm: { url: receiver.url, secrets: [SECRET], retry: { delays: Array(60).fill(1) } } },
    }),
  );
  const [port, sinkPort] = [await findFreePort(), await findFreePort()];
  open = () => start(join(folder, "state"), config, port, sinkPort);
  relay = await open();
}, 400_000);

afterAll(async () => {
  await relay.close();
  await receiver.kill();
  await rm(folder, { recursive: true, force: true });
});

async function readLedger() {
  const headers = { authorization: `Bearer ${relay.adminToken}` };
  return ledger.parse(await (await fetch(`${relay.url}/api/ledger`, { headers })).json());
}

/** Sends webhooks, and waits until none is in the local queue any more: that lies in memory, and would be lost. */
async function send(count: number): Promise<void> {
  const next = Array.from({ length: count }, (_, place) => `agent-${agents + place}`);
  await eachOf(next, 10, async (agent) => {
    const body = JSON.stringify({ event: "AgentLog", date: "2026-00-20 09:00:00", agent, isLogin: true });
    const response = await fetch(`${relay.url}/in/ucontact?key=k-chaos`, { method: "POST", body });
    expect(response.status).toBe(200);
  });
  agents += count;
  await vi.waitUntil(async () => (await readLedger()).webhooks.events === agents, PATIENCE);
}

it("two Workers in turn on one state lose nothing that waited when the first one ended", async ({ task }) => {
  await send(30);
  await receiver.kill();
  await send(60);
  await wait(HELD);
  await relay.close();
  relay = await open();
  await receiver.open();
  await send(60);
  await vi.waitUntil(async () => (await readLedger()).deliveries.delivered === agents, PATIENCE);
  expect(await readLedger()).toMatchObject({
    balanced: true,
    webhooks: { accepted: agents, events: agents, duplicates: 0, failed: 0, unread: 0 },
    deliveries: { due: agents, delivered: agents, dead: 0, expired: 0, waiting: 0 },
  });
  const duplicated = [...receiver.ids.values()].reduce((sum, times) => sum + times - 1, 0);
  expect(receiver.ids.size).toBe(agents);
  expect(duplicated).toBe(0);
  expect(receiver.forged).toBe(0);
  const fault = "two Workers in turn on one state, and a receiver down meanwhile (whole process)";
  task.meta.chaos = { fault, runs: 1, events: agents, lost: agents - receiver.ids.size, duplicated } satisfies Counted;
}, 400_000);
