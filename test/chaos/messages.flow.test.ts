import { describe, expect } from "vitest";
import * as z from "zod";
import { logins } from "./logins.ts";
import { many, scenario } from "./scenario.ts";

const MINUTE = 60_000;
const message = z.looseObject({ v: z.number(), receipt: z.string() });

describe("when the queue brings", () => {
  scenario("what is no webhook: it fails, the others of its batch do not", { failed: 3 }, async (world) => {
    await world.receive(logins(many(10)));
    world.lines.EVENTS.send([{ body: "nonsense" }, { body: { v: 1, receipt: 7 } }, { body: null }]);
    await world.receive(logins(many(10)));
  });

  scenario("a message of a newer version: it waits until that is deployed", {}, async (world) => {
    await world.receive(logins(many(10)));
    world.lines.EVENTS.rewrite((body) => ({ ...message.parse(body), v: 2, more: { of: "it" } }));
    await world.receive(logins(many(10)));
    world.cronEvery = 10 * MINUTE;
    await world.runFor(90 * MINUTE);
    world.cronEvery = MINUTE;
    expect((await world.sink("well").received()).length).toBe(many(10));
    for (const line of Object.values(world.lines)) line.rewrite(toOlder);
    await world.rewriteSpool((text) => JSON.stringify(toOlder(JSON.parse(text))));
  });

  scenario("a message of an older version, which knew no warnings", {}, async (world) => {
    await world.receive(logins(many(20)));
    world.lines.EVENTS.rewrite((body) => {
      const { warnings: _, ...older } = message.parse(body);
      return older;
    });
  });

  scenario("an event that the log never takes: those of its batch are settled", {}, async (world) => {
    await world.receive(logins(10));
    const [receipt = ""] = world.lines.EVENTS.bodies.map((body) => message.parse(body).receipt);
    world.troubles.LOG = (sql) => (sql.includes("INTO event") && sql.includes(receipt) ? "fails" : undefined);
    await world.runFor(2 * MINUTE);
    expect(await world.settled()).toBe(9);
    world.troubles.LOG = undefined;
  });

  scenario("each message twice", {}, async (world) => {
    await world.receive(logins(many(20)));
    const { EVENTS } = world.lines;
    const messages = EVENTS.take(many(20));
    for (const { body } of [...messages, ...messages]) EVENTS.send([{ body }]);
  });

  scenario("each message twice in one batch", {}, async (world) => {
    await world.receive(logins(many(20)));
    const { EVENTS } = world.lines;
    for (const { body } of EVENTS.take(many(20))) EVENTS.send([{ body }, { body }]);
  });

  scenario("each wake-up twice in one batch", {}, async (world) => {
    await world.sink("other").behave({ status: 404 });
    await world.receive(logins(5));
    await world.turn();
    await world.sink("other").behave({});
    world.pass(6000);
    const { RETRIES } = world.lines;
    for (const { body } of RETRIES.take(10)) RETRIES.send([{ body }, { body }]);
  });

  scenario("a batch to two consumers at once: duplicates", { duplicated: 20 }, async (world) => {
    await world.receive(logins(10));
    const messages = world.lines.EVENTS.take(10);
    await Promise.all([world.hand(world.lines.EVENTS, messages), world.hand(world.lines.EVENTS, messages)]);
  });

  scenario(
    "a batch to two consumers at once, and the receiver answers them differently",
    { duplicated: 20 },
    async (world) => {
      await world.receive(logins(10));
      const messages = world.lines.EVENTS.take(10);
      await world.sink("other").behave({ status: 404, delay: 100 });
      const slow = world.hand(world.lines.EVENTS, messages);
      await world.sink("other").waitFor(1);
      await world.sink("other").behave({});
      await Promise.all([slow, world.hand(world.lines.EVENTS, messages)]);
    },
  );

  scenario("a batch that is settled comes again, and the receiver answers otherwise", {}, async (world) => {
    await world.receive(logins(10));
    const messages = world.lines.EVENTS.take(10);
    await world.sink("other").behave({ status: 404 });
    await world.hand(world.lines.EVENTS, messages);
    await world.sink("other").behave({});
    await world.hand(world.lines.EVENTS, messages);
  });

  scenario(
    "a batch whose results travelled on comes again, and the receiver answers otherwise",
    { duplicated: 20 },
    async (world) => {
      await world.receive(logins(10));
      const messages = world.lines.EVENTS.take(10);
      await world.sink("other").behave({ status: 404 });
      world.troubles.LOG = (sql) => (sql.includes("INTO event") ? "fails" : undefined);
      await world.hand(world.lines.EVENTS, messages);
      world.troubles.LOG = undefined;
      await world.sink("other").behave({});
      await world.hand(world.lines.EVENTS, messages);
    },
  );

  scenario("wake-ups to two consumers at once: duplicates", { duplicated: 20 }, async (world) => {
    await Promise.all(Object.values(world.sinks).map((sink) => sink.behave({ status: 404 })));
    await world.receive(logins(5));
    await world.turn();
    await Promise.all(Object.values(world.sinks).map((sink) => sink.behave({})));
    world.pass(6000);
    const messages = world.lines.RETRIES.take(10);
    await Promise.all([world.hand(world.lines.RETRIES, messages), world.hand(world.lines.RETRIES, messages)]);
  });

  scenario("the same webhook, sent twice at once, to two consumers", { repeats: many(20) }, async (world) => {
    const sent = logins(many(20));
    await Promise.all([world.receive(sent), world.receive(sent)]);
    const { EVENTS } = world.lines;
    for (let batch = EVENTS.take(20); batch.length > 0; batch = EVENTS.take(20)) {
      const [some, others] = [batch.filter((_, place) => place % 2 === 0), batch.filter((_, place) => place % 2 === 1)];
      await Promise.all([world.hand(EVENTS, some), world.hand(EVENTS, others)]);
    }
  });
});

function toOlder(body: unknown): unknown {
  const { more: _, ...older } = message.parse(body);
  return { ...older, v: 1 };
}
