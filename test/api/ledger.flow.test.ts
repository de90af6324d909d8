import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { describe, expect, it } from "vitest";
import { stats } from "../../src/api/stats.ts";
import { foldTally } from "../../src/log/ledger/fold.ts";
import { consumeAll } from "../delivery/consume-all.ts";
import { aWebhook, configure } from "../delivery/scene.ts";
import { openSink } from "../sink/sink.ts";
import { call } from "./call.ts";
import { keepEvents } from "./keep-events.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;
const today = new Date().toISOString().slice(0, 10);

/** Something of everything: delivered, waiting, repeated, unrouted and unreadable. */
async function aBusyDay() {
  const [sink, broken] = [openSink(), openSink()];
  await broken.behave({ status: 500 });
  await configure({
    crm: { url: sink.url, events: ["agent.*"] },
    bi: { url: broken.url, events: ["agent.*"], retry: { delays: [3600] } },
    old: { url: broken.url, events: ["agent.*"], retry: { delays: [] } },
  });
  const first = aWebhook();
  await consumeAll([first, aWebhook({ body: first.body }), aWebhook({ body: "[]" })]);
  await consumeAll([{ receipt: `rcpt_${ulid()}`, source: "ucontact", nonsense: true }]);
}

describe("GET /api/ledger", () => {
  it("balances, overall and for each source", async () => {
    await aBusyDay();
    const line = {
      webhooks: { accepted: 4, events: 2, duplicates: 1, failed: 1, unrouted: 1 },
      deliveries: { due: 3, delivered: 1, dead: 1, expired: 0, waiting: 1 },
      replays: { due: 0, delivered: 0, dead: 0, expired: 0, waiting: 0 },
      logins: { decided: 0, granted: 0, refused: 0 },
      questions: { asked: 0, answered: 0, otherwise: 0, refused: 0 },
    };
    expect((await call("GET", "ledger")).body).toEqual({
      balanced: true,
      ...line,
      webhooks: { ...line.webhooks, unread: 0 },
      sources: { ucontact: line },
    });
  });

  it("is confirmed by the log when it is counted again", async () => {
    await aBusyDay();
    const { body } = await call("GET", "ledger?recount=1");
    expect(body).toMatchObject({ balanced: true, recounted: [today], unchecked: [], mismatches: [] });
  });

  it("names what the log does not confirm", async () => {
    await keepEvents({ deliveries: { crm: "delivered" } }, { at: Date.now() - DAY, source: "vcc" });
    await env.LOG.prepare("UPDATE tally SET events = 5, due = 2 WHERE source = 'ucontact'").run();
    await env.LOG.prepare("DELETE FROM event WHERE source = 'vcc'").run();
    const yesterday = new Date(Date.now() - DAY).toISOString().slice(0, 10);
    expect((await call("GET", `ledger?recount=1&since=${yesterday}`)).body).toMatchObject({
      balanced: false,
      recounted: [yesterday, today],
      mismatches: [
        { day: yesterday, source: "vcc", counter: "events", tally: 1, log: 0 },
        { day: yesterday, source: "vcc", counter: "unrouted", tally: 1, log: 0 },
        { day: today, source: "ucontact", counter: "events", tally: 5, log: 1 },
        { day: today, source: "ucontact", counter: "due", tally: 2, log: 1 },
      ],
    });
  });

  it.each(["recount=1&since=2020-01-01&until=2020-01-02", "recount=1&since=2999-01-01", "recount=yes", "since=soon"])(
    "refuses %s",
    async (query) => {
      expect((await call("GET", `ledger?${query}`)).status).toBe(422);
    },
  );
});

describe("GET /api/stats", () => {
  it("gives a line for each day and source, the oldest first", async () => {
    await keepEvents(
      { deliveries: { crm: "delivered", bi: "waiting" } },
      { source: "vcc" },
      { at: Date.now() - DAY },
      { at: Date.now() - 40 * DAY },
    );
    const { body } = await call("GET", "stats");
    expect(body).toMatchObject({
      bucket: "day",
      until: today,
      items: [
        { source: "ucontact", webhooks: { events: 1, unrouted: 1 } },
        { day: today, source: "ucontact", deliveries: { due: 2, delivered: 1, waiting: 1 } },
        { day: today, source: "vcc", webhooks: { accepted: 1 } },
      ],
    });
    expect((await call("GET", `stats?since=${today}&bucket=day`)).body.items).toHaveLength(2);
    expect((await call("GET", "stats?since=2020-01-01")).body.items).toHaveLength(4);
    expect((await call("GET", `stats?since=${new Date().toISOString()}`)).body.items).toHaveLength(2);
    expect((await call("GET", "stats?since=yesterday 9:02&until=0:00&zone=Asia/Tokyo")).status).toBe(200);
    expect(
      (await call("GET", "stats?since=2026-11-20T09:30:00Z&until=2026-11-20T11:59:00Z&bucket=hour")).body,
    ).toMatchObject({
      since: "2026-11-20T09",
      until: "2026-11-20T11",
    });
    expect((await call("GET", "stats?since=some day")).body.detail).toContain("not a day, an hour or a time");
  });

  it("gives a line for each hour and source, and for each hour and destination, before and after they are summed up", async () => {
    const [sink, broken] = [openSink(), openSink()];
    await broken.behave({ status: 500 });
    await configure({
      crm: { url: sink.url, events: ["agent.*"] },
      old: { url: broken.url, events: ["agent.*"], retry: { delays: [] } },
    });
    await consumeAll([aWebhook(), aWebhook()]);
    const asked = async () => stats.gives.parse((await call("GET", "stats?bucket=hour")).body);
    const told = await asked();
    const { day, hour = "" } = told.items[0] ?? {};
    expect([told.bucket, hour.slice(0, 11)]).toEqual(["hour", `${day}T`]);
    expect(told.items).toMatchObject([{ source: "ucontact", webhooks: { accepted: 2, events: 2 } }]);
    const none = { expired: 0, due: 2, attempts: 2 };
    expect(told.destinations).toEqual([
      { day, hour, destination: "crm", delivered: 2, dead: 0, ...none },
      { day, hour, destination: "old", delivered: 0, dead: 2, ...none },
    ]);
    await foldTally(env.LOG, Date.now() + 2 * HOUR);
    expect(await env.LOG.prepare("SELECT count(*) AS open FROM tally").first("open")).toBe(0);
    expect(await asked()).toEqual(told);
    const days = stats.gives.parse((await call("GET", "stats")).body);
    expect(days.destinations).toEqual(told.destinations.map(({ hour: _, ...line }) => line));
  });

  it("by hour takes days and hours alike", async () => {
    const now = Date.now();
    await keepEvents({ at: now - 26 * HOUR }, { at: now - 2 * HOUR });
    const since = (ms: number, characters: number) => new Date(now - ms).toISOString().slice(0, characters);
    const lines = async (query: string) => {
      const { body } = await call("GET", `stats?bucket=hour${query}`);
      return stats.gives.parse(body).items.length;
    };
    expect(await lines("")).toBe(1);
    expect(await lines(`&since=${since(26 * HOUR, 13)}`)).toBe(2);
    expect(await lines(`&since=${since(26 * HOUR, 13)}&until=${since(26 * HOUR, 13)}`)).toBe(1);
    expect(await lines(`&since=${since(2 * DAY, 10)}`)).toBe(2);
    expect(await lines(`&since=${since(7 * DAY - HOUR, 13)}`)).toBe(2);
  });

  it.each([
    "since=monday",
    "since=2026-11-20T09",
    "bucket=hour&since=2026-11-20T24",
    "bucket=hour&since=2020-01-01",
    "bucket=minute",
  ])("refuses %s", async (query) => {
    expect((await call("GET", `stats?${query}`)).status).toBe(422);
  });
});
