import { env } from "cloudflare:workers";
import { describe, expect } from "vitest";
import { logins } from "./logins.ts";
import { many, scenario } from "./scenario.ts";
import type { World } from "./world.ts";

const MINUTE = 60_000;
const claims = (sql: string) => (sql.includes("INTO claim") ? "fails" : undefined);
const settles = (sql: string) => (sql.includes("INTO event") ? "fails" : undefined);

/** Webhooks are accepted and lie in the queue. */
async function accept(world: World, count = 20): Promise<void> {
  await world.receive(logins(many(count)));
}

describe("when the log is down while webhooks are fanned out", () => {
  scenario("claims fail: delivered unclaimed", {}, async (world) => {
    await accept(world);
    world.troubles.LOG = claims;
    await world.turn();
    await world.turn();
    world.troubles.LOG = undefined;
  });

  scenario("settling fails: the results travel on", {}, async (world) => {
    await accept(world);
    world.troubles.LOG = settles;
    await world.runFor(25_000);
    world.troubles.LOG = undefined;
  });

  scenario("the log fails altogether", {}, async (world) => {
    await accept(world);
    world.troubles.LOG = "fails";
    await world.runFor(15_000);
    world.troubles.LOG = undefined;
  });

  scenario("the log hangs", { duplicated: many(20) * 2 }, async (world) => {
    await accept(world, 10);
    world.troubles.LOG = "hangs";
    world.patience = 2500;
    await world.turn();
    world.troubles.LOG = undefined;
  });

  scenario("neither log nor queue takes the results: they lie in the spool", {}, async (world) => {
    await accept(world);
    world.troubles.LOG = settles;
    world.troubles.DEAD = world.troubles.RETRIES = "fails";
    await world.runFor(5000);
    world.troubles.LOG = world.troubles.DEAD = world.troubles.RETRIES = undefined;
  });

  scenario(
    "neither log, queue nor spool takes the results: duplicates",
    { duplicated: many(20) * 2 },
    async (world) => {
      await accept(world);
      await world.turn();
      world.troubles.LOG = (sql) => (sql.includes("INTO spool") ? "fails" : settles(sql));
      world.troubles.DEAD = world.troubles.RETRIES = "fails";
      await world.turn();
      world.troubles.LOG = world.troubles.DEAD = world.troubles.RETRIES = undefined;
    },
  );

  scenario("every second call to the log fails", { duplicated: many(20) * 2 }, async (world) => {
    let calls = 0;
    world.troubles.LOG = () => (++calls % 2 === 0 ? "fails" : undefined);
    await accept(world);
    await world.runFor(MINUTE);
    world.troubles.LOG = undefined;
  });
});

describe("when the log is down later", () => {
  scenario("recording attempts fails: each may be made again", { duplicated: many(10) * 2 }, async (world) => {
    await Promise.all(Object.values(world.sinks).map((sink) => sink.behave({ status: 404 })));
    await accept(world, 10);
    await world.turn();
    await Promise.all(Object.values(world.sinks).map((sink) => sink.behave({})));
    world.troubles.LOG = (sql) => (sql.includes("INSERT INTO tally (") ? "fails" : undefined);
    await world.runFor(10_000);
    world.troubles.LOG = undefined;
  });

  scenario("down until messages are dead letters, and still then", {}, async (world) => {
    await accept(world, 10);
    world.troubles.CONFIG = world.troubles.LOG = "fails";
    world.renew();
    await world.runFor(15 * MINUTE);
    expect(world.lines.EVENTS.length).toBe(0);
    expect(world.lines.DEAD.length).toBe(many(10));
    await world.runFor(30 * MINUTE);
    world.troubles.CONFIG = world.troubles.LOG = undefined;
  });
});

describe("when the configuration cannot be read", () => {
  for (const how of ["fails", "hangs"] as const) {
    scenario(`KV ${how}, and the isolates are new: the last good configuration`, {}, async (world) => {
      await accept(world, 1);
      await world.run();
      world.troubles.CONFIG = how;
      world.renew();
      expect(new Set(await world.receive(logins(many(20))))).toEqual(new Set([200]));
      await world.runFor(MINUTE);
      expect(await world.isQuiet()).toBe(true);
      world.troubles.CONFIG = undefined;
    });

    scenario(`KV ${how}, and the permissions with it: agents are let in by the last good map`, {}, async (world) => {
      await env.PERMISSIONS.put("vcc", JSON.stringify({ users: { "2": { allow: [7] } } }));
      const ask = async (user: number) => {
        const question = { projectId: 7, userId: user, username: "x", groupId: 1, customData: [] };
        const path = "/in/vcc/project-login?secret-key=chaos-key";
        world.questions += 1;
        world.pass(1);
        return (await world.ask(path, { body: JSON.stringify(question) }))?.json();
      };
      expect(await ask(2)).toEqual({ "7": true });
      world.troubles.CONFIG = world.troubles.PERMISSIONS = how;
      world.pass(31_000);
      expect(await Promise.all([ask(2), ask(3)])).toEqual([{ "7": true }, { "7": false }]);
      world.renew();
      expect(await Promise.all([ask(2), ask(3)])).toEqual([{ "7": true }, { "7": false }]);
      world.troubles.CONFIG = world.troubles.PERMISSIONS = undefined;
    });
  }

  scenario(
    "KV shows a map for a minute after a revocation: out of force within half a minute more",
    {},
    async (world) => {
      const mapFor = (rule: object) => JSON.stringify({ users: { "2": rule } });
      const granted = mapFor({ allow: [7] });
      const ask = async () => {
        const question = { projectId: 7, userId: 2, username: "x", groupId: 1, customData: [] };
        world.questions += 1;
        world.pass(1);
        const answer = await world.ask("/in/vcc/project-login?secret-key=chaos-key", {
          body: JSON.stringify(question),
        });
        return JSON.stringify(await answer?.json());
      };
      await env.PERMISSIONS.put("vcc", granted);
      expect(await ask()).toBe('{"7":true}');
      const revoked = Date.now();
      await env.PERMISSIONS.put("vcc", mapFor({ deny: "*" }));
      world.stale.set("vcc", granted);
      const answers = new Map<number, string>();
      for (let seconds = 5; seconds <= 180; seconds += 5) {
        world.pass(revoked + seconds * 1000 - Date.now());
        if (seconds >= 60) world.stale.delete("vcc");
        if (seconds === 120) world.renew();
        answers.set(seconds, await ask());
      }
      const denied = [...answers].filter(([, answer]) => answer === '{"7":false}').map(([seconds]) => seconds);
      expect(denied[0]).toBeLessThanOrEqual(60 + 30);
      expect(denied.at(-1)).toBe(180);
      expect(denied).toHaveLength((180 - (denied[0] ?? 0)) / 5 + 1);
    },
  );

  scenario("an invalid document is put into KV: the last good one stays in force", {}, async (world) => {
    await accept(world);
    await world.turn();
    await world.putConfiguration('{"sources": {}, "destinations": {"crm": {"url": "no url"}}}');
    world.pass(31_000);
    await accept(world);
    await world.run();
    await world.putConfiguration("{");
    world.renew();
    await accept(world);
    await world.run();
    await world.configure();
  });
});

describe("when gates or wake-ups are out of order", () => {
  for (const how of ["fails", "hangs"] as const) {
    scenario(`every gate ${how}: passed by`, {}, async (world) => {
      await accept(world);
      world.troubles.GATE = how;
      await world.run();
    });

    scenario(`the queue of wake-ups ${how}: cron finds the rows`, {}, async (world) => {
      await world.sink("other").behave({ status: 500 });
      world.troubles.RETRIES = how;
      await accept(world, 10);
      await world.turn();
      await world.runFor(MINUTE);
      await world.sink("other").behave({});
      world.troubles.RETRIES = undefined;
    });
  }
});
