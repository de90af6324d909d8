import { env } from "cloudflare:workers";
import { describe, expect, inject, it } from "vitest";
import * as z from "zod";
import { account } from "./account.ts";
import { logins } from "./logins.ts";
import { openWorld } from "./open-world.ts";
import { many, scenario } from "./scenario.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const HOURS = 4;
const EVENTS = 16 * inject("chaos");
/** A log that is known to hang need not be waited for so long. Real time. */
const LOG_PATIENCE = 150;
const carried = z.object({ receipt: z.string(), carried: z.number() });

describe("when the log", () => {
  scenario("the log hangs for 80 seconds: first attempts go out all the same", {}, async (world) => {
    await world.receive(logins(many(5)));
    await world.run();
    const began = Date.now();
    world.troubles.LOG = "hangs";
    world.logPatience = LOG_PATIENCE;
    await world.receive(logins(many(5)));
    await world.runFor(SECOND);
    for (const name of Object.keys(world.sinks)) expect(await world.sink(name).received()).toHaveLength(many(10));
    await world.runFor(began + 80 * SECOND - Date.now());
    world.troubles.LOG = undefined;
  });

  scenario("the log hangs for 80 seconds while deliveries are retried", {}, async (world) => {
    await world.sink("other").behave({ status: 404 });
    await world.receive(logins(many(4)));
    await world.turn();
    await world.sink("other").behave({});
    world.troubles.LOG = "hangs";
    world.logPatience = LOG_PATIENCE;
    await world.runFor(80 * SECOND);
    expect(await world.sink("other").received()).toHaveLength(many(4));
    world.troubles.LOG = undefined;
  });
});

it("the log is gone for four hours: what was sent meanwhile comes to its end afterwards", {
  timeout: 120_000,
}, async ({ task }) => {
  const world = await openWorld({ well: {}, other: {} });
  const began = Date.now();
  world.troubles.LOG = "fails";
  world.haste = 50;
  world.cronEvery = 10 * MINUTE;

  for (let event = 0; event < EVENTS; event += 1) {
    await world.receive(logins(1));
    await world.runFor(SECOND);
    // Whoever comes while the log is gone is delivered at once, and once.
    expect(await world.sink("well").received()).toHaveLength(event + 1);
    await world.runFor((HOURS * HOUR) / EVENTS - SECOND);
  }
  const { EVENTS: intake, DEAD, RETRIES } = world.lines;
  expect(Date.now() - began).toBeGreaterThanOrEqual(HOURS * HOUR - MINUTE);
  expect([intake.sent.length, RETRIES.sent.length]).toEqual([EVENTS, 0]);
  const sends = DEAD.sent.map(({ at, body }) => ({ at, ...carried.parse(body) }));
  const paces = [...Map.groupBy(sends, ({ receipt }) => receipt).values()].flatMap((own) =>
    own.slice(1).map(({ at, carried: times }, place) => ({ times, seconds: (at - (own[place]?.at ?? 0)) / SECOND })),
  );
  // The pace that keeps ten events a second, for four hours, below 300 sends a second.
  for (const { times, seconds } of paces) expect(seconds).toBeGreaterThanOrEqual(Math.min(10 * 2 ** (times - 2), 675));
  world.troubles.LOG = undefined;
  const back = Date.now();
  await world.run();
  const minutes = Math.ceil((Date.now() - back) / MINUTE);
  expect(minutes).toBeLessThanOrEqual(16);
  const told = await account(world);
  expect(told.duplicated).toBe(0);
  expect(await env.LOG.prepare("SELECT count(*) AS n FROM failure").first()).toEqual({ n: 0 });
  const mean = (sends.length / EVENTS).toFixed(1);
  task.meta.chaos = {
    fault: "the log is gone for 4 hours (virtual time)",
    runs: 1,
    ...told,
    note: `${mean} sends per event on average, none of them by the queue of the intake; all settled ${minutes} min after it was back`,
  };
});
