import { env } from "cloudflare:workers";
import { encodeTime, ulid } from "ulid";
import { describe, expect, it } from "vitest";
import { removeOlder } from "../../src/log/retention.ts";

const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.parse("2026-11-20T09:00:00Z");

async function keepEvent(name: string, at: number): Promise<string> {
  const receipt = `rcpt_${ulid(at)}`;
  await env.LOG.batch([
    env.LOG.prepare("INSERT INTO claim (id, receipt) VALUES (?1, ?2)").bind(name, receipt),
    env.LOG.prepare(
      `INSERT INTO event (receipt, id, source, type, subject, time, key, due, results, body)
       VALUES (?1, ?2, 's', 'call.started', null, '', '', 1, '{}', x'00')`,
    ).bind(receipt, name),
  ]);
  return receipt;
}

async function addDelivery(receipt: string, state: string) {
  await env.LOG.prepare(
    `INSERT INTO delivery (receipt, destination, run, source, type, state, attempt, next, since, reason, attempts)
     VALUES (?1, 'crm', 0, 's', 'call.started', ?2, 1, 0, 0, null, '[]')`,
  )
    .bind(receipt, state)
    .run();
}

const names = async (table: string) => {
  const { results } = await env.LOG.prepare(`SELECT id FROM ${table} ORDER BY id`).all();
  return results.map(({ id }) => id);
};

const usual = { before: NOW - 30 * DAY, now: Date.now(), full: 8_000_000_000, steps: 10 };

describe("removeOlder", () => {
  it("removes an old event with its claim and its deliveries, and leaves a young one", async () => {
    await addDelivery(await keepEvent("old", NOW - 31 * DAY), "dead");
    await keepEvent("young", NOW - DAY);
    await removeOlder(env.LOG, usual);
    expect(await names("event")).toEqual(["young"]);
    expect(await names("claim")).toEqual(["young"]);
    expect(await env.LOG.prepare("SELECT count(*) AS n FROM delivery").first()).toEqual({ n: 0 });
  });

  it("leaves an event whose delivery still waits, however old", async () => {
    await addDelivery(await keepEvent("waiting", NOW - 90 * DAY), "waiting");
    await removeOlder(env.LOG, usual);
    expect(await names("event")).toEqual(["waiting"]);
  });

  it("leaves an event that is held, however old", async () => {
    const receipt = await keepEvent("held", NOW - 90 * DAY);
    await env.LOG.prepare("UPDATE event SET hold = 1 WHERE receipt = ?1").bind(receipt).run();
    await removeOlder(env.LOG, usual);
    expect(await names("event")).toEqual(["held"]);
    expect(await names("claim")).toEqual(["held"]);
  });

  it("goes on while there is a full step to remove, ten of them at most", async () => {
    const numbers = Array.from({ length: 5200 }, (_, n) => n);
    await env.LOG.prepare(
      "INSERT INTO failure (receipt, source, reason, message) SELECT value, 's', '', '' FROM json_each(?1)",
    )
      .bind(JSON.stringify(numbers.map((n) => `rcpt_${encodeTime(NOW - 31 * DAY + n)}0000000000000000`)))
      .run();
    const left = () => env.LOG.prepare("SELECT count(*) AS n FROM failure").first("n");
    await removeOlder(env.LOG, usual);
    expect(await left()).toBe(200);
    await removeOlder(env.LOG, usual);
    expect(await left()).toBe(0);
  });

  it("takes the oldest events out of a database that is nearly full", async () => {
    for (let n = 0; n < 502; n++) await keepEvent(`event-${String(n).padStart(3, "0")}`, NOW - DAY + n);
    await removeOlder(env.LOG, { ...usual, full: 1 });
    expect(await names("event")).toEqual(["event-500", "event-501"]);
  });

  it("removes what was unknown so long ago, and leaves what is young", async () => {
    await env.LOG.batch(
      [
        ["old", NOW - 31 * DAY],
        ["young", NOW - 29 * DAY],
      ].map(([project, first]) =>
        env.LOG.prepare("INSERT INTO unknown_project (source, project, first) VALUES ('s', ?1, ?2)").bind(
          project,
          first,
        ),
      ),
    );
    await removeOlder(env.LOG, usual);
    const { results } = await env.LOG.prepare("SELECT project FROM unknown_project").all();
    expect(results).toEqual([{ project: "young" }]);
  });

  it("removes no more than it is told to", async () => {
    for (let n = 0; n < 3; n += 1) await keepEvent(`event-${n}`, NOW - 31 * DAY + n);
    await removeOlder(env.LOG, { ...usual, steps: 0 });
    expect(await names("event")).toHaveLength(3);
  });
});
