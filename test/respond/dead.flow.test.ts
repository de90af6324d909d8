import { afterEach, describe, expect, test, vi } from "vitest";
import { forgetRelay } from "../../src/config/load-relay.ts";
import type { Door } from "../intake/door.ts";
import { openSink } from "../sink/sink.ts";
import { heard, IVR, openWith, SECRET, toldIn } from "./scene.ts";

let door: Door;
afterEach(async () => {
  vi.useRealTimers();
  await door.settle();
});

/** Milliseconds; one that hangs is waited for as short as can be, one that answers as long as a busy machine needs. */
const [SHORT, LONG] = [300, 2000];
const sorry = [200, "text/plain; charset=utf-8", "sorry"];
const plain = { "content-type": "text/plain" };

async function openDead(behaviour: object, timeoutMs = LONG) {
  const system = openSink();
  await system.behave(behaviour);
  door = await openWith({ ivr: { ask: system.url, secrets: [SECRET], timeoutMs, otherwise: "sorry" } });
  return system;
}

async function kill(): Promise<void> {
  for (let n = 0; n < 5; n++) expect(await heard(await door.knock(IVR))).toEqual(sorry);
}

/** Time goes on by so much for the relay. */
function later(milliseconds: number): void {
  vi.setSystemTime(Date.now() + milliseconds);
}

describe("a responder that is known to be dead", () => {
  test("costs callers nothing: 2,000 questions are answered without asking it", async () => {
    const system = await openDead({ fault: "hang" }, SHORT);
    door.queue = "keeps";
    await kill();
    const lane = async () => {
      for (let n = 0; n < 100; n++) {
        expect((await door.knock(`${IVR}&caller=${n}`)).status).toBe(200);
      }
    };
    await Promise.all(Array.from({ length: 20 }, lane));
    // The first five, and one each five seconds that this took.
    const asked = (await system.received()).length;
    expect(toldIn(door).filter(({ reason }) => reason === "known_dead").length).toBeGreaterThanOrEqual(2005 - asked);
    expect(asked).toBeLessThan(15);
  });

  test("is tried after five seconds by one question, whose caller gets the answer when it is back", async () => {
    const system = await openDead({ status: 500 });
    await kill();
    await system.behave({ headers: plain, body: "hello" });
    expect(await heard(await door.knock(IVR))).toEqual(sorry);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    later(5001);
    expect((await heard(await door.knock(IVR)))[2]).toBe("hello");
    expect((await heard(await door.knock(IVR)))[2]).toBe("hello");
  });

  test("lets only one caller wait at a time", async () => {
    const system = await openDead({ fault: "hang" }, SHORT);
    await kill();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    later(5001);
    await Promise.all(Array.from({ length: 20 }, () => door.knock(IVR)));
    expect(await system.received()).toHaveLength(6);
  });

  test("is alive again with a new version of the configuration", async () => {
    const system = await openDead({ status: 500 });
    await kill();
    expect(toldIn(door).at(-1)?.reason).toBe("status");
    await door.knock(IVR);
    expect(toldIn(door).at(-1)?.reason).toBe("known_dead");
    await system.behave({ headers: plain, body: "hello" });
    forgetRelay();
    expect((await heard(await door.knock(IVR)))[2]).toBe("hello");
  });
});

test.each([
  ["forbids", { status: 403 }],
  ["answers nonsense", { headers: { "content-type": "application/json" }, body: "?" }],
  ["sends elsewhere", { status: 302 }],
])("a responder that %s is alive, and is asked each time", async (_, behaviour) => {
  const system = await openDead(behaviour);
  for (let n = 0; n < 8; n++) expect(await heard(await door.knock(IVR))).toEqual(sorry);
  expect(await system.received()).toHaveLength(8);
});
