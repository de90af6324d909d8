import { env } from "cloudflare:workers";
import { expect, it, vi } from "vitest";
import { pauseDestination } from "../../src/delivery/gate/pause.ts";
import { tend } from "../../src/janitor/every-minute.ts";
import { putSpool } from "../../src/log/spool.ts";
import { catchMessages, consumeAll } from "../delivery/consume-all.ts";
import { aWebhook, configure, ledger } from "../delivery/scene.ts";
import { openSink } from "../sink/sink.ts";
import { aWork } from "../work.ts";

const count = (number: number) => Array.from({ length: number }, () => aWebhook());
const rows = async () => (await env.LOG.prepare("SELECT * FROM delivery").all()).results;

it("calls for one probe of each destination that has something held, and writes no row for it", async () => {
  const url = openSink().url;
  await configure({ broken: { url, paused: true }, stopped: { url }, configured: { url, paused: true } });
  await pauseDestination(env, "stopped", "operator");
  await consumeAll(count(12));
  await configure({ broken: { url }, stopped: { url }, configured: { url, paused: true } });
  const before = await rows();
  expect(before).toHaveLength(36);
  const { queue, caught } = catchMessages();
  await tend(aWork({ env: { ...env, RETRIES: queue }, now: Date.now() + 3_600_000 }));
  expect(caught).toEqual([{ v: 1, probe: "broken" }]);
  expect(await rows()).toEqual(before);
});

it("lets go what was held for a destination that is configured to go on", async () => {
  const sink = openSink();
  await configure({ crm: { url: sink.url, paused: true } });
  await consumeAll(count(30));
  await configure({ crm: { url: sink.url } });
  await tend(aWork());
  await vi.waitUntil(async () => (await ledger()).deliveries.delivered === 30, { timeout: 60_000, interval: 50 });
  expect(await sink.received()).toHaveLength(30);
});

it("once an hour removes agents who did not ask for as long as events are kept", async () => {
  await configure({});
  const hour = Date.parse("2026-11-20T09:00:00Z");
  await env.LOG.prepare(
    "INSERT INTO agent (source, id, username, seen) VALUES ('vcc', '1', '', '2026-10-01'), ('vcc', '2', '', '2026-11-19')",
  ).run();
  const left = async () => (await env.LOG.prepare("SELECT id FROM agent").all()).results;
  await tend(aWork({ now: hour + 8 * 60_000 }));
  expect(await left()).toHaveLength(2);
  await tend(aWork({ now: hour + 3 * 60_000 }));
  expect(await left()).toEqual([{ id: "2" }]);
});

it("does its other duties when one of them fails", async () => {
  await configure({});
  const webhook = aWebhook();
  const { receipt } = webhook;
  await putSpool(env.LOG, { receipt, due: 0, message: JSON.stringify(webhook) });
  const errors = vi.spyOn(console, "error");
  const LOG: D1Database = Object.assign(Object.create(env.LOG), {
    prepare: (text: string) => {
      if (text.includes("delivery")) throw new Error("D1_ERROR: Network connection lost.");
      return env.LOG.prepare(text);
    },
  });
  const { queue: EVENTS, caught } = catchMessages();
  await tend(aWork({ env: { ...env, LOG, EVENTS } }));
  expect(caught).toMatchObject([{ receipt }]);
  expect(errors.mock.calls.flat().filter((line) => String(line).includes("janitor.failed")).length).toBeGreaterThan(1);
});
