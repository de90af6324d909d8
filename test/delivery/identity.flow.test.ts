import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { describe, expect, it } from "vitest";
import { idKeysIn } from "../../src/config/secrets/id-keys.ts";
import { readMessage } from "../../src/delivery/fan-out/read-message.ts";
import { FIRST_RECEIPT, LAST_RECEIPT, receiptOf } from "../../src/events/receipt.ts";
import type { WebhookMessage } from "../../src/intake/message.ts";
import { readFate } from "../../src/log/events/fate.ts";
import { searchEvents } from "../../src/log/search/search.ts";
import { lookupIn } from "../../src/platform/lookup.ts";
import { type VendorId, vendorIds } from "../../src/vendors/index.ts";
import { call } from "../api/call.ts";
import { consumeAll } from "./consume-all.ts";
import { configure, ledger } from "./scene.ts";

/** Many batches take seconds on a busy machine. */
const SLOW = { timeout: 120_000 };
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** A moment in the middle of every window. */
const START = Date.parse("2026-11-20T09:00:00Z");

const message = (vendor: VendorId, body: unknown, rest: Partial<WebhookMessage> = {}): WebhookMessage => {
  const { receivedAt = START } = rest;
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const receipt = receiptOf(ulid(receivedAt));
  return { v: 1, receipt, source: "s", vendor, receivedAt, key: "env:KEY", warnings: [], body: text, ...rest };
};

/** What became of each message, in order: an event of its own, or a repeat of the one before it at that position. */
async function fates(messages: readonly WebhookMessage[]): Promise<("event" | "duplicate" | undefined)[]> {
  const fates = await Promise.all(messages.map(({ receipt }) => readFate(env.LOG, receipt)));
  return fates.map((fate) => (fate?.state === "event" || fate?.state === "duplicate" ? fate.state : undefined));
}

async function oneByOne(messages: readonly WebhookMessage[], variables: object = {}) {
  await configure({});
  for (const one of messages) await consumeAll([one], variables);
  return fates(messages);
}

const payment = { payment: { transactionid: "t", status: "successful" }, timestamp: "2026-11-20T09:00:00Z" };
const paid = (rest: Partial<WebhookMessage> = {}) =>
  message("vcc-live", payment, { kind: "payment-transaction", ...rest });

describe("the same body", SLOW, () => {
  it("ten times in one batch is one event", async () => {
    await configure({});
    const messages = Array.from({ length: 10 }, () => paid());
    await consumeAll(messages);
    expect((await fates(messages)).filter((fate) => fate === "event")).toHaveLength(1);
    expect((await ledger()).webhooks).toMatchObject({ accepted: 10, events: 1, duplicates: 9 });
  });

  it("in ten batches at once is one event", async () => {
    await configure({});
    const messages = Array.from({ length: 10 }, () => paid());
    await Promise.all(messages.map((one) => consumeAll([one])));
    expect((await fates(messages)).filter((fate) => fate === "event")).toHaveLength(1);
    expect((await ledger()).webhooks).toMatchObject({ accepted: 10, events: 1, duplicates: 9 });
  });

  it("with its members in another order is one event", async () => {
    const { payment: inner, timestamp } = payment;
    const turned = message("vcc-live", { timestamp, payment: inner }, { kind: "payment-transaction" });
    expect(await oneByOne([paid(), turned])).toEqual(["event", "duplicate"]);
  });

  it("is one event also when the later one is read first", async () => {
    const [first, second] = [paid({ receivedAt: START }), paid({ receivedAt: START + DAY })];
    expect(await oneByOne([second, first])).toEqual(["event", "duplicate"]);
  });

  it.each<[string, VendorId, string | undefined, object, number]>([
    ["28 days", "vcc-live", "payment-transaction", payment, 28 * DAY],
    [
      "27 days",
      "ucontact",
      undefined,
      { event: "AgentLog", agent: "a", isLogin: true, date: "2026-00-20 09:00:00" },
      27 * DAY,
    ],
    [
      "3 minutes",
      "vcc-live",
      "ticket-status",
      { action: "update", ticket: { ticketId: 1, status: "park" } },
      3 * MINUTE,
    ],
    ["60 s", "intelligent-contacts", "reg-f", { reason: "RF: x", retry_at: "2026-12-01 01:00:00" }, MINUTE],
    ["10 minutes", "vcc-live", "chat", { projectId: 7, chatId: 1 }, 10 * MINUTE],
    ["10 minutes", "voiso", undefined, { event: "new.event", data: { id: 1 } }, 10 * MINUTE],
  ])("is one event for %s: %s %s %j", async (_, vendor, kind, body, window) => {
    // Wherever in the window the first one came.
    for (const shift of [0, window / 4, window / 2, window - 1]) {
      const named = { ...body, shift };
      const first = Math.floor(START / window) * window + shift;
      const at = (receivedAt: number) => message(vendor, named, { kind, receivedAt });
      const messages = [at(first), at(first + 1), at(first + window - 1000), at(first + window + 1000)];
      expect(await oneByOne(messages)).toEqual(["event", "duplicate", "duplicate", "event"]);
    }
  });

  it.each(vendorIds)("of an unknown kind of %s an hour later is another event", async (vendor) => {
    const ready = (receivedAt: number) =>
      message(vendor, { userId: 5, state: "ready" }, { kind: "presence", receivedAt });
    expect(await oneByOne([ready(START), ready(START + MINUTE), ready(START + 60 * MINUTE)])).toEqual([
      "event",
      "duplicate",
      "event",
    ]);
  });

  it("of an SMS without id and time a day later is another event", async () => {
    const sms = (receivedAt: number) => message("vcc-live", { from: "36301", text: "OK" }, { kind: "sms", receivedAt });
    expect(await oneByOne([sms(START), sms(START + DAY)])).toEqual(["event", "event"]);
  });

  it("of uContact a month later is another event, although its date reads alike", async () => {
    const date = "2026-20-20 09:20:00";
    const log = (receivedAt: number) =>
      message("ucontact", { event: "AgentLog", agent: "a", isLogin: true, date }, { receivedAt });
    const february = Date.parse("2027-02-20T09:20:00Z");
    expect(await oneByOne([log(february), log(february + MINUTE), log(february + 28 * DAY)])).toEqual([
      "event",
      "duplicate",
      "event",
    ]);
  });
});

describe("bodies that differ", () => {
  it("in a digit that a double loses are two events, through the queue as well", async () => {
    const loan = (digits: string) => message("generic", `{"loan":${digits}}`);
    const sent = ["9007199254740993", "9007199254740992", "9007199254740992.0", '"9007199254740992"'].map(loan);
    expect(await oneByOne(sent)).toEqual(["event", "event", "event", "event"]);
  });
});

describe("a login that was answered", () => {
  const login = { granted: true, projects: { "7": true } };
  const asked = () =>
    message("vcc-live", { projectId: 7, userId: 41, secondaryProjectIds: [] }, { kind: "project-login", login });

  it("is an event for each question, and one for each message", async () => {
    const [first, second] = [asked(), asked()];
    expect(await oneByOne([first, second, first])).toEqual(["event", "event", "event"]);
    expect((await ledger()).logins).toMatchObject({ decided: 2 });
  });
});

describe("a signed webhook", () => {
  const ticket = { action: "update", ticket: { ticketId: 1, projectId: 7 } };
  const sent = (kind: string | undefined, signed: WebhookMessage["signed"]) =>
    message("vcc-live", ticket, { kind, signed });

  it("sent again under any kind is the same event", async () => {
    const kinds = [undefined, "ticket-status", "chat", "user", "voicemail"];
    const [first, ...again] = await oneByOne(kinds.map((kind) => sent(kind, {})));
    expect([first, ...again]).toEqual(["event", "duplicate", "duplicate", "duplicate", "duplicate"]);
  });

  it("of another message id is another event", async () => {
    const ids = ["msg_1", "msg_2", "msg_1"];
    expect(await oneByOne(ids.map((id) => sent("ticket-status", { id })))).toEqual(["event", "event", "duplicate"]);
  });

  it("is found by a subject that only the kind in its URL gave", async () => {
    const sms = message("vcc-live", { smsId: 3, projectId: 7, text: "OK" }, { kind: "sms", signed: {} });
    expect(await oneByOne([sms])).toEqual(["event"]);
    for (const query of ["subject=message/7/3", "q=message/7/3"]) {
      const { body } = await call("GET", `events?${query}`);
      expect(body.items).toMatchObject([{ receipt: sms.receipt, subject: "message/7/3" }]);
    }
  });
});

describe("a change of RELAY_KEY", () => {
  it("keeps repeats from becoming events, and subjects findable", async () => {
    await configure({});
    const [first, again, later] = [paid(), paid(), paid({ receivedAt: START + DAY })];
    await consumeAll([first], variables("old"));
    await consumeAll([again, later], variables("new", "old"));
    expect(await fates([first, again, later])).toEqual(["event", "duplicate", "duplicate"]);
    const next = paid({ body: JSON.stringify({ ...payment, in_call: true }) });
    await consumeAll([next], variables("new", "old"));
    expect(await fates([next])).toEqual(["event"]);
    const found = async (names: object) => {
      const keys = await idKeysIn(lookupIn(names));
      const all = { from: FIRST_RECEIPT, before: LAST_RECEIPT, subject: "payment/t" };
      const { events } = await searchEvents(env.LOG, all, 50, { keys });
      return events.map(({ receipt }) => receipt).toSorted();
    };
    expect(await found(variables("new", "old"))).toEqual([first.receipt, next.receipt].toSorted());
    expect(await found(variables("new"))).toEqual([next.receipt]);
  });

  it("without the key before finds nothing of it", async () => {
    await configure({});
    const [first, again] = [paid(), paid()];
    await consumeAll([first], variables("old"));
    await consumeAll([again], variables("new"));
    expect(await fates([first, again])).toEqual(["event", "event"]);
  });

  it("does not make a webhook that was cut off a repeat of itself", async () => {
    await configure({});
    const cutOff = { ...paid(), body: paid().body ?? "" };
    const relay = { sources: new Map(), destinations: [], secrets: new Set<string>() };
    const read = await readMessage(cutOff, relay, { ...env, ...variables("old") });
    await env.LOG.prepare("INSERT INTO claim VALUES (?1, ?2)").bind(read.id, cutOff.receipt).run();
    await consumeAll([cutOff], variables("new", "old"));
    expect(await fates([cutOff])).toEqual(["event"]);
  });
});

describe("an event under a long subject", () => {
  const uuid = `${"a".repeat(3000)}é`;

  it("is found by it, and what belongs to the call as well", async () => {
    const done = message("vcc-live", { numberid: 1, uuid }, { kind: "call-disposition" });
    const paying = paid({ body: JSON.stringify({ ...payment, uuid }) });
    expect(await oneByOne([done, paying])).toEqual(["event", "event"]);
    const find = async (query: Record<string, string>) => {
      const { body } = await call("GET", `events?${new URLSearchParams(query)}`);
      return JSON.stringify(body.items);
    };
    expect(await find({ subject: `call/${uuid}` })).toContain(done.receipt);
    expect(await find({ q: `call/${uuid}` })).toContain(done.receipt);
    expect(await find({ q: uuid })).toContain(done.receipt);
    expect(await find({ q: uuid })).toContain(paying.receipt);
    expect(await find({ subject: `call/${uuid}x` })).toBe("[]");
  });
});

function variables(current: string, previous?: string): object {
  return { RELAY_KEY: current, ...(previous === undefined ? {} : { RELAY_KEY_PREVIOUS: previous }) };
}
