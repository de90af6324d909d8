import { expect, inject, it } from "vitest";
import { account } from "./account.ts";
import { logins } from "./logins.ts";
import { openWorld } from "./open-world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const HOURS = 24;
const EVENTS = 200;
/** Of the default delays: the first attempt and one after each. */
const MOST_ATTEMPTS = 15;
const FACTOR = inject("chaos");

it("a receiver is down for a day: all of it arrives when it is back", { timeout: 120_000 }, async ({ task }) => {
  const world = await openWorld({ well: {}, other: {} });
  world.cronEvery = FACTOR > 1 ? MINUTE : 30 * MINUTE;
  await world.sink("other").behave({ status: 503 });
  for (let hour = 0; hour < HOURS; hour += 1) {
    if (hour < EVENTS / 10) await world.receive(logins(10));
    await world.runFor(HOUR);
  }
  expect((await world.sink("well").received()).length).toBe(EVENTS);
  const tried = await world.sink("other").received();
  await world.sink("other").behave({});
  const back = Date.now();
  await world.run();
  const minutes = Math.ceil((Date.now() - back) / MINUTE);
  const told = await account(world);
  const all = await world.sink("other").received();
  const attempts = [...Map.groupBy(all, ({ headers }) => headers["webhook-id"]).values()].map(({ length }) => length);
  expect(Math.max(...attempts)).toBeLessThanOrEqual(MOST_ATTEMPTS);
  expect(Math.max(...all.map(({ headers }) => Number(headers["webhook-attempt"])))).toBe(Math.max(...attempts));
  const mean = (all.length / EVENTS).toFixed(2);
  task.meta.chaos = {
    fault: "a receiver is down for 24 hours (virtual time, default delays)",
    runs: 1,
    ...told,
    note: `${tried.length} attempts while it was down, ${world.alarms} of them called for by its gate's alarm; \
${mean} attempts per event in all, ${Math.max(...attempts)} at most; all delivered ${minutes} min after it was back`,
  };
});
