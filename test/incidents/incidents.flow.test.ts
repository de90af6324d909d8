import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { beforeEach, describe, expect, it, vi } from "vitest";
import * as z from "zod";
import { forgetRelay } from "../../src/config/load-relay.ts";
import { forgetPauses } from "../../src/delivery/gate/known-pauses.ts";
import { pauseDestination } from "../../src/delivery/gate/pause.ts";
import { isOfRelay } from "../../src/events/types.ts";
import { Incidents } from "../../src/incidents/incidents.ts";
import { writeNotice } from "../../src/incidents/write-notice.ts";
import { tend } from "../../src/janitor/every-minute.ts";
import { readLedger } from "../../src/log/ledger/ledger.ts";
import { addToTally } from "../../src/log/ledger/tally.ts";
import { hourOf } from "../../src/platform/time.ts";
import { call } from "../api/call.ts";
import { catchMessages, consumeAll, refusingQueue } from "../delivery/consume-all.ts";
import { failingLog, hangingLog } from "../delivery/faulty-log.ts";
import { aWebhook, SECRET } from "../delivery/scene.ts";
import { openSink, type Received } from "../sink/sink.ts";
import { aWork } from "../work.ts";

const MINUTE = 60_000;

const told = z.looseObject({
  id: z.string(),
  source: z.string(),
  subject: z.string().optional(),
  type: z.string(),
  data: z.looseObject({ incident: z.looseObject({ id: z.string(), state: z.string() }).optional() }),
});

/** Puts a configuration in force: sources whose keys are set, and destinations. */
async function configure(destinations: Record<string, object>, rest: object = {}, source: object = {}) {
  const complete = Object.entries(destinations).map(([id, one]) => [id, { secrets: [SECRET], ...one }]);
  const ucontact = { vendor: "ucontact", keys: ["ucontact-key"], timezone: "UTC", ...source };
  const another = { vendor: "ucontact", keys: ["another-key"], timezone: "UTC" };
  const document = { sources: { ucontact, another }, destinations: Object.fromEntries(complete), ...rest };
  await env.CONFIG.put("relay", JSON.stringify(document));
  forgetRelay();
  forgetPauses();
}

/** The object that knows the incidents, with bindings that may be faulty; what it sends is caught. `forgetful`: each time a new one. */
function aDesk(faulty: Partial<Env> = {}, forgetful = false) {
  const { queue, caught } = catchMessages();
  const stub = env.INCIDENTS.getByName("relay");
  let known: { readonly object: Incidents; readonly sent: Queue } | undefined;
  const watch = (now: number, sent: Queue = queue) =>
    runInDurableObject(stub, async (_, state) => {
      forgetRelay();
      const EVENTS: Queue = Object.assign(sent, { metrics: () => env.EVENTS.metrics() });
      if (known?.sent !== sent || forgetful) {
        known = { sent, object: new Incidents(state, { ...env, EVENTS, ...faulty }) };
      }
      await known.object.watch(now);
    });
  return { watch, caught };
}

const incidents = async () =>
  z
    .array(z.looseObject({ id: z.string(), type: z.string(), state: z.string(), ack: z.unknown() }))
    .parse((await call("GET", "incidents")).body.items);

const notices = (received: readonly Received[]) =>
  received.map(({ body }) => told.parse(JSON.parse(body))).filter(({ type }) => isOfRelay(type));

const states = (received: readonly Received[]) =>
  notices(received).map(({ type, data }) => `${type} ${data.incident?.state}`);

/** A clock that goes on by a minute when it is asked for the next. */
function aClock() {
  let now = Date.now();
  return {
    now: () => now,
    next: () => {
      now += MINUTE;
      return now;
    },
  };
}

/** Delivers so many webhooks to destinations that fail. */
async function fail(times: number) {
  const { queue: RETRIES } = catchMessages();
  for (let time = 0; time < times; time += 1) await consumeAll([aWebhook()], { RETRIES });
}

/** A message that tells of an incident of `crm`, each number of another. */
function aNotice(number: number) {
  const now = Date.now();
  return writeNotice(
    {
      id: `inc_${ulid(now - number)}`,
      type: "relay.destination_failing",
      about: { kind: "destination", id: "crm" },
      since: now,
      seen: now,
      opened: now,
      counts: {},
      sentence: "crm fails",
      next: "test it",
    },
    now,
  );
}

let pager: ReturnType<typeof openSink>;
let crm: ReturnType<typeof openSink>;

beforeEach(async () => {
  pager = openSink();
  crm = openSink();
  await configure({ crm: { url: crm.url }, pager: { url: pager.url, events: ["relay.*"] } });
});

describe("a destination that fails", () => {
  it("is told of when its breaker opens, and once more when it is well: through queue, delivery and ledger", async () => {
    await crm.behave({ status: 500 });
    await fail(5);
    const now = Date.now();
    await tend(aWork({ now }));
    const [first] = await pager.waitFor(1);
    expect(notices(first === undefined ? [] : [first])).toMatchObject([
      {
        source: "/relay",
        type: "relay.destination_failing",
        subject: expect.stringMatching(/^incident\/inc_/),
        dataschema: expect.stringMatching(/\/schemas\/data\/relay\.destination_failing\/1\.json$/),
        data: {
          incident: {
            state: "opened",
            about: { kind: "destination", id: "crm" },
            counts: { waiting: 5, failures: 5 },
            sentence: expect.stringContaining("crm fails: 5 failures in a row"),
            next: "npx hookswitch destinations test crm",
          },
        },
      },
    ]);
    expect(first?.headers["webhook-signature"]).toMatch(/^v1,/);
    const gate = env.GATE.getByName("crm");
    await gate.resume();
    for (const minute of [1, 5, 6]) await tend(aWork({ now: now + minute * MINUTE }));
    const received = await pager.waitFor(2);
    expect(states(received)).toEqual(["relay.destination_failing opened", "relay.destination_failing closed"]);
    expect(new Set(notices(received).map(({ subject }) => subject)).size).toBe(1);
    expect(notices(await crm.received())).toEqual([]);
    await vi.waitFor(async () => {
      const { balanced, webhooks, sources } = await readLedger(env.LOG, 0);
      expect({ balanced, events: webhooks.events }).toEqual({ balanced: true, events: 5 });
      expect(sources["/relay"]).toMatchObject({ webhooks: { events: 2 }, deliveries: { due: 2, delivered: 2 } });
    });
    expect((await call("GET", "events?source=/relay")).body.items).toHaveLength(2);
    expect((await call("GET", "events?type=relay.*")).body.items).toHaveLength(2);
    expect((await call("GET", "ledger?recount=1")).body).toMatchObject({ mismatches: [] });
  });

  it("flaps a hundred times and is told twice", async () => {
    const { watch, caught } = aDesk();
    const gate = env.GATE.getByName("crm");
    await crm.behave({ status: 500 });
    await fail(1);
    const signs = ["bad", "bad", "bad", "bad", "bad"] as const;
    const clock = aClock();
    for (let time = 0; time < 100; time += 1) {
      await gate.report({ batch: String(time), probe: false, signs });
      await watch(clock.next());
      await gate.resume();
      await watch(clock.next());
    }
    for (let minute = 0; minute < 6; minute += 1) await watch(clock.next());
    await consumeAll(caught);
    expect(states(await pager.received())).toEqual([
      "relay.destination_failing opened",
      "relay.destination_failing closed",
    ]);
  });

  it("is not told of itself, although it would take it by now", async () => {
    await configure({
      crm: { url: crm.url, events: ["*", "relay.*"], retry: { delays: [] } },
      pager: { url: pager.url, events: ["relay.*"] },
    });
    await crm.behave({ status: 404 });
    const { watch, caught } = aDesk();
    await fail(1);
    await crm.behave({ status: 200 });
    await watch(Date.now());
    await consumeAll(caught);
    expect(states(await pager.received())).toEqual(["relay.dead_letter opened"]);
    expect(notices(await crm.received())).toEqual([]);
  });

  it("fails for alerts alone, however many: neither its breaker nor an incident opens", async () => {
    await pager.behave({ status: 500 });
    const { watch, caught } = aDesk();
    await consumeAll(Array.from({ length: 8 }, (_, number) => aNotice(number)));
    expect(await pager.received()).toHaveLength(8);
    expect((await env.GATE.getByName("pager").status()).breaker).toBe("closed");
    await configure({ pager: { url: pager.url, events: ["*", "relay.*"] } });
    await watch(Date.now());
    expect([await incidents(), caught]).toEqual([[], []]);
  });

  it("is not told of itself, nor does a failing alert open anything", async () => {
    const only = { url: pager.url, events: ["relay.*"], retry: { delays: [] } };
    await configure({ crm: { url: crm.url, events: ["*", "relay.*"], retry: { delays: [] } }, pager: only });
    await Promise.all([crm.behave({ status: 500 }), pager.behave({ status: 500 })]);
    const { watch, caught } = aDesk();
    await fail(6);
    const clock = aClock();
    await watch(clock.now());
    expect(caught).toHaveLength(2);
    for (let time = 0; time < 8; time += 1) {
      const some = caught.splice(0);
      await consumeAll(some);
      await watch(clock.next());
    }
    expect(notices(await crm.received())).toEqual([]);
    expect(new Set((await incidents()).map(({ about }) => JSON.stringify(about)))).toEqual(
      new Set([JSON.stringify({ kind: "destination", id: "crm" })]),
    );
    expect((await env.GATE.getByName("pager").status()).breaker).toBe("closed");
  });

  it("that has answered 410 is told of; one that somebody paused is not", async () => {
    const { watch } = aDesk();
    await pauseDestination(env, "crm", "operator");
    await watch(Date.now());
    expect(await incidents()).toEqual([]);
    await configure({ gone: { url: crm.url } });
    await crm.behave({ status: 410 });
    await fail(1);
    await watch(Date.now() + MINUTE);
    const about = { kind: "destination", id: "gone" };
    const all = await incidents();
    expect(all).toHaveLength(2);
    expect(all).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: "relay.destination_failing", about }),
        expect.objectContaining({ type: "relay.dead_letter", about }),
      ]),
    );
  });
});

describe("what is counted", () => {
  const count = (addition: object) =>
    addToTally(env.LOG, [{ hour: hourOf(Date.now()), source: "ucontact", ...addition }]).run();
  const types = async () => (await incidents()).map(({ type, state }) => `${type} ${state}`);

  it("dead letters are told once however many there are, and again after a quiet time", async () => {
    await configure({ crm: { url: crm.url, retry: { delays: [] } } });
    await crm.behave({ status: 404 });
    const { watch } = aDesk();
    const clock = aClock();
    await watch(clock.now());
    await fail(2);
    await watch(clock.next());
    expect(await incidents()).toMatchObject([{ type: "relay.dead_letter", counts: { dead: 2 } }]);
    await fail(1);
    await watch(clock.next());
    expect(await incidents()).toMatchObject([{ counts: { dead: 3 }, state: "opened" }]);
    for (let minute = 0; minute < 6; minute += 1) await watch(clock.next());
    expect(await types()).toEqual(["relay.dead_letter closed"]);
    await fail(1);
    await watch(clock.next());
    expect(await types()).toEqual(["relay.dead_letter opened", "relay.dead_letter closed"]);
  });

  it("a source of which most requests are refused; not one of which a few are", async () => {
    const { watch } = aDesk();
    const clock = aClock();
    await watch(clock.now());
    await count({ refused: { wrong_key: 6 }, events: 100, last: clock.now() });
    await watch(clock.next());
    expect(await types()).toEqual([]);
    await count({ refused: { wrong_key: 200 } });
    await watch(clock.next());
    expect(await incidents()).toMatchObject([
      {
        type: "relay.source_refused",
        about: { kind: "source", id: "ucontact" },
        counts: { refused: 206, accepted: 100 },
        sentence: "206 requests of ucontact were refused within 10 minutes, and 100 accepted: wrong_key",
      },
    ]);
  });

  it("a few in each minute add up, also where each minute has a new object", async () => {
    const { watch } = aDesk({}, true);
    const clock = aClock();
    await watch(clock.now());
    for (let minute = 0; minute < 3; minute += 1) {
      await count({ refused: { wrong_key: 2 } });
      await watch(clock.next());
    }
    expect(await incidents()).toMatchObject([{ type: "relay.source_refused", counts: { refused: 6, accepted: 0 } }]);
  });

  it("logins that are refused, many at once", async () => {
    const { watch } = aDesk();
    await watch(Date.now());
    await count({ logins: 12, granted: 1 });
    await watch(Date.now() + MINUTE);
    expect(await incidents()).toMatchObject([
      { type: "relay.logins_refused", counts: { refused: 11, granted: 1 }, about: { kind: "source", id: "ucontact" } },
    ]);
  });

  it("what came before anybody looked is new for an hour, and is not told again by a new object", async () => {
    await count({ refused: { wrong_key: 6 } });
    const { watch } = aDesk({}, true);
    await watch(Date.now());
    expect(await types()).toEqual(["relay.source_refused opened"]);
    for (let minute = 1; minute < 8; minute += 1) await watch(Date.now() + minute * MINUTE);
    expect(await types()).toEqual(["relay.source_refused closed"]);
  });

  it("thresholds are those of the configuration", async () => {
    await configure({}, { alerts: { sourceRefused: { count: 3, share: 0.01 }, loginsRefused: { count: 100 } } });
    const { watch } = aDesk();
    await watch(Date.now());
    await count({ refused: { wrong_key: 3 }, events: 100, logins: 50 });
    await watch(Date.now() + MINUTE);
    expect(await types()).toEqual(["relay.source_refused opened"]);
  });
});

describe("a source", () => {
  it("that is silent for longer than it may be, in its hours only; a filter for other sources keeps it back", async () => {
    const silent = { silentAfter: 30 };
    const elsewhere = { url: crm.url, events: ["relay.*"], sources: ["another"] };
    await configure(
      { elsewhere, here: { ...elsewhere, url: pager.url, sources: ["ucontact"] } },
      {},
      { ...silent, hours: { start: "08:00", end: "18:00", days: ["mon", "fri"] } },
    );
    const { watch, caught } = aDesk();
    const friday = Date.parse("2026-11-20T00:00:00Z");
    const at = (hours: number, minutes: number) => friday + (hours * 60 + minutes) * MINUTE;
    for (const outside of [at(7, 0), at(8, 29), at(18, 1), at(36, 0)]) await watch(outside);
    expect(await incidents()).toEqual([]);
    await watch(at(8, 30));
    expect(await incidents()).toMatchObject([
      { type: "relay.source_silent", about: { kind: "source", id: "ucontact" } },
    ]);
    await consumeAll(caught);
    expect(states(await pager.received())).toEqual(["relay.source_silent opened"]);
    expect(await crm.received()).toEqual([]);
  });
});

describe("a document", () => {
  it("that is faulty is told of, by its place", async () => {
    await configure({ crm: { url: crm.url, mask: { "data.costumer.name": "remove" } } });
    const { watch } = aDesk();
    await watch(Date.now());
    expect(await incidents()).toMatchObject([
      {
        type: "relay.document_faulty",
        about: { kind: "config", id: "relay" },
        sentence: expect.stringContaining("costumer"),
      },
    ]);
  });
});

describe("while the log is away", () => {
  it("nothing is closed that only the log could tell of", async () => {
    await crm.behave({ status: 500 });
    await fail(5);
    const clock = aClock();
    await aDesk().watch(clock.now());
    const away = aDesk({ LOG: failingLog("") });
    for (let minute = 0; minute < 12; minute += 1) await away.watch(clock.next());
    expect((await incidents()).map(({ type, state }) => `${type} ${state}`).sort()).toEqual([
      "relay.destination_failing opened",
      "relay.log_behind opened",
    ]);
  });

  it("incidents are told all the same, unclaimed, and those of the log's own after two minutes", async () => {
    const LOG = failingLog("");
    const { watch, caught } = aDesk({ LOG });
    const now = Date.now();
    await env.LOG.prepare("SELECT 1").run();
    for (const minute of [0, 1]) await watch(now + minute * MINUTE);
    expect(caught).toEqual([]);
    await watch(now + 2 * MINUTE);
    expect(caught).toHaveLength(1);
    const { queue: DEAD, caught: travelling } = catchMessages();
    await consumeAll(caught, { LOG, DEAD });
    const received = await pager.waitFor(1);
    expect(states(received)).toEqual(["relay.log_behind opened"]);
    // What came of it travels on until the log is back, and is not sent again.
    await consumeAll(travelling);
    expect(await pager.received()).toHaveLength(1);
    const { sources } = await readLedger(env.LOG, 0);
    expect(sources["/relay"]).toMatchObject({ webhooks: { events: 1 }, deliveries: { due: 1, delivered: 1 } });
  });
});

describe("cron", () => {
  it("has the relay looked at although the log hangs, and goes on when that fails", async () => {
    const asked: number[] = [];
    const stub = { watch: (now: number) => Promise.reject(new Error(String(asked.push(now)))) };
    const INCIDENTS: Env["INCIDENTS"] = Object.assign(Object.create(env.INCIDENTS), { getByName: () => stub });
    const now = Date.now();
    await tend(aWork({ now, env: { ...env, INCIDENTS, LOG: hangingLog("") } }));
    expect(asked).toEqual([now]);
    await tend(aWork({ now, env: { ...env, INCIDENTS } }));
    expect(asked).toEqual([now, now]);
    expect((await call("GET", "status")).body).toMatchObject({ log: { cron: expect.stringMatching(/Z$/) } });
  });
});

describe("the queue", () => {
  it("that refuses is offered it again, and it is told once", async () => {
    await crm.behave({ status: 500 });
    await fail(5);
    const { watch, caught } = aDesk();
    const now = Date.now();
    await watch(now, refusingQueue());
    expect(caught).toEqual([]);
    await watch(now + MINUTE);
    await watch(now + 2 * MINUTE);
    expect(caught).toHaveLength(1);
    await consumeAll([...caught, { ...z.looseObject({}).parse(caught[0]), receipt: aWebhook().receipt }]);
    expect(states(await pager.received())).toEqual(["relay.destination_failing opened"]);
  });

  it("gets nothing where nobody wants to be told, and the incident is listed", async () => {
    await configure({ crm: { url: crm.url } });
    await crm.behave({ status: 500 });
    await fail(5);
    const { watch, caught } = aDesk();
    await watch(Date.now());
    expect(caught).toEqual([]);
    expect(await incidents()).toMatchObject([{ type: "relay.destination_failing" }]);
  });
});

describe("what it writes", () => {
  it("is nothing while all is well, whatever comes in", async () => {
    const stub = env.INCIDENTS.getByName("relay");
    const { watch } = aDesk();
    for (let minute = 0; minute < 5; minute += 1) {
      await consumeAll([aWebhook(), aWebhook()]);
      await watch(Date.now() + minute * MINUTE);
    }
    const kept = await runInDurableObject(stub, (_, { storage }) => [...storage.kv.list()]);
    expect(kept).toEqual([]);
  });
});
