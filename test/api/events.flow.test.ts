import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { consumeAll } from "../delivery/consume-all.ts";
import { aWebhook, configure } from "../delivery/scene.ts";
import payment from "../vendors/vcc-live/payment-transaction.json" with { type: "json" };
import { call } from "./call.ts";
import type { Wanted } from "./keep-events.ts";
import { keepEvents } from "./keep-events.ts";

const page = z.object({
  items: z.array(z.looseObject({ id: z.string(), receipt: z.string() })),
  next: z.string().nullable(),
});
const search = async (query: Record<string, string>) => {
  const { status, text } = await call("GET", `events?${new URLSearchParams(query)}`);
  expect(status).toBe(200);
  return page.parse(JSON.parse(text));
};
const found = async (query: Record<string, string>) => (await search(query)).items.map(({ receipt }) => receipt);
const receipts = (...kept: readonly { receipt: string }[]) => kept.map(({ receipt }) => receipt);
const START = Date.parse("2026-11-20T09:00:00Z");
const MINUTE = 60_000;

describe("GET /api/events", () => {
  it("shows what an event is, and where its deliveries stand", async () => {
    const [kept] = await keepEvents({ at: START, subject: "call/7", deliveries: { crm: "delivered", bi: "dead" } });
    expect((await search({})).items).toEqual([
      {
        id: kept?.event.id,
        receipt: kept?.receipt,
        source: "ucontact",
        type: "call.started",
        subject: "call/7",
        time: "2026-11-20T09:00:00Z",
        receivedTime: "2026-11-20T09:00:00Z",
        key: "env:KEY",
        due: 2,
        repeated: 0,
        states: { delivered: 1, waiting: 0, dead: 1, expired: 0 },
        undelivered: [{ destination: "bi", state: "dead", reason: "status_500" }],
      },
    ]);
  });

  it("pages through 300 events, each once and the newest first", async () => {
    const kept = await keepEvents(...Array.from({ length: 300 }, (_, position): Wanted => ({ at: START + position })));
    const seen: string[] = [];
    let next: string | null = "";
    for (let pages = 0; next !== null && pages < 10; pages += 1) {
      const answer: z.infer<typeof page> = await search({ limit: "70", cursor: next });
      seen.push(...answer.items.map(({ receipt }) => receipt));
      next = answer.next;
    }
    expect(next).toBeNull();
    expect(seen).toEqual(receipts(...kept).toReversed());
  });

  it("narrows by source, type, group of types and time", async () => {
    const [call, done, other] = await keepEvents(
      { at: START },
      { at: START + MINUTE, type: "call.completed" },
      { at: START + 2 * MINUTE, source: "vcc", type: "vendor.unknown" },
    );
    if (call === undefined || done === undefined || other === undefined) throw new Error("not kept");
    expect(await found({ source: "vcc" })).toEqual(receipts(other));
    expect(await found({ type: "call.completed" })).toEqual(receipts(done));
    expect(await found({ type: "call.*" })).toEqual(receipts(done, call));
    expect(await found({ since: "2026-11-20T09:01:00Z" })).toEqual(receipts(other, done));
    expect(await found({ until: "2026-11-20T10:01:00+01:00" })).toEqual(receipts(call));
    expect(await found({ since: "2026-11-20", until: "2026-11-21", source: "" })).toHaveLength(3);
  });

  it("narrows by state: any that waits, else the latest run of each destination", async () => {
    const [waiting, delivered, dead, expired, unrouted] = await keepEvents(
      { at: START, deliveries: { crm: "waiting", bi: "delivered" } },
      { at: START + 1, deliveries: { crm: "delivered" } },
      { at: START + 2, deliveries: { crm: "dead" } },
      { at: START + 3, deliveries: { crm: "expired" } },
      { at: START + 4 },
    );
    const all = { waiting, delivered, dead, expired, unrouted };
    for (const [state, kept] of Object.entries(all)) expect(await found({ state })).toEqual([kept?.receipt]);
    expect(await found({ destination: "bi" })).toEqual([waiting?.receipt]);
    await env.LOG.prepare(
      `INSERT INTO delivery (receipt, destination, run, source, type, state, attempt, next, since, reason, attempts)
       SELECT receipt, destination, 1, source, type, 'delivered', 1, NULL, since, NULL, '[]' FROM delivery
       WHERE state = 'dead'`,
    ).run();
    expect(await found({ state: "dead" })).toEqual([]);
    expect(await found({ state: "delivered" })).toEqual([dead?.receipt, delivered?.receipt]);
  });

  it("finds an event by its id, a receipt, a repeated receipt, its subject and the id of its call", async () => {
    const [one, again, person] = await keepEvents(
      { at: START, subject: "call/7" },
      { at: START + 1, subject: "call/7", source: "vcc" },
      { at: START + 2, subject: "agent/7" },
    );
    if (one === undefined || again === undefined || person === undefined) throw new Error("not kept");
    const repeated = "rcpt_01KAG3V000000000000000000Z";
    await env.LOG.prepare("INSERT INTO duplicate (receipt, id, first, source) VALUES (?1, ?2, ?3, 'ucontact')")
      .bind(repeated, one.event.id, one.receipt)
      .run();
    for (const q of [one.event.id, one.receipt, repeated]) expect(await found({ q })).toEqual([one.receipt]);
    for (const q of ["7", "call/7"]) expect(await found({ q })).toEqual([again.receipt, one.receipt]);
    expect(await found({ q: "7", source: "vcc" })).toEqual([again.receipt]);
    expect(await found({ subject: "agent/7" })).toEqual([person.receipt]);
    expect(await found({ q: "8" })).toEqual([]);
    expect(await found({ q: "evt_00000000000000000000000000000000" })).toEqual([]);
  });

  it("shows every digit of a figure as the vendor sent it", async () => {
    await configure({});
    const body = '{"payment":{"transactionid":"t","amount":9007199254740993.10}}';
    const webhook = aWebhook({ source: "vcc", vendor: "vcc-live", kind: "payment-transaction", body });
    await consumeAll([webhook]);
    const { text } = await call("GET", `events/${webhook.receipt}`);
    expect(text.split('"amount":9007199254740993.10')).toHaveLength(3);
  });

  it("finds by its call what is not about the call itself, such as a payment during it", async () => {
    await configure({});
    const webhook = aWebhook({
      source: "vcc",
      vendor: "vcc-live",
      kind: "payment-transaction",
      body: JSON.stringify(payment),
    });
    await consumeAll([webhook]);
    const [other] = await keepEvents({ subject: `call/${payment.uuid}` });
    expect(await found({ q: payment.uuid })).toEqual([other?.receipt, webhook.receipt]);
    expect(await found({ q: `call/${payment.uuid}` })).toEqual([other?.receipt, webhook.receipt]);
    expect(await found({ q: payment.uuid, type: "payment.updated" })).toEqual([webhook.receipt]);
    expect(await found({ subject: `call/${payment.uuid}` })).toEqual([other?.receipt]);
  });

  it.each([
    ["colour=blue", "colour"],
    ["type=call.exploded", "type"],
    ["state=lost", "state"],
    ["limit=201", "limit"],
    ["limit=0", "limit"],
    ["since=soon", "since"],
    ["cursor=../etc", "cursor"],
    ["source=a&source=b", "source"],
  ])("refuses %s and names the parameter", async (query, name) => {
    const { status, body, headers } = await call("GET", `events?${query}`);
    expect(status).toBe(422);
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(body).toMatchObject({ code: "invalid_request", detail: expect.stringContaining(name) });
  });
});

describe("GET /api/events/:id", () => {
  it("tells all of an event, by its id and by its receipt", async () => {
    const [kept] = await keepEvents({ at: START, subject: "call/7", deliveries: { bi: "delivered", crm: "dead" } });
    const { body } = await call("GET", `events/${kept?.event.id}`);
    expect(body).toMatchObject({
      event: { specversion: "1.0", id: kept?.event.id, data: {} },
      raw: {},
      receipt: kept?.receipt,
      key: "env:KEY",
      warnings: [],
      deliveries: [
        { destination: "bi", run: 0, state: "delivered", attempt: 1, next: null, attempts: [{ n: 1, status: 200 }] },
        { destination: "crm", run: 0, state: "dead", attempt: 1, reason: "status_500", attempts: [{ status: 500 }] },
      ],
      duplicates: [],
      corrections: [],
    });
    expect(body).not.toHaveProperty("event.data.raw");
    expect((await call("GET", `events/${kept?.receipt}`)).body).toEqual(body);
  });

  it("says for what and until when each delivery waits", async () => {
    const url = "https://crm.example.com/";
    await configure({ crm: { url }, stopped: { url, paused: true } });
    const [kept] = await keepEvents({ at: START, deliveries: { crm: "waiting", stopped: "waiting" } });
    expect((await call("GET", `events/${kept?.receipt}`)).body).toMatchObject({
      deliveries: [
        { destination: "crm", next: expect.any(String), waits: { for: "retry", until: expect.any(String) } },
        { destination: "stopped", waits: { for: "paused", until: null, sentence: expect.stringContaining("resumed") } },
      ],
    });
  });

  it("shows what was received digit by digit", async () => {
    await configure({});
    const webhook = aWebhook({ body: '{"event":"AgentNap","id":12345678901234567890}' });
    await consumeAll([webhook]);
    expect((await call("GET", `events/${webhook.receipt}`)).text).toContain('"id":12345678901234567890');
  });

  it.each(["evt_00000000000000000000000000000000", "rcpt_01KAG3V000000000000000000Z", "nothing"])(
    "does not find %s",
    async (id) => {
      const { status, body } = await call("GET", `events/${id}`);
      expect([status, body.code]).toEqual([404, "not_found"]);
    },
  );
});
