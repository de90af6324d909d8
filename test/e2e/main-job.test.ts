import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { Receiver, SECRET } from "./receiver.ts";
import { eachOf, openRelay } from "./relay.ts";

const EVENTS = 500;
const receiver = new Receiver();
let relay: Awaited<ReturnType<typeof openRelay>>;

beforeAll(async () => {
  await receiver.open();
  relay = await openRelay({
    sources: { ucontact: { vendor: "ucontact", keys: ["k-e2e"], timezone: "UTC" } },
    destinations: { crm: { url: receiver.url, secrets: [SECRET], retry: { delays: Array(30).fill(1) } } },
  });
}, 120_000);

afterAll(async () => {
  await relay.close();
  await receiver.kill();
});

it(`loses none of ${EVENTS} events while their receiver is down for a while`, async () => {
  const events = Array.from({ length: EVENTS }, (_, n) => `agent-${n}`);
  let accepted = 0;
  await eachOf(events, 20, async (agent) => {
    const body = JSON.stringify({ event: "AgentLog", date: "2026-00-20 09:00:00", agent, isLogin: true });
    const response = await fetch(`${relay.url}/in/ucontact?key=k-e2e`, { method: "POST", body });
    expect(response.status).toBe(200);
    accepted += 1;
    if (accepted === 150) await receiver.kill();
  });
  await vi.waitUntil(async () => (await relay.ledger()).deliveries.waiting !== 0, { timeout: 60_000, interval: 200 });
  await receiver.open();
  await vi.waitUntil(() => receiver.ids.size === EVENTS, { timeout: 120_000, interval: 250 });
  await vi.waitUntil(async () => (await relay.ledger()).deliveries.delivered === EVENTS, {
    timeout: 120_000,
    interval: 250,
  });
  expect(receiver.forged).toBe(0);
  expect(await relay.ledger()).toMatchObject({
    balanced: true,
    webhooks: { accepted: EVENTS, events: EVENTS, duplicates: 0, failed: 0, unread: 0, unrouted: 0 },
    deliveries: { due: EVENTS, delivered: EVENTS, dead: 0, expired: 0, waiting: 0 },
  });
}, 180_000);
