import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test } from "vitest";
import { forgetRelay } from "../../src/config/load-relay.ts";
import type { Door } from "../intake/door.ts";
import { openSink } from "../sink/sink.ts";
import { heard, IVR, openWith, SECRET, toldIn } from "./scene.ts";

let door: Door;
afterEach(() => door.settle());

const plain = { "content-type": "text/plain" };

async function openCached(behaviour: object = { headers: plain, body: "hello" }, seconds = 60) {
  const system = openSink();
  await system.behave(behaviour);
  const cache = { seconds, by: ["caller"] };
  door = await openWith({ ivr: { ask: system.url, secrets: [SECRET], otherwise: "sorry", cache } });
  return system;
}

const texts = async (...paths: string[]) => {
  const said: string[] = [];
  for (const path of paths) said.push((await heard(await door.knock(path)))[2]);
  return said;
};

describe("a good answer is kept", () => {
  test("for the same caller, whatever else the question says", async () => {
    const system = await openCached();
    expect(await texts(`${IVR}&caller=1&uuid=a`, `${IVR}&caller=1&uuid=b`)).toEqual(["hello", "hello"]);
    await system.behave({ headers: plain, body: "another" });
    expect(await texts(`${IVR}&caller=1`, `${IVR}&caller=2`)).toEqual(["hello", "another"]);
    expect(await system.received()).toHaveLength(2);
    expect(toldIn(door).map(({ cached, outcome }) => [cached, outcome])).toEqual([
      [false, "answered"],
      [true, "answered"],
      [true, "answered"],
      [false, "answered"],
    ]);
  });

  test("also while the responder is dead", async () => {
    const system = await openCached();
    await texts(`${IVR}&caller=1`);
    await system.behave({ status: 500 });
    expect(await texts(...Array.from({ length: 7 }, () => `${IVR}&caller=2`))).toEqual(Array(7).fill("sorry"));
    expect(await texts(`${IVR}&caller=1`)).toEqual(["hello"]);
  });

  test("and with its type, until its time is over", async () => {
    const system = await openCached({ headers: { "content-type": "text/x-ini" }, body: "a=1" }, 0.2);
    for (const _ of [1, 2])
      expect(await heard(await door.knock(`${IVR}&caller=1`))).toEqual([200, "text/x-ini", "a=1"]);
    await scheduler.wait(250);
    await door.knock(`${IVR}&caller=1`);
    expect((await system.received()).length).toBeGreaterThanOrEqual(2);
  });
});

describe("nothing is kept", () => {
  test.each([
    ["of a question by POST", { method: "POST", body: "caller=1" }],
    ["of one by DELETE", { method: "DELETE" }],
  ])("%s", async (_, request) => {
    const system = await openCached();
    for (const _ of [1, 2]) await door.knock(`${IVR}&caller=1`, request);
    expect(await system.received()).toHaveLength(2);
  });

  test("of callers without a number", async () => {
    const system = await openCached();
    await texts(`${IVR}&caller=`, `${IVR}&caller=`, IVR, IVR);
    expect(await system.received()).toHaveLength(4);
  });

  test("of an answer that is none", async () => {
    const system = await openCached({ status: 404 });
    await texts(`${IVR}&caller=1`, `${IVR}&caller=1`);
    expect(await system.received()).toHaveLength(2);
  });

  test("beyond a change of the configuration, nor for another source", async () => {
    const system = await openCached();
    await texts(`${IVR}&caller=1`);
    const { sources } = JSON.parse((await env.CONFIG.get("relay")) ?? "");
    await env.CONFIG.put("relay", JSON.stringify({ sources: { ...sources, other: sources.vcc } }));
    forgetRelay();
    await texts(`${IVR}&caller=1`, `${IVR.replace("vcc", "other")}&caller=1`, `${IVR}&caller=1`);
    expect(await system.received()).toHaveLength(3);
  });
});
