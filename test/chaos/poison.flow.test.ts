import { env } from "cloudflare:workers";
import { describe, expect } from "vitest";
import * as z from "zod";
import { deflate } from "../../src/platform/deflate.ts";
import { logins } from "./logins.ts";
import { many, scenario } from "./scenario.ts";
import type { World } from "./world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const COUNT = 10;
const message = z.looseObject({ receipt: z.string(), body: z.string().optional() });
const agentOf = (text: string) => z.looseObject({ agent: z.string() }).parse(JSON.parse(text)).agent;
const row = z.object({ receipt: z.string(), message: z.string() });

/** Webhooks lie in the queue; one of them is chosen to be the poison. */
async function accept(world: World): Promise<string> {
  await world.receive(logins(many(COUNT)));
  const { receipt, body = "" } = message.parse(world.lines.EVENTS.bodies[3]);
  world.accepted.delete(agentOf(body));
  return receipt;
}

const spoil = (world: World, receipt: string, change: (body: z.infer<typeof message>) => unknown) =>
  world.lines.EVENTS.rewrite((body) => {
    const read = message.parse(body);
    return read.receipt === receipt ? change(read) : body;
  });

const run = (sql: string, ...values: unknown[]) =>
  env.LOG.prepare(sql)
    .bind(...values)
    .run();
const reasons = async (table: string) => (await env.LOG.prepare(`SELECT reason FROM ${table}`).all()).results;

/** A receiver that is not well, and a poisoned row of one of its deliveries; the event counts, but not its agent. */
async function waitFor(world: World, poison: (receipt: string) => Promise<unknown>) {
  await world.sink("other").behave({ status: 404 });
  const receipt = await accept(world);
  world.others += 1;
  while (world.lines.EVENTS.length > 0) await world.turn();
  await poison(receipt);
  await world.sink("other").behave({});
}

describe("when one is poisoned among others", () => {
  scenario("a poisoned message, when it is read", { failed: 1 }, async (world) => {
    const receipt = await accept(world);
    spoil(world, receipt, (read) => ({ ...read, body: "{" }));
  });

  scenario("a poisoned message, when its body is fetched", { failed: 1 }, async (world) => {
    const receipt = await accept(world);
    await run("INSERT INTO spool (receipt, due, tries, message, body) VALUES (?1, 9e15, 1, '{}', x'0102')", receipt);
    spoil(world, receipt, ({ body: _, ...read }) => ({ ...read, ref: true }));
  });

  scenario("a poisoned event, when it is claimed", {}, async (world) => {
    const receipt = await accept(world);
    world.others += 1;
    world.troubles.LOG = (sql) => (sql.includes("AS wanted") && sql.includes(receipt) ? "fails" : undefined);
    await world.runFor(MINUTE);
    world.troubles.LOG = undefined;
  });

  scenario("a poisoned event, when it is settled", { failed: 1 }, async (world) => {
    const receipt = await accept(world);
    world.troubles.LOG = (sql) => (sql.includes("INTO event") && sql.includes(receipt) ? "fails" : undefined);
    await world.runFor(10 * MINUTE);
    expect(await world.settled()).toBe(many(COUNT) - 1);
    expect(await reasons("failure")).toEqual([{ reason: "log_refused" }]);
    expect(Object.values(world.lines).map(({ length }) => length)).toEqual([0, 0, 0]);
    world.troubles.LOG = undefined;
  });

  scenario("a poisoned event, when it is read from the log", {}, async (world) => {
    const body = [...(await deflate("{"))];
    const hex = body.map((byte) => byte.toString(16).padStart(2, "0")).join("");
    await waitFor(world, (receipt) => run(`UPDATE event SET body = x'${hex}' WHERE receipt = ?1`, receipt));
    world.deadLetters = 1;
    await world.run();
    expect(await reasons("delivery WHERE state = 'dead'")).toEqual([{ reason: "event_unreadable" }]);
  });

  scenario("a poisoned row of a delivery, when it is due", {}, async (world) => {
    await waitFor(world, (receipt) => run("UPDATE delivery SET since = 'then' WHERE receipt = ?1", receipt));
    world.deadLetters = 1;
    await world.run();
    expect(await reasons("delivery WHERE state = 'dead'")).toEqual([{ reason: "row_unreadable" }]);
  });

  scenario("a poisoned row of a delivery, when its attempt is recorded", {}, async (world) => {
    await waitFor(world, (receipt) => run("UPDATE delivery SET attempts = 'none' WHERE receipt = ?1", receipt));
  });

  scenario("a poisoned row of a delivery, when it is overdue", {}, async (world) => {
    await waitFor(world, (receipt) => run("UPDATE delivery SET type = x'00' WHERE receipt = ?1", receipt));
    world.lines.RETRIES.take(1000);
    world.deadLetters = 1;
    await world.run();
  });

  scenario("a poisoned row of a delivery, when it is held", {}, async (world) => {
    await world.sink("other").behave({ status: 503 });
    const receipt = await accept(world);
    world.others += 1;
    await world.runFor(10_000);
    await run("UPDATE delivery SET next = NULL, type = x'00' WHERE receipt = ?1", receipt);
    await world.sink("other").behave({});
    world.deadLetters = 1;
    await world.run();
  });

  scenario("a poisoned wake-up", { failed: 3 }, async (world) => {
    await waitFor(world, async () => undefined);
    const { RETRIES } = world.lines;
    RETRIES.send([{ body: { v: 1, receipt: 7 } }, { body: { v: 1, probe: 7 } }, { body: "wake up" }]);
    RETRIES.send([{ body: { v: 1, receipt: "rcpt_x", destination: "nobody", run: 9, attempt: -1 } }]);
  });

  scenario("a poisoned row of the spool", { failed: 1 }, async (world) => {
    world.troubles.EVENTS = "fails";
    await world.receive(logins(many(COUNT)));
    world.troubles.EVENTS = undefined;
    const { receipt, message: text } = row.parse(await env.LOG.prepare("SELECT * FROM spool LIMIT 1 OFFSET 3").first());
    world.accepted.delete(agentOf(message.parse(JSON.parse(text)).body ?? ""));
    await run("UPDATE spool SET message = '{' WHERE receipt = ?1", receipt);
  });
});

describe("when a webhook ends its consumer", () => {
  /** Nine others are sent again as long as the batch ends with it, and once more when each is alone: four times. */
  scenario("a webhook ends whoever reads it, until it is read plainly", { duplicated: 9 * 2 * 4 }, async (world) => {
    const receipt = await accept(world);
    world.others += 1;
    const found = world.lines.EVENTS.bodies.map((body) => message.parse(body));
    const killer = agentOf(found.find((one) => one.receipt === receipt)?.body ?? "");
    // What is read is seen when it is sent: there the consumer ends.
    world.troubles.fetch = (what) => (what.includes(killer) && what.includes("agent.logged_in") ? "ends" : undefined);
    await world.runFor(HOUR);
    expect(await world.settled()).toBe(many(COUNT));
    const got = await world.sink("well").received();
    expect(got.filter(({ body }) => body.includes("normalizer_skipped"))).toHaveLength(1);
    world.troubles.fetch = undefined;
  });
});

describe("when a queue refuses all day", () => {
  scenario("every queue refuses for 24 hours", {}, async (world) => {
    await world.sink("other").behave({ status: 404 });
    await world.receive(logins(many(COUNT)));
    await world.turn();
    await world.sink("other").behave({});
    world.troubles.EVENTS = world.troubles.RETRIES = world.troubles.DEAD = "fails";
    world.cronEvery = 30 * MINUTE;
    expect(new Set(await world.receive(logins(many(COUNT))))).toEqual(new Set([200]));
    await world.runFor(24 * HOUR);
    world.troubles.EVENTS = world.troubles.RETRIES = world.troubles.DEAD = undefined;
    world.cronEvery = MINUTE;
  });
});
