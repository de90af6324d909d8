import { env } from "cloudflare:workers";
import { beforeEach, expect, it, vi } from "vitest";
import * as z from "zod";
import { pauseDestination } from "../../src/delivery/gate/pause.ts";
import { resumeDestination } from "../../src/delivery/retries/resume.ts";
import { addAgents } from "../../src/log/agents.ts";
import { aDeed } from "../deed.ts";
import { openDoor } from "../intake/door.ts";
import { openSink } from "../sink/sink.ts";
import { catchMessages, consumeAll } from "./consume-all.ts";
import { aWebhook, configure } from "./scene.ts";

/** The log, with a meter for the rows that are written: D1 is paid for by them. */
function meterLog() {
  const meter = { rows: 0 };
  const count = <T extends D1Result>(result: T): T => {
    meter.rows += result.meta.rows_written;
    return result;
  };
  const watch = (statement: D1PreparedStatement): D1PreparedStatement => {
    const { bind, run, all } = statement;
    return Object.assign(statement, {
      bind: (...values: unknown[]) => watch(bind.apply(statement, values)),
      run: async () => count(await run.call(statement)),
      all: async () => count(await all.call(statement)),
    });
  };
  const LOG: D1Database = Object.assign(Object.create(env.LOG), {
    prepare: (text: string) => watch(env.LOG.prepare(text)),
    batch: async (statements: D1PreparedStatement[]) => (await env.LOG.batch(statements)).map(count),
  });
  return { LOG, meter };
}

const count = (number: number) => Array.from({ length: number }, () => aWebhook());
const row = z.object({ receipt: z.string(), destination: z.string(), run: z.number(), attempt: z.number() });
const wakeUps = async () => {
  const { results } = await env.LOG.prepare(
    "SELECT receipt, destination, run, attempt FROM delivery WHERE state = 'waiting'",
  ).all();
  return z
    .array(row)
    .parse(results)
    .map((found) => ({ v: 1, ...found }));
};
const { queue: RETRIES } = catchMessages();

let LOG: D1Database;
let meter: { rows: number };
/** Rows written by a batch, for each of its events. */
async function cost(messages: readonly unknown[], queue?: "hookswitch-retries"): Promise<number> {
  const before = meter.rows;
  await consumeAll(messages, { LOG, RETRIES }, queue);
  return (meter.rows - before) / messages.length;
}

beforeEach(async () => {
  ({ LOG, meter } = meterLog());
});

/** Three destinations with a warm configuration; the first of them behaves as it is told. */
async function threeDestinations(id: string, settings: object = {}) {
  const [first, second, third] = [openSink(), openSink(), openSink()];
  await configure({ [id]: { url: first.url, ...settings }, bi: { url: second.url }, wallboard: { url: third.url } });
  await consumeAll(count(1));
  await vi.waitUntil(async () => (await env.LOG.prepare("SELECT 1 FROM document").all()).results.length > 0, {
    timeout: 60_000,
    interval: 50,
  });
  return first;
}

it("an event to three destinations costs 2.1 rows in a batch of ten, and 3 alone", async () => {
  await threeDestinations("well");
  expect(await cost(count(10))).toBeCloseTo(2.1);
  expect(await cost(count(1))).toBe(3);
});

it("a webhook that repeats an event costs a row, its index and its share of the tally", async () => {
  await threeDestinations("repeated");
  const { body } = aWebhook();
  await cost([aWebhook({ body })]);
  expect(await cost([aWebhook({ body })])).toBe(3);
});

it("a destination that fails costs 2 rows more, and 2 for each further attempt that fails, and its share of the tally", async () => {
  const first = await threeDestinations("failing", { retry: { delays: [3600, 3600, 3600] } });
  await first.behave({ status: 404 });
  expect(await cost(count(10))).toBeCloseTo(4.1);
  expect(await cost(await wakeUps(), "hookswitch-retries")).toBeLessThanOrEqual(2.1);
});

it("a delivery that succeeds the second time costs 3 rows more in all, and its share of the tally", async () => {
  const first = await threeDestinations("once", { retry: { delays: [3600] } });
  await first.behave({ status: 404 });
  expect(await cost(count(10))).toBeCloseTo(4.1);
  await first.behave({ status: 200 });
  expect(await cost(await wakeUps(), "hookswitch-retries")).toBeLessThanOrEqual(1.1);
});

it("a held delivery costs 2 rows, nothing while it waits, 2 when it is let go, and 1 when it is delivered", async () => {
  await threeDestinations("held");
  await pauseDestination(env, "held", "operator");
  expect(await cost(count(10))).toBeCloseTo(4.1);
  expect(await cost([{ v: 1, probe: "held" }], "hookswitch-retries")).toBe(0);
  const before = meter.rows;
  await resumeDestination({ ...env, LOG, RETRIES }, "held", aDeed, Date.now());
  // The row of the pause, and what the audit tells of it: an entry in a table and its index, and its personal part.
  const once = 4;
  expect((meter.rows - before - once) / 10).toBeLessThanOrEqual(2);
  expect(await cost(await wakeUps(), "hookswitch-retries")).toBeLessThanOrEqual(1.1);
});

it("a login costs a row more than a webhook, the index that finds it; its agent two once, and one a day", async () => {
  await threeDestinations("logins");
  const door = await openDoor();
  door.queue = "keeps";
  for (let agent = 1; agent <= 11; agent++) {
    await door.post("/in/vcc/project-login?secret-key=vcc-key", { projectId: 7, userId: agent });
  }
  await door.settle();
  const [first, ...rest] = door.queued;
  expect(await cost(rest)).toBeCloseTo(3.1);
  expect(await cost([first])).toBe(4);
  const noted = async (day: string) => {
    const before = meter.rows;
    await addAgents(LOG, "vcc", [{ id: "41", username: "nora_k" }], day);
    return meter.rows - before;
  };
  expect(await noted("2026-11-20")).toBe(2);
  expect(await noted("2026-11-20")).toBe(0);
  expect(await noted("2026-11-21")).toBe(1);
});
