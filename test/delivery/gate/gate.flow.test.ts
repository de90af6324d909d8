import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { AdmissionRequest } from "../../../src/delivery/gate/admission.ts";
import type { Sign } from "../../../src/delivery/gate/breaker.ts";

const FAILED: readonly Sign[] = ["bad", "bad", "bad", "bad", "bad"];
const asks = (rest: Partial<AdmissionRequest> = {}): AdmissionRequest => ({
  batch: "one",
  wanted: 10,
  lanes: 2,
  timeoutMs: 1000,
  as: "again",
  ...rest,
});

let names = 0;
let gate: DurableObjectStub<import("../../../src/delivery/gate/gate.ts").Gate>;
beforeEach(() => {
  names += 1;
  gate = env.GATE.getByName(`gate-${names}`);
});

const keptRows = () => runInDurableObject(gate, (_, { storage }) => [...storage.kv.list()].length);
const alarm = () => runInDurableObject(gate, (_, { storage }) => storage.getAlarm());

describe("a gate", () => {
  it("keeps nothing while all goes well", async () => {
    await gate.admit(asks());
    expect(await gate.report({ batch: "one", probe: false, signs: ["good", "bad", "good"] })).toEqual({
      closed: false,
    });
    expect(await keptRows()).toBe(0);
    expect(await gate.status()).toEqual({ breaker: "closed", failures: 0, paused: undefined });
  });

  it("remembers an open breaker when it was evicted", async () => {
    await gate.report({ batch: "one", probe: false, signs: FAILED });
    const before = await gate.status();
    expect(before).toMatchObject({ breaker: "open" });
    await evictDurableObject(gate);
    expect(await gate.status()).toMatchObject({ breaker: "open", until: before.until });
    expect(await gate.admit(asks())).toMatchObject({ admitted: 0, refused: { reason: "breaker" } });
  });

  it("tells since when its breaker is open, how often the destination failed and when the next probe goes", async () => {
    const now = Date.now();
    vi.setSystemTime(now);
    await gate.report({ batch: "one", probe: false, signs: FAILED });
    const open = { breaker: "open", since: now, paused: undefined };
    expect(await gate.status()).toEqual({ ...open, failures: 5, until: now + 5000, nextProbe: now + 5000 });
    vi.setSystemTime(now + 5000);
    expect(await gate.status()).toMatchObject({ breaker: "half_open", nextProbe: now + 5000 });
    await gate.admit(asks({ as: "probe" }));
    const underWay = (await gate.status()).nextProbe ?? 0;
    expect(underWay).toBeGreaterThan(now + 5000);
    await gate.report({ batch: "one", probe: true, signs: ["bad"] });
    await evictDurableObject(gate);
    expect(await gate.status()).toEqual({ ...open, failures: 6, until: now + 10_000, nextProbe: now + 10_000 });
    await gate.report({ batch: "two", probe: false, signs: ["good"] });
    expect(await gate.status()).toEqual({ breaker: "closed", failures: 0, paused: undefined });
  });

  it("remembers a pause when it was evicted, and forgets it when resumed", async () => {
    await gate.pause("operator");
    await evictDurableObject(gate);
    expect(await gate.admit(asks())).toMatchObject({ admitted: 0, refused: { reason: "paused" } });
    await gate.resume();
    await evictDurableObject(gate);
    expect(await gate.admit(asks())).toMatchObject({ admitted: 10 });
    expect(await keptRows()).toBe(0);
  });

  it("keeps the first reason of a pause", async () => {
    await gate.pause("status_410");
    await gate.pause("operator");
    expect((await gate.status()).paused).toMatchObject({ reason: "status_410" });
  });

  it("closes the breaker when it is resumed", async () => {
    await gate.report({ batch: "one", probe: false, signs: FAILED });
    await gate.resume();
    expect(await gate.status()).toMatchObject({ breaker: "closed", failures: 0 });
  });

  it("tells the batch that closed the breaker, and no other", async () => {
    await gate.report({ batch: "one", probe: false, signs: FAILED });
    vi.setSystemTime(Date.now() + 5000);
    expect(await gate.admit(asks({ as: "probe" }))).toMatchObject({ admitted: 1, probe: true });
    expect(await gate.report({ batch: "one", probe: true, signs: ["good"] })).toEqual({ closed: true });
    expect(await gate.report({ batch: "two", probe: false, signs: ["good"] })).toEqual({ closed: false });
    expect(await keptRows()).toBe(0);
  });

  it("sets an alarm for when its breaker lets a probe pass, anew each time that it opens", async () => {
    await gate.report({ batch: "one", probe: false, signs: FAILED });
    const first = await alarm();
    expect(first).toBe((await gate.status()).until);
    vi.setSystemTime(Date.now() + 5000);
    await gate.admit(asks({ as: "probe" }));
    await gate.report({ batch: "one", probe: true, signs: ["bad"] });
    expect(await alarm()).toBe((await gate.status()).until);
    expect((await alarm()) ?? 0).toBeGreaterThan(first ?? 0);
  });

  it("does not mind an alarm after all is well", async () => {
    await gate.report({ batch: "one", probe: false, signs: FAILED });
    await gate.report({ batch: "two", probe: false, signs: ["good"] });
    expect(await runDurableObjectAlarm(gate)).toBe(true);
    expect(await gate.status()).toMatchObject({ breaker: "closed" });
  });
});
