import { describe, expect } from "vitest";
import { logins } from "./logins.ts";
import { resume } from "./resume.ts";
import { many, scenario } from "./scenario.ts";
import type { World } from "./world.ts";

const MINUTE = 60_000;
const LARGE = 10 * 1024 * 1024;
type Behaviour = Parameters<World["sinks"][string]["behave"]>[0];

/** How a receiver can go wrong, and how many of its events it may get again though it answered that it has them. */
const behaviours: readonly (readonly [string, Behaviour, number?])[] = [
  ["breaks the connection", { fault: "reset" }],
  ["breaks off amid its answer", { fault: "cut", status: 500 }],
  ["takes an event, but breaks off amid saying so", { fault: "cut" }, Number.POSITIVE_INFINITY],
  ["answers what is no HTTP", { fault: "garbage" }],
  ["answers 500", { status: 500 }],
  ["answers 500 with 10 MB", { status: 500, size: LARGE }],
  ["takes an event, and answers with 10 MB", { size: LARGE }],
  ["answers 429 and Retry-After: 600", { status: 429, headers: { "retry-after": "600" } }],
  ["answers 503 and a Retry-After that is no date", { status: 503, headers: { "retry-after": "soon" } }],
  ["redirects", { status: 302, headers: { location: "https://elsewhere.example.com/" } }],
  ["answers 404", { status: 404 }],
];

describe("when a receiver", () => {
  for (const [fault, behaviour, duplicated = 0] of behaviours) {
    scenario(`a receiver ${fault}`, { duplicated }, async (world) => {
      await world.sink("other").behave(behaviour);
      await world.receive(logins(many(20)));
      await world.runFor(MINUTE);
      expect((await world.sink("well").received()).length, "the other receiver").toBe(many(20));
      await world.sink("other").behave({});
    });
  }

  scenario("a receiver hangs", { destinations: { well: {}, other: { timeoutMs: 1000 } } }, async (world) => {
    await world.sink("other").behave({ fault: "hang" });
    await world.receive(logins(many(20)));
    await world.runFor(MINUTE);
    expect((await world.sink("well").received()).length, "the other receiver").toBe(many(20));
    await world.sink("other").behave({});
  });

  scenario("a receiver refuses connections until it has another address", {}, async (world) => {
    await world.configure({ other: { url: "http://127.0.0.1:1/" } });
    world.renew();
    await world.receive(logins(many(20)));
    await world.runFor(MINUTE);
    await world.configure();
    world.pass(31_000);
  });

  scenario("a receiver answers 410 until it is resumed; its dead letters are replayed", {}, async (world) => {
    await world.sink("other").behave({ status: 410 });
    await world.receive(logins(many(20)));
    await world.runFor(10 * MINUTE);
    await world.sink("other").behave({});
    await resume(world, "other");
    expect(world.deadLetters).toBeGreaterThan(0);
  });
});
