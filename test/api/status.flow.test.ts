import { createExecutionContext } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { app } from "../../src/app.ts";
import { forgetRelay } from "../../src/config/load-relay.ts";
import { pauseDestination } from "../../src/delivery/gate/pause.ts";
import { noteBeats } from "../../src/log/beats.ts";
import { countFlow } from "../../src/log/ledger/flow.ts";
import { foldTally } from "../../src/log/ledger/fold.ts";
import { addToTally } from "../../src/log/ledger/tally.ts";
import { HOUR_MS, hourOf } from "../../src/platform/time/instant.ts";
import { finding, verdict } from "../../src/status/finding.ts";
import { catchMessages, consumeAll } from "../delivery/consume-all.ts";
import { failingLog } from "../delivery/faulty-log.ts";
import { aWebhook, SECRET } from "../delivery/scene.ts";
import { openSink } from "../sink/sink.ts";
import { call } from "./call.ts";
import { keepEvents } from "./keep-events.ts";

const answer = z.strictObject({
  verdict,
  sentence: z.string(),
  items: z.array(finding),
  sources: z.array(z.looseObject({ id: z.string() })),
  destinations: z.array(z.looseObject({ id: z.string() })),
  incidents: z.strictObject({ open: z.int(), unseen: z.int() }),
  logins: z.looseObject({}),
  log: z.looseObject({}),
});
const status = async () => answer.parse((await call("GET", "status")).body);
const kinds = async () => (await status()).items.map(({ kind, subject }) => `${kind} ${subject}`);

/** One source whose key is set, and destinations. */
async function configure(destinations: Record<string, object>, source: object = {}) {
  const complete = Object.entries(destinations).map(([id, one]) => [id, { secrets: [SECRET], ...one }]);
  const ucontact = { vendor: "ucontact", keys: ["ucontact-key"], timezone: "UTC", ...source };
  await env.CONFIG.put("relay", JSON.stringify({ sources: { ucontact }, destinations: Object.fromEntries(complete) }));
  forgetRelay();
}

beforeEach(async () => {
  await configure({});
  await noteBeats(env.LOG, ["cron"], Date.now());
});

describe("GET /api/status", () => {
  it("says that all is well, and what came lately", async () => {
    const sink = openSink();
    await configure({ crm: { url: sink.url } });
    await consumeAll([aWebhook(), aWebhook()]);
    // What tests before have left in the queue is dropped as it comes.
    await expect.poll(async () => (await env.EVENTS.metrics()).backlogCount, { timeout: 60_000 }).toBe(0);
    const told = await status();
    expect(told).toMatchObject({ verdict: "ok", sentence: "All is well; nothing waits.", items: [] });
    expect(told.sources).toEqual([
      {
        id: "ucontact",
        vendor: "ucontact",
        last: expect.stringMatching(/Z$/),
        lately: { webhooks: 2, logins: 0, refused: 0 },
      },
    ]);
    expect(told.destinations).toEqual([
      {
        id: "crm",
        paused: null,
        breaker: { state: "closed", failures: 0, since: null, nextProbe: null },
        waiting: { deliveries: 0, oldest: null },
        dead: { deliveries: 0, more: false, oldest: null },
        lately: { attempts: 2, delivered: 2, dead: 0, expired: 0 },
      },
    ]);
    expect(told.logins).toMatchObject({ decided: 0, granted: 0, refused: 0 });
    expect(told.log).toMatchObject({ readable: true, queued: 0, travelling: 0, spooled: 0, today: 2 });
  });

  it("names dead letters until they are replayed, an open breaker with its next probe, and a pause", async () => {
    const sink = openSink();
    await sink.behave({ status: 500 });
    const { queue: RETRIES } = catchMessages();
    await configure({
      gone: { url: sink.url, retry: { delays: [] } },
      crm: { url: sink.url, retry: { delays: [3600] } },
    });
    await consumeAll(
      Array.from({ length: 6 }, () => aWebhook()),
      { RETRIES },
    );
    await pauseDestination(env, "gone", "operator");
    const told = await status();
    expect(told.verdict).toBe("attention");
    expect(told.items.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      "dead_letters gone",
      "breaker_open crm",
      "destination_paused gone",
    ]);
    const [dead, breaker] = told.items;
    expect(dead?.sentence).toMatch(/^gone did not take \d deliver(?:y|ies), given up for good/);
    expect(breaker?.sentence).toMatch(/^crm fails: \d failures in a row; 6 deliveries wait, .*probe/);
    expect(breaker?.since).toEqual(expect.any(String));
    expect(told.destinations.find(({ id }) => id === "crm")).toMatchObject({
      waiting: { deliveries: 6, oldest: expect.any(String) },
      breaker: { state: "open", nextProbe: expect.any(String) },
    });
    await sink.behave({});
    const { results } = await env.LOG.prepare("SELECT receipt FROM delivery WHERE state = 'dead'").all();
    for (const { receipt } of results) await call("POST", `events/${receipt}/replay`, { destination: "gone" });
    expect(await kinds()).not.toContain("dead_letters gone");
  });

  it("needs nobody for dead letters that were left for days, and tells them all the same", async () => {
    await configure({ crm: { url: openSink().url } });
    const lost = (daysAgo: number) => {
      const at = Date.now() - daysAgo * 24 * HOUR_MS;
      const flow = countFlow([{ destination: "crm", due: true, state: "dead" }]);
      return addToTally(env.LOG, [{ hour: hourOf(at), source: "ucontact", due: 1, dead: 1, flow }]).run();
    };
    await keepEvents({ at: Date.now() - 9 * 24 * HOUR_MS, deliveries: { crm: "dead" } });
    await env.LOG.prepare("DELETE FROM tally").run();
    await lost(4);
    await foldTally(env.LOG, Date.now());
    expect(await kinds()).toEqual([]);
    expect((await status()).destinations).toMatchObject([{ dead: { deliveries: 1 } }]);
    // Given up just now, though it was accepted long ago.
    await lost(0);
    expect(await kinds()).toEqual(["dead_letters crm"]);
    await env.LOG.prepare("DELETE FROM tally").run();
    await lost(2);
    expect(await kinds()).toEqual(["dead_letters crm"]);
    await foldTally(env.LOG, Date.now());
    expect(await kinds()).toEqual(["dead_letters crm"]);
  });

  it("looks at every breaker of a hundred destinations on the Paid plan, else says whose it did not look at", async () => {
    const url = openSink().url;
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`d${n}`, { url, secrets: [SECRET] }]));
    const gates = z.object({ breaker: z.object({}).nullable(), unasked: z.literal(true).optional() });
    const unasked = async (plan?: string) => {
      await env.CONFIG.put("relay", JSON.stringify({ sources: {}, destinations: many, ...(plan ? { plan } : {}) }));
      forgetRelay();
      const { sentence, destinations } = await status();
      const all = z.array(gates).parse(destinations);
      for (const { breaker, unasked } of all) expect(breaker === null).toBe(unasked === true);
      return [sentence, all.filter(({ unasked }) => unasked).length];
    };
    expect(await unasked("paid")).toEqual(["All is well; nothing waits.", 0]);
    const rest = "The 80 breakers behind which least waits were not looked at.";
    expect(await unasked()).toEqual([`All is well; nothing waits. ${rest}`, 80]);
  });

  it("names requests that were refused lately, by cause, and none of the day before", async () => {
    await exports.default.fetch(new Request("http://localhost/in/ucontact?key=wrong", { method: "POST" }));
    await env.LOG.batch([
      addToTally(env.LOG, [{ hour: hourOf(Date.now()), source: "ucontact", refused: { no_key: 2 } }]),
      addToTally(env.LOG, [{ hour: hourOf(Date.now() - 24 * HOUR_MS), source: "ucontact", refused: { malformed: 1 } }]),
    ]);
    await expect
      .poll(async () => (await status()).items.map(({ sentence }) => sentence))
      .toEqual(["2 requests of ucontact were refused: no_key", "1 request of ucontact was refused: wrong_key"]);
  });

  it("names a source that is silent in an hour in which something usually comes", async () => {
    // The hour may end while this runs.
    const weeks = [1, 2, 3].flatMap((number) =>
      [0, 1].map((hours) => Date.now() - number * 7 * 24 * HOUR_MS - hours * HOUR_MS),
    );
    await addToTally(
      env.LOG,
      weeks.map((at) => ({ hour: hourOf(at), source: "ucontact", duplicates: 1, last: at })),
    ).run();
    await foldTally(env.LOG, Date.now());
    expect(await kinds()).toEqual(["source_silent ucontact"]);
    await consumeAll([aWebhook()]);
    expect(await kinds()).toEqual([]);
  });

  it("names a source that is silent for longer than it may be", async () => {
    await configure({}, { silentAfter: 30 });
    expect(await kinds()).toEqual(["source_silent ucontact"]);
  });

  it("names documents, maps and secrets that are missing or wrong", async () => {
    const sources = {
      acme: { vendor: "vcc-live", keys: ["env:NOT_SET"] },
      beta: { vendor: "vcc-live", keys: ["key-of-beta"] },
    };
    await env.CONFIG.put("relay", JSON.stringify({ sources }));
    await env.PERMISSIONS.put("beta", JSON.stringify({ default: { allow: [1], hours: { start: "25:00" } } }));
    forgetRelay();
    const found = await kinds();
    expect(found).toContain("permissions_missing acme");
    expect(found).toContain("secret_unset NOT_SET");
    expect(found.some((one) => one.startsWith("permissions_") && one.endsWith("beta"))).toBe(true);
  });

  it("says what is broken when neither log nor configuration can be read", async () => {
    const LOG = failingLog("SELECT");
    const headers = { authorization: "Bearer test-admin-token" };
    const request = new Request("http://localhost/api/status", { headers });
    const response = await app.fetch(request, { ...env, LOG }, createExecutionContext());
    const told = answer.parse(await response.json());
    expect(told).toMatchObject({ verdict: "broken", items: [{ kind: "log_unreadable" }], log: { readable: false } });
    await env.CONFIG.delete("relay");
    forgetRelay();
    expect(await kinds()).toContain("config_unreadable relay");
  });
});

/** Events and deliveries enough that whoever walked through them would be seen. */
async function fill(from: string, events: number, dead: number, waiting: number) {
  const numbers = (to: number) =>
    `WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ${to})`;
  const receipt = `'rcpt_${from}' || printf('%022d', n)`;
  const deliveries = (to: number, state: string, next: string, after: number) => `${numbers(to)}
    INSERT INTO delivery (receipt, destination, run, source, type, state, attempt, next, since, reason, attempts)
    SELECT 'rcpt_${from}' || printf('%022d', n + ${after}), 'crm', 0, 'ucontact', 'call.started', '${state}', 1, ${next}, 0, 'x', '[]' FROM number`;
  await env.LOG.batch(
    [
      `${numbers(events)} INSERT INTO event (receipt, id, source, type, subject, time, key, due, results, body)
       SELECT ${receipt}, n, 'ucontact', 'call.started', '', '', '', 1, '{}', x'00' FROM number`,
      deliveries(dead, "dead", "NULL", 0),
      deliveries(waiting, "waiting", "n", dead),
      deliveries(waiting, "waiting", "NULL", dead + waiting),
      `${numbers(events)} INSERT INTO failure (receipt, source, reason, message) SELECT ${receipt}, '', '', '' FROM number`,
    ].map((sql) => env.LOG.prepare(sql)),
  );
}

/** The log, with a meter for the rows that are examined, and the statements that it was asked. */
function meter() {
  const seen = { rows: 0, statements: new Set<string>() };
  const count = <T extends D1Result>(result: T): T => {
    seen.rows += result.meta.rows_read;
    return result;
  };
  const watch = (statement: D1PreparedStatement): D1PreparedStatement => {
    const { bind, all } = statement;
    return Object.assign(statement, {
      bind: (...values: unknown[]) => watch(bind.apply(statement, values)),
      all: async () => count(await all.call(statement)),
      first: async () => count(await all.call(statement)).results[0] ?? null,
    });
  };
  const LOG: D1Database = Object.assign(Object.create(env.LOG), {
    prepare: (text: string) => {
      seen.statements.add(text);
      return watch(env.LOG.prepare(text));
    },
    batch: async (statements: D1PreparedStatement[]) => (await env.LOG.batch(statements)).map(count),
  });
  return { LOG, seen };
}

describe.each(["/api/status", "/metrics"])("%s reads a bounded number of rows", (path) => {
  const ask = async () => {
    const { LOG, seen } = meter();
    const headers = { authorization: "Bearer test-admin-token" };
    const response = await app.fetch(
      new Request(`http://localhost${path}`, { headers }),
      { ...env, LOG },
      createExecutionContext(),
    );
    await response.text();
    expect(response.status).toBe(200);
    return seen;
  };

  it("whatever the log has, and scans none of its tables", async () => {
    await configure({ crm: { url: openSink().url } });
    await keepEvents({ deliveries: { crm: "waiting" } });
    await ask();
    await fill("01KA", 6000, 3000, 6000);
    const first = await ask();
    await fill("01KB", 12_000, 6000, 12_000);
    const second = await ask();
    expect(second.rows).toBeLessThanOrEqual(first.rows + 10);
    expect(second.rows).toBeLessThan(10_000);
    for (const sql of second.statements) {
      const parameters = new Set(sql.match(/\?\d/g)).size;
      const { results } = await env.LOG.prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .bind(...Array.from({ length: parameters }, () => "[]"))
        .all<{ detail: string }>();
      const scans = results.flatMap(({ detail }) => /^SCAN (?!json_each|CONSTANT)\w+/.exec(detail)?.[0] ?? []);
      // What is counted just now, what has a row or two, and what is read in the order of its key up to a limit.
      const small = ["tally", "refused_total", "pause", "beat", "recent", "spool"].map((table) => `SCAN ${table}`);
      expect(scans.filter((scan) => !small.includes(scan)).map((scan) => `${scan}: ${sql}`)).toEqual([]);
    }
  });
});
