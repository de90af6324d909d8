import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { forgetPauses, knownPauses } from "../../../src/delivery/gate/known-pauses.ts";
import { pauseDestination, readGate } from "../../../src/delivery/gate/pause.ts";
import { resumeDestination } from "../../../src/delivery/retries/resume.ts";
import { tend } from "../../../src/janitor/every-minute.ts";
import { readPauses } from "../../../src/log/pauses.ts";
import { aDeed } from "../../deed.ts";
import { openSink } from "../../sink/sink.ts";
import { aWork } from "../../work.ts";
import { catchMessages, consumeAll, silentGates } from "../consume-all.ts";
import { aWebhook, configure, ledger } from "../scene.ts";

const count = (number: number) => Array.from({ length: number }, () => aWebhook());
const settled = (what: "delivered" | "waiting", number: number) =>
  vi.waitUntil(async () => (await ledger()).deliveries[what] === number, { timeout: 60_000, interval: 50 });
const states = async () => {
  const found = await env.LOG.prepare(
    "SELECT state, reason, next, count(*) AS n FROM delivery GROUP BY 1, 2, 3 ORDER BY 1",
  ).all();
  return found.results;
};
const tables = async () => (await env.LOG.prepare("SELECT destination, reason FROM pause").all()).results;
const broken: D1Database["prepare"] = () => {
  throw new Error("D1_ERROR: Network connection lost.");
};

const standing = async (bindings: Env, id: string) => ({
  paused: (await readPauses(env.LOG)).find(({ destination }) => destination === id),
  gate: await readGate(bindings, id),
});

describe("a receiver that is gone", () => {
  it("makes its delivery a dead letter, and pauses the destination for the others", async () => {
    const sink = openSink();
    const errors = vi.spyOn(console, "error");
    await configure({ gone: { url: sink.url } });
    await sink.behave({ status: 410 });
    await consumeAll(count(1));
    await consumeAll(count(4));
    expect(await sink.received()).toHaveLength(1);
    expect(await states()).toEqual([
      { state: "dead", reason: "status_410", next: null, n: 1 },
      { state: "waiting", reason: "paused", next: null, n: 4 },
    ]);
    expect(await tables()).toEqual([{ destination: "gone", reason: "status_410" }]);
    expect(await standing(env, "gone")).toMatchObject({
      paused: { reason: "status_410" },
      gate: { paused: { reason: "status_410" } },
    });
    expect(errors.mock.calls.flat()).toContain(
      '{"event":"destination.paused","destination":"gone","reason":"status_410"}',
    );
    expect(await ledger()).toMatchObject({ balanced: true, deliveries: { due: 5, dead: 1, waiting: 4 } });
  });

  it("gets no more of the batch than what was under way", async () => {
    const sink = openSink();
    await configure({ "gone-in-batch": { url: sink.url } });
    await sink.behave({ status: 410 });
    await consumeAll(count(10));
    expect((await sink.received()).length).toBeLessThanOrEqual(2);
    const { deliveries } = await ledger();
    expect(deliveries.dead + deliveries.waiting).toBe(10);
  });
});

describe("a pause", () => {
  it("holds everything, cron or not, until it is resumed; then all of it goes on", async () => {
    const sink = openSink();
    await configure({ stopped: { url: sink.url } });
    await pauseDestination(env, "stopped", "operator");
    await consumeAll(count(20));
    await tend(aWork({ now: Date.now() + 3_600_000 }));
    expect(await sink.received()).toEqual([]);
    expect(await states()).toEqual([{ state: "waiting", reason: "paused", next: null, n: 20 }]);
    expect(await resumeDestination(env, "stopped", aDeed, Date.now())).toEqual({ ok: true, woken: 20 });
    await settled("delivered", 20);
    expect(await sink.received()).toHaveLength(20);
    expect(await tables()).toEqual([]);
  });

  it("is not written for again by cron", async () => {
    await configure({ "stopped-cron": { url: openSink().url } });
    await pauseDestination(env, "stopped-cron", "operator");
    await consumeAll(count(3));
    const { queue, caught } = catchMessages();
    await tend(aWork({ env: { ...env, RETRIES: queue }, now: Date.now() + 3_600_000 }));
    expect(caught).toEqual([]);
  });

  it("holds although the gate is silent", async () => {
    const sink = openSink();
    await configure({ "stopped-silent": { url: sink.url } });
    await pauseDestination(env, "stopped-silent", "operator");
    forgetPauses();
    await consumeAll(count(3), { GATE: silentGates() });
    expect(await sink.received()).toEqual([]);
    expect(await states()).toEqual([{ state: "waiting", reason: "paused", next: null, n: 3 }]);
  });

  it("of the configuration holds although neither gate nor log answer", async () => {
    const sink = openSink();
    await configure({ configured: { url: sink.url, paused: true } });
    const LOG: D1Database = Object.assign(Object.create(env.LOG), { prepare: broken });
    await consumeAll(count(1), { GATE: silentGates(), LOG });
    expect(await sink.received()).toEqual([]);
  });

  it("can be made while the gate is silent, but not ended", async () => {
    const sink = openSink();
    await configure({ "stopped-deaf": { url: sink.url } });
    const deaf = { ...env, GATE: silentGates() };
    await pauseDestination(deaf, "stopped-deaf", "operator");
    expect(await resumeDestination(deaf, "stopped-deaf", aDeed, Date.now())).toEqual({
      ok: false,
      reason: "gate_unreachable",
    });
    await consumeAll(count(1));
    expect(await sink.received()).toEqual([]);
    expect(await standing(deaf, "stopped-deaf")).toMatchObject({ paused: { reason: "operator" }, gate: undefined });
  });

  it("that this isolate has not heard of yet is held by the gate", async () => {
    const sink = openSink();
    await configure({ elsewhere: { url: sink.url } });
    expect(await knownPauses(env.LOG, Date.now())).toEqual(new Set());
    await env.GATE.getByName("elsewhere").pause("operator");
    await consumeAll(count(2));
    expect(await sink.received()).toEqual([]);
  });

  it("holds what comes due meanwhile", async () => {
    const sink = openSink();
    await configure({ "stopped-later": { url: sink.url, retry: { delays: [3600] } } });
    await sink.behave({ status: 500 });
    const webhook = aWebhook();
    await consumeAll([webhook]);
    await pauseDestination(env, "stopped-later", "operator");
    const wakeUp = { v: 1, receipt: webhook.receipt, destination: "stopped-later", run: 0, attempt: 1 };
    await consumeAll([wakeUp], {}, "hookswitch-retries");
    expect(await states()).toEqual([{ state: "waiting", reason: "paused", next: null, n: 1 }]);
    await sink.behave({ status: 200 });
    await resumeDestination(env, "stopped-later", aDeed, Date.now());
    await settled("delivered", 1);
  });
});

describe("a gate that is out of order", () => {
  it("holds up nothing for long when it is silent", async () => {
    const sink = openSink();
    await configure({ silent: { url: sink.url } });
    await knownPauses(env.LOG, Date.now());
    await consumeAll(count(1));
    const began = performance.now();
    await consumeAll(count(1), { GATE: silentGates() });
    const ms = performance.now() - began;
    expect(await sink.received()).toHaveLength(2);
    expect(ms).toBeGreaterThanOrEqual(290);
    expect(ms).toBeLessThan(1500);
  });

  it("holds up nothing when it fails", async () => {
    const sink = openSink();
    await configure({ failing: { url: sink.url } });
    const fails = () => Promise.reject(new Error("Durable Object reset"));
    for (const getByName of [() => ({ admit: fails, report: fails }), broken]) {
      const GATE: Env["GATE"] = Object.assign(Object.create(env.GATE), { getByName });
      await consumeAll(count(1), { GATE });
    }
    expect(await sink.received()).toHaveLength(2);
  });

  it("stops what might be paused, for all that can be known", async () => {
    const sink = openSink();
    await configure({ unknown: { url: sink.url } });
    const LOG: D1Database = Object.assign(Object.create(env.LOG), {
      prepare: (text: string) => (text.includes("FROM pause") ? broken(text) : env.LOG.prepare(text)),
    });
    const { queue: RETRIES } = catchMessages();
    await consumeAll(count(1), { GATE: silentGates(), LOG, RETRIES });
    expect(await sink.received()).toEqual([]);
    expect(await states()).toMatchObject([{ state: "waiting", reason: "gate", n: 1 }]);
  });
});
