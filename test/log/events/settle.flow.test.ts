import { env } from "cloudflare:workers";
import fc from "fast-check";
import { ulid } from "ulid";
import { beforeEach, describe, expect, it } from "vitest";
import { eventIdOf } from "../../../src/events/event-id.ts";
import { recordProgress } from "../../../src/log/deliveries/deliveries.ts";
import { insertEvent, type SettledEvent } from "../../../src/log/events/insert-events.ts";
import { type Duplicate, type OpenDelivery, type Settlement, settle } from "../../../src/log/events/settle.ts";
import { readLedger } from "../../../src/log/ledger/ledger.ts";
import { recountDay } from "../../../src/log/ledger/recount.ts";
import { dayOf, hourOf } from "../../../src/platform/time/instant.ts";

const NOW = Date.parse("2026-11-20T09:00:00Z");
const [day, hour] = [dayOf(NOW), hourOf(NOW)];
const receipts = [`rcpt_${ulid(NOW)}`, `rcpt_${ulid(NOW + 1)}`] as const;
const destinations = ["crm", "bi"] as const;
const TABLES = ["claim", "event", "duplicate", "failure", "mention", "delivery", "tally", "spool"];

type State = "delivered" | "waiting" | "dead" | "expired";
/** How a webhook ends in the hands of one consumer: the states of its deliveries, or that it is no event. */
type End = readonly State[] | "duplicate" | "failure";

const nothing: Settlement = { events: [], deliveries: [], duplicates: [], failures: [], additions: [], spooled: [] };

function settlementOf(receipt: string, end: End): Settlement {
  const line = { receipt, source: "s", hour };
  if (end === "duplicate") {
    const duplicates: Duplicate[] = [{ receipt, id: "evt_first", first: "rcpt_first", source: "s" }];
    return { ...nothing, duplicates, additions: [{ ...line, duplicates: 1 }], spooled: [receipt] };
  }
  if (end === "failure") {
    const failures = [{ receipt, source: "s", reason: "unreadable", message: "" }];
    return { ...nothing, failures, additions: [{ ...line, failed: 1 }], spooled: [receipt] };
  }
  const ends = end.map((state, place) => ({ state, destination: destinations[place] ?? "" }));
  const results = Object.fromEntries(ends.map(({ state, destination }) => [destination, { state, attempt: 1, at: 1 }]));
  const count = (wanted: State) => end.filter((state) => state === wanted).length;
  const event = {
    receipt,
    id: eventIdOf(receipt),
    source: "s",
    type: "call.started",
    subject: undefined,
    time: "",
    key: "",
  };
  return {
    events: [{ ...event, mentions: ["call/7"], due: end.length, results, body: new Uint8Array([1]) }],
    deliveries: ends.flatMap(({ state, destination }): OpenDelivery[] => {
      if (state === "delivered") return [];
      const rest = { type: "call.started", attempt: 1, next: state === "waiting" ? NOW : null, since: NOW };
      return [{ receipt, destination, source: "s", state, reason: null, attempts: [], ...rest }];
    }),
    duplicates: [],
    failures: [],
    additions: [
      {
        ...line,
        events: 1,
        unrouted: end.length === 0 ? 1 : 0,
        due: end.length,
        delivered: count("delivered"),
        dead: count("dead"),
        expired: count("expired"),
      },
    ],
    spooled: [receipt],
  };
}

/** A later attempt of a delivery, whether it is waited for or not. */
const attempt = (receipt: string, destination: string, state: State) =>
  recordProgress(env.LOG, [
    {
      ...{ receipt, destination, run: 0, source: "s", hour, before: 1, attempt: 2 },
      ...{ state, next: state === "waiting" ? NOW : null, reason: null, made: null },
      ...(state === "waiting" ? {} : { [state]: 1 }),
    },
  ]);

async function expectBalance() {
  const ledger = await readLedger(env.LOG, 0);
  expect(ledger).toMatchObject({ balanced: true });
  expect(await recountDay(env.LOG, day)).toEqual([]);
  return ledger;
}

const clean = () => env.LOG.batch(TABLES.map((table) => env.LOG.prepare(`DELETE FROM ${table}`)));
beforeEach(clean);

const pairs: readonly (readonly [End, End])[] = [
  [["delivered"], ["waiting"]],
  [["waiting"], ["delivered"]],
  [
    ["dead", "delivered"],
    ["waiting", "expired"],
  ],
  [["waiting", "waiting"], ["delivered"]],
  [["delivered"], "duplicate"],
  ["duplicate", ["waiting"]],
  ["failure", ["waiting", "delivered"]],
  [["waiting"], "failure"],
  ["failure", "duplicate"],
  ["duplicate", "failure"],
  [[], ["waiting"]],
];

describe("a webhook that is settled twice with different ends", () => {
  it.each(pairs)("counts as it was settled first: %j, then %j", async (first, second) => {
    const [receipt] = receipts;
    await settle(env.LOG, settlementOf(receipt, first));
    const before = await expectBalance();
    await settle(env.LOG, settlementOf(receipt, second));
    expect(await expectBalance()).toEqual(before);
    const rows = TABLES.slice(1, 4).map((table) => `SELECT count(*) FROM ${table}`);
    const sum = await env.LOG.prepare(`SELECT (${rows.join(") + (")}) AS n`).first();
    expect(sum).toEqual({ n: 1 });
  });

  it("counts once when both are in the hands of one consumer after the other, with what comes later in between", async () => {
    const state = fc.constantFrom<State>("delivered", "waiting", "dead", "expired");
    const end = fc.oneof(
      { weight: 4, arbitrary: fc.array(state, { maxLength: 2 }) },
      fc.constantFrom<End>("duplicate", "failure"),
    );
    const settling = fc.record({ what: fc.constant("settle"), receipt: fc.constantFrom(...receipts), end });
    const attempting = fc.record({
      what: fc.constant("attempt"),
      receipt: fc.constantFrom(...receipts),
      destination: fc.constantFrom(...destinations),
      state,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(settling, attempting), { minLength: 2, maxLength: 8 }), async (steps) => {
        await clean();
        for (const step of steps) {
          if ("end" in step) await settle(env.LOG, settlementOf(step.receipt, step.end));
          else await attempt(step.receipt, step.destination, step.state);
        }
        await expectBalance();
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it("keeps of a failure the body that lay in the spool, once", async () => {
    const [receipt] = receipts;
    const lie = () =>
      env.LOG.prepare("INSERT INTO spool (receipt, due, tries, message, body) VALUES (?1, 0, 0, '{}', x'0102')")
        .bind(receipt)
        .run();
    await lie();
    await settle(env.LOG, settlementOf(receipt, "failure"));
    await lie();
    await settle(env.LOG, settlementOf(receipt, "failure"));
    const { results } = await env.LOG.prepare("SELECT hex(body) AS body FROM failure").all();
    expect(results).toEqual([{ body: "0102" }]);
    expect(await env.LOG.prepare("SELECT count(*) AS n FROM spool").first()).toEqual({ n: 0 });
  });

  it("leaves the claim to the receipt that became the event", async () => {
    const [receipt] = receipts;
    await settle(env.LOG, settlementOf(receipt, "duplicate"));
    await settle(env.LOG, settlementOf(receipt, ["delivered"]));
    expect(await env.LOG.prepare("SELECT count(*) AS n FROM claim").first()).toEqual({ n: 0 });
  });
});

describe("a settlement that is larger than one parameter may be", () => {
  it("is written all the same, and counted once", async () => {
    const answer = "x".repeat(10_000);
    const deliveries = Array.from({ length: 300 }, (_, number): OpenDelivery => {
      const key = { receipt: receipts[0], destination: `d-${number}`, source: "s", type: "call.started" };
      const state = { state: "waiting" as const, attempt: 1, next: NOW, since: NOW, reason: null };
      return { ...key, ...state, attempts: [{ n: 1, at: 1, answer }] };
    });
    const event = settlementOf(receipts[0], []);
    const [addition] = event.additions;
    const all = { ...event, deliveries, additions: addition === undefined ? [] : [{ ...addition, due: 300 }] };
    const sizes: number[] = [];
    const LOG: D1Database = Object.assign(Object.create(env.LOG), {
      prepare: (sql: string) => {
        const statement = env.LOG.prepare(sql);
        const { bind } = statement;
        return Object.assign(statement, {
          bind: (...values: unknown[]) => {
            sizes.push(...values.map((value) => String(value).length));
            return bind.apply(statement, values);
          },
        });
      },
    });
    await settle(LOG, all);
    await settle(LOG, all);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000_000);
    expect((await readLedger(env.LOG, 0)).deliveries).toMatchObject({ due: 300, waiting: 300 });
  });
});

describe("an event that is written together with others", () => {
  // Whatever an event may have stands here, so that neither way of writing it forgets a column.
  const full: Required<Omit<SettledEvent, "receipt">> = {
    id: eventIdOf("written"),
    source: "s",
    type: "login.decided",
    subject: 'agent/Ő "\\ 😀 %00',
    agent: { id: "41", username: 'n"ora' },
    mentions: [],
    time: "2026-11-20T09:00:00Z",
    key: "env:KEY",
    due: 2,
    results: { crm: { state: "delivered", at: 1.5, reason: 'a "b"' } },
    size: 1234,
    marks: "80000000ff7f0001",
    body: '{"a":"\\u0000 \\" é"}',
    raw: new Uint8Array([0, 255, 10, 34, 128]),
  };
  const bare = {
    ...full,
    subject: undefined,
    agent: undefined,
    size: undefined,
    marks: undefined,
    body: new Uint8Array([1]),
    raw: undefined,
  };
  const rowOf = async (receipt: string) => {
    const { results } = await env.LOG.prepare(
      "SELECT *, typeof(body) AS bodyIs, typeof(raw) AS rawIs, typeof(due) AS dueIs FROM event WHERE receipt = ?1",
    )
      .bind(receipt)
      .all();
    return { ...results[0], receipt: "", id: "" };
  };

  it.each([
    ["with all that it may have", full],
    ["with nothing that it need not have", bare],
  ])("has the row that it has by itself, %s", async (_what, event) => {
    const [together, alone] = receipts;
    await settle(env.LOG, { ...nothing, events: [{ ...event, receipt: together }] });
    await insertEvent(env.LOG, { ...event, receipt: alone, id: eventIdOf("alone") }).run();
    expect(await rowOf(together)).toEqual(await rowOf(alone));
    expect(await rowOf(together)).toMatchObject({ source: "s" });
  });

  it("keeps its bytes where it is too large for that", async () => {
    const [small, large] = receipts;
    const body = Uint8Array.from({ length: 150_000 }, (_, n) => n % 251);
    const other = { ...full, receipt: large, id: eventIdOf("large"), body };
    await settle(env.LOG, { ...nothing, events: [{ ...full, receipt: small }, other] });
    const { results } = await env.LOG.prepare("SELECT body FROM event ORDER BY receipt").all();
    expect(results).toEqual([{ body: full.body }, { body: [...body] }]);
  });
});
