import { describe, expect, it } from "vitest";
import type { Responder } from "../../src/config/responders.ts";
import type { Json } from "../../src/events/json.ts";
import { cacheName, keep, keptNow, recall } from "../../src/respond/kept-answers.ts";
import { search } from "../../src/vendors/vcc-live/search.ts";
import { aResponder } from "./responder.ts";

const now = Date.parse("2026-11-27T09:00:00Z");
const cached = aResponder({ cache: { seconds: 30, by: ["caller", "menu"] } });
const question = { caller: "3615550199", menu: "1", pin: "1234" };
const reply = (bytes: number) => ({ type: "text/plain", bytes: new Uint8Array(bytes) });

describe("the name of an answer", () => {
  it("is a digest, the same for questions that agree in the members that count", async () => {
    const name = await cacheName(cached, "GET", question);
    expect(name).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(await cacheName(cached, "GET", { menu: "1", caller: "3615550199", pin: "9" })).toBe(name);
    expect(await cacheName(cached, "GET", { ...question, menu: "2" })).not.toBe(name);
    expect(await cacheName(cached, "GET", { ...question, menu: 1 })).not.toBe(name);
    expect(await cacheName({ ...cached }, "GET", question)).not.toBe(name);
  });

  it.each<[string, Responder, string, Json]>([
    ["by another method", cached, "POST", question],
    ["where nothing is kept", aResponder(), "GET", question],
    ["of a kind that is not kept", { ...cached, kind: search }, "GET", question],
    ["without a member that counts", cached, "GET", { caller: "1" }],
    ["with one that is empty", cached, "GET", { ...question, caller: "" }],
    ["with one that is null", cached, "GET", { ...question, caller: null }],
    ["that is no object", cached, "GET", null],
    ["with what every object has", { ...cached, cache: { seconds: 1, by: ["constructor"] } }, "GET", {}],
  ])("is none %s", async (_, responder, method, body) => {
    expect(await cacheName(responder, method, body)).toBeUndefined();
  });
});

describe("what is kept", () => {
  it("is good until its time is over", () => {
    keep("a", reply(1), now + 30_000);
    expect(recall("a", now + 29_999)).toEqual(reply(1));
    expect(recall("a", now + 30_000)).toBeUndefined();
    expect(recall("b", now)).toBeUndefined();
  });

  it("is bounded in number and bytes, and the oldest goes first", () => {
    for (let n = 0; n < 3000; n++) keep(`n${n}`, reply(10), now + 30_000);
    expect(keptNow()).toEqual({ answers: 2000, bytes: 20_000 });
    expect([recall("n999", now), recall("n1000", now)?.bytes.length]).toEqual([undefined, 10]);
    for (let n = 0; n < 100; n++) keep(`large${n}`, reply(65_536), now + 30_000);
    expect(keptNow().bytes).toBeLessThanOrEqual(4_194_304);
    expect(recall("n2999", now)).toBeUndefined();
    for (let n = 0; n < 50; n++) keep("again", reply(65_536), now + 30_000);
    expect(keptNow().answers).toBe(64);
  });
});
