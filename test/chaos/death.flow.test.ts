import { RESCUE_FROM } from "../../src/delivery/batch/turns.ts";
import { logins } from "./logins.ts";
import { resume } from "./resume.ts";
import { atEachCall, type Tolerated } from "./scenario.ts";
import type { World } from "./world.ts";

/** What an invocation that dies had under way is done again: two events for two receivers. */
const again: Tolerated = { fails: 0, "fails, but is done": 1, dies: 4, "dies when it is done": 4 };
const MINUTE = 60_000;

const all = (world: World, behaviour: { status?: number }) =>
  Promise.all(Object.values(world.sinks).map((sink) => sink.behave(behaviour)));

/** The receivers are well again, and whatever comes next does so in a new isolate. */
async function recover(world: World): Promise<void> {
  await all(world, {});
  world.renew();
}

atEachCall("the fan-out", {
  prepare: async (world) => {
    await world.sink("other").behave({ status: 500 });
    await world.receive(logins(2));
  },
  play: async (world, strike) => [await world.hand(world.lines.EVENTS, world.lines.EVENTS.take(10), strike)],
  after: recover,
  tolerated: again,
});

atEachCall("the fan-out to a receiver that takes its time", {
  prepare: async (world) => {
    await world.sink("other").behave({ delay: 700 });
    await world.receive(logins(2));
  },
  play: async (world, strike) => [await world.hand(world.lines.EVENTS, world.lines.EVENTS.take(10), strike)],
  after: recover,
  tolerated: again,
});

atEachCall("the fan-out to a receiver that is gone", {
  prepare: async (world) => {
    await world.sink("other").behave({ status: 410 });
    await world.receive(logins(2));
  },
  play: async (world, strike) => [await world.hand(world.lines.EVENTS, world.lines.EVENTS.take(10), strike)],
  after: async (world) => {
    await world.runFor(MINUTE);
    await recover(world);
    await resume(world, "other");
  },
  tolerated: again,
});

atEachCall("a delivery", {
  prepare: async (world) => {
    await all(world, { status: 404 });
    await world.receive(logins(2));
    await world.turn();
    await world.sink("well").behave({});
    world.pass(6000);
  },
  play: async (world, strike) => [await world.hand(world.lines.RETRIES, world.lines.RETRIES.take(10), strike)],
  after: recover,
  tolerated: again,
});

atEachCall("a probe", {
  prepare: async (world) => {
    await world.sink("other").behave({ status: 503 });
    await world.receive(logins(5));
    await world.turn();
    await world.receive(logins(2));
    await world.turn();
    await world.sink("other").behave({});
    world.pass(20_000);
    world.lines.RETRIES.take(100);
    world.lines.RETRIES.send([{ body: { v: 1, probe: world.id("other") } }]);
  },
  play: async (world, strike) => [await world.hand(world.lines.RETRIES, world.lines.RETRIES.take(10), strike)],
  tolerated: again,
});

atEachCall("cron", {
  prepare: async (world) => {
    world.troubles.EVENTS = "fails";
    await world.receive(logins(2));
    world.troubles.EVENTS = undefined;
    await world.sink("other").behave({ status: 503 });
    await world.receive(logins(6));
    await world.turn();
    world.lines.RETRIES.take(100);
    await world.sink("other").behave({});
    world.pass(5 * MINUTE);
  },
  play: async (world, strike) => [await world.tick(strike)],
  tolerated: again,
});

atEachCall("the rescue of what the queue is about to give up", {
  prepare: async (world) => {
    await world.receive(logins(3));
    return world.lines.EVENTS.take(10).map((message) => ({ ...message, tries: RESCUE_FROM }));
  },
  play: async (world, strike, messages) => [await world.hand(world.lines.EVENTS, messages, strike)],
  tolerated: again,
});
