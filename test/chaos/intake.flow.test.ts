import { describe, expect } from "vitest";
import type { Life } from "./life.ts";
import { type Login, logins } from "./logins.ts";
import { atEachCall, many, scenario } from "./scenario.ts";
import type { World } from "./world.ts";

const MINUTE = 60_000;
const RETRY_AFTER = 5000;

describe("when the queue does not take what the intake accepts", () => {
  for (const how of ["fails", "hangs"] as const) {
    scenario(`the queue ${how} at intake; cron drains the spool`, {}, async (world) => {
      world.troubles.EVENTS = how;
      const statuses = await world.receive(logins(many(30)));
      expect(new Set(statuses)).toEqual(new Set([200]));
      await world.runFor(3 * MINUTE);
      world.troubles.EVENTS = undefined;
    });
  }

  scenario("queue and log fail at intake; the sender sends what was refused again", {}, async (world) => {
    const sent = logins(many(30));
    world.troubles.EVENTS = "fails";
    world.troubles.LOG = (sql) => (sql.includes("INTO spool") && Math.random() < 0.5 ? "fails" : undefined);
    const statuses = await world.receive(sent);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    world.troubles.EVENTS = world.troubles.LOG = undefined;
    await world.receive(sent.filter((_, place) => statuses[place] === 503));
  });
});

/** The sender got no answer, or none that it liked: it comes again after a while. */
async function sendAgain(world: World, sent: readonly Login[]): Promise<void> {
  while (world.accepted.size < sent.length) {
    world.pass(RETRY_AFTER);
    await world.receive(sent.filter(({ agent }) => !world.accepted.has(agent)));
  }
}

atEachCall("the intake", {
  prepare: async () => logins(2),
  play: async (world, strike, [first, second]): Promise<Life[]> => {
    const lives: Life[] = [];
    for (const login of [first, second]) {
      if (login === undefined) continue;
      const life = world.begin(strike);
      lives.push(life);
      await world.post(login, life);
    }
    return lives;
  },
  after: sendAgain,
  repeats: "any",
  tolerated: { fails: 0, "fails, but is done": 0, dies: 0, "dies when it is done": 0 },
});
