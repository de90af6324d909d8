import { describe } from "vitest";
import { logins } from "./logins.ts";
import { many, scenario } from "./scenario.ts";

const HOUR = 60 * 60_000;

describe("when the clock of one machine is wrong", () => {
  for (const [which, error] of [
    ["an hour ahead", HOUR],
    ["an hour defer", -HOUR],
    ["a day ahead", 24 * HOUR],
    ["a day defer", -24 * HOUR],
  ] as const) {
    scenario(`the clock is ${which} for a batch`, {}, async (world) => {
      await world.sink("other").behave({ status: 500 });
      await world.receive(logins(many(20)));
      await world.misdate(error, () => world.turn());
      await world.turn();
      await world.sink("other").behave({});
    });

    scenario(`the clock is ${which} at intake`, {}, async (world) => {
      await world.receive(logins(many(5)));
      await world.misdate(error, () => world.receive(logins(many(5))));
      await world.receive(logins(many(5)));
    });
  }
});
