import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { CANARY, carryAll, keyOf, sourcesOf } from "../intake/canaries.ts";
import { dumpState } from "./dump-state.ts";
import { Receiver, SECRET } from "./receiver.ts";
import { eachOf, openRelay } from "./relay.ts";

const receiver = new Receiver();
let relay: Awaited<ReturnType<typeof openRelay>>;

beforeAll(async () => {
  await receiver.open();
  const to = { url: receiver.url, secrets: [SECRET], raw: true };
  relay = await openRelay({
    sources: sourcesOf(),
    destinations: { crm: to, standard: { ...to, format: "standard" }, raw: { ...to, format: "raw" } },
  });
}, 120_000);

afterAll(async () => {
  await relay.close();
  await receiver.kill();
});

it("stores, sends and logs no secret of any vendor, whatever nesting it came in", async () => {
  // A third of all, each nesting and each form among them: the intake's own test sends every one.
  const carried = [...carryAll()].filter((_, n) => n % 3 === 0);
  const refused: string[] = [];
  await eachOf(carried, 8, async ({ name, path, request }) => {
    const response = await fetch(`${relay.url}${path}`, request);
    if (response.status !== 200) refused.push(`${name}: ${response.status}`);
    await response.text();
  });
  expect(refused).toEqual([]);
  // One that is large, and one in the place of a kind.
  const query = `secret-key=${encodeURIComponent(keyOf("vcc"))}`;
  const large = JSON.stringify({ notes: Array.from({ length: 4000 }, (_, n) => `${n} ${keyOf("vcc")}`) });
  await fetch(`${relay.url}/in/vcc/large?${query}`, { method: "POST", body: large });
  await fetch(`${relay.url}/in/vcc/${encodeURIComponent(keyOf("vcc"))}?${query}`, { method: "POST", body: "{}" });
  await vi.waitUntil(async () => (await relay.ledger()).webhooks.unread === 0, { timeout: 60_000, interval: 250 });
  await vi.waitUntil(async () => (await relay.ledger()).deliveries.waiting === 0, { timeout: 60_000, interval: 250 });
  const stored = await dumpState(relay.state);
  expect(receiver.bodies.length).toBeGreaterThan(carried.length);
  for (const [place, text] of [
    ["stores", stored],
    ["logs", relay.logged.join("\n")],
    ["bodies", receiver.bodies.join("\n")],
    ["heads", receiver.heads.join("\n")],
  ] as const) {
    const found = text.match(new RegExp(`.{0,80}${CANARY}.{0,40}`, "g")) ?? [];
    expect([place, found.slice(0, 5)]).toEqual([place, []]);
  }
  expect(stored).toContain("kept");
  expect(receiver.bodies.join("\n")).toContain("[scrubbed]");
}, 180_000);
