import { beforeEach, describe, expect, it, vi } from "vitest";
import { consumeAll } from "../../delivery/consume-all.ts";
import { aWebhook, configure } from "../../delivery/scene.ts";
import { openSink } from "../../sink/sink.ts";
import { call } from "../call.ts";
import { keepEvents } from "../keep-events.ts";
import { audited, callAs, makeToken } from "./somebody.ts";

let token = "";
let sink: ReturnType<typeof openSink>;

beforeEach(async () => {
  sink = openSink();
  await put({});
  token = (await makeToken("receiver", { name: "crm team", destination: "crm" })).token;
});

/** The receiver's own destination, and another that gets the same. */
function put(crm: object): Promise<void> {
  return configure({ crm: { url: sink.url, ...crm }, bi: { url: openSink().url } });
}

const ask = (path: string, method = "GET", body?: unknown) => callAs(token, method, path, body);
const listed = async (query = "") => {
  const { items } = (await ask(`events${query}`)).body;
  return Array.isArray(items) ? items : [];
};

describe("a receiver's list", () => {
  it("has the events that were due to its destination, and how they stand there", async () => {
    const [dead, , both] = await keepEvents(
      { at: Date.now() - 3000, deliveries: { crm: "dead", bi: "delivered" } },
      { at: Date.now() - 2000, deliveries: { bi: "dead" } },
      { at: Date.now() - 1000, deliveries: { crm: "delivered", bi: "dead" }, subject: "call/7" },
      { at: Date.now() - 500 },
    );
    expect(await listed()).toEqual([
      {
        id: both?.event.id,
        receipt: both?.receipt,
        source: "ucontact",
        type: "call.started",
        subject: "call/7",
        time: both?.event.time,
        receivedTime: expect.any(String),
        state: "delivered",
      },
      expect.objectContaining({ receipt: dead?.receipt, state: "dead" }),
    ]);
    const receipts = async (query: string) => (await listed(query)).map(({ receipt }) => receipt);
    expect(await receipts("?state=dead")).toEqual([dead?.receipt]);
    expect(await receipts("?state=delivered")).toEqual([both?.receipt]);
    expect(await receipts("?subject=call/7")).toEqual([both?.receipt]);
    expect(await receipts(`?q=${dead?.event.id}`)).toEqual([dead?.receipt]);
    expect(await receipts("?q=call/7")).toEqual([both?.receipt]);
    expect(await receipts("?limit=1")).toEqual([both?.receipt]);
  });

  it("does not tell whom its mask hides, nor whether it was they", async () => {
    await put({ mask: { name: "pseudonym" } });
    await keepEvents({ subject: "agent/nora", deliveries: { crm: "delivered" } });
    const [{ subject }] = await listed();
    expect(subject).toMatch(/^agent\/p_[0-9a-f]{20}$/);
    expect(await listed("?subject=agent/nora")).toEqual([]);
    await put({ mask: { name: "remove" } });
    expect(await listed()).toEqual([expect.objectContaining({ subject: "agent" })]);
  });

  it("tells nothing by where a page goes on", async () => {
    await put({ mask: { name: "pseudonym" } });
    const ofNora = { subject: "agent/nora", deliveries: { crm: "delivered" } } as const;
    await keepEvents(ofNora, ofNora);
    const pages = await Promise.all(["nora", "nobody"].map((name) => ask(`events?limit=1&subject=agent/${name}`)));
    expect(pages.map(({ body: { items, next } }) => ({ items, next }))).toEqual([
      { items: [], next: null },
      { items: [], next: null },
    ]);
  });

  it("is closed while nobody knows what its mask hides", async () => {
    await put({ mask: { "data.nowhere": "remove" } });
    await keepEvents({ deliveries: { crm: "delivered" } });
    expect([(await ask("events")).status, (await ask("events/evt_x")).status]).toEqual([503, 503]);
  });
});

describe("a receiver's event", () => {
  it.each([
    [{}],
    [{ raw: true }],
    [{ format: "standard", mask: { name: "remove" } }],
    [{ format: "raw" }],
    [{ format: "cloudevents", raw: true, mask: { name: "last4" } }],
  ])("is what it gets: %j", async (crm) => {
    await put(crm);
    await consumeAll([aWebhook()]);
    const [got] = await sink.waitFor(1);
    const [{ id }] = await listed();
    const { body } = await ask(`events/${id}`);
    expect(body).toEqual({
      id,
      receipt: expect.any(String),
      delivered: { headers: expect.any(Object), body: JSON.parse(got?.body ?? "") },
      deliveries: [expect.objectContaining({ run: 0, state: "delivered", attempts: [expect.any(Object)] })],
    });
    expect(got?.headers).toMatchObject(JSON.parse(JSON.stringify(body.delivered)).headers);
  });

  it("tells of no other destination, and of no event that was not due to it", async () => {
    const [both, foreign] = await keepEvents(
      { deliveries: { crm: "dead", bi: "dead" } },
      { deliveries: { bi: "dead" } },
    );
    const { body, text } = await ask(`events/${both?.event.id}`);
    expect(body.deliveries).toHaveLength(1);
    expect(text).not.toMatch(/"bi"|env:KEY/);
    for (const id of [foreign?.event.id, foreign?.receipt, "evt_none"]) {
      expect((await ask(`events/${id}`)).body).toMatchObject({
        status: 404,
        detail: expect.stringContaining("No event of this"),
      });
    }
  });
});

describe("a receiver's destination", () => {
  it("is the only one that it sees and tests", async () => {
    expect((await ask("destinations/crm")).body).toMatchObject({ id: "crm", failures: [] });
    expect((await ask("destinations/crm/test", "POST")).body).toMatchObject({ delivered: true });
    for (const [method, path] of [
      ["GET", "bi"],
      ["GET", "nowhere"],
      ["POST", "bi/test"],
      ["POST", "nowhere/test"],
    ]) {
      const { status, body } = await ask(`destinations/${path}`, method);
      expect([status, body.detail]).toEqual([403, "This token is bound to the destination crm."]);
    }
  });

  it("gets again what it got, by its name, and nothing goes elsewhere", async () => {
    await consumeAll([aWebhook()]);
    await sink.waitFor(1);
    const [{ id }] = await listed();
    expect((await ask(`events/${id}/replay`, "POST", {})).body).toEqual({
      replay: expect.stringMatching(/^rpl_/),
      event: id,
      deliveries: [{ destination: "crm", run: 1 }],
    });
    expect((await ask(`events/${id}/replay`, "POST", { destination: "crm", reason: "lost it" })).status).toBe(200);
    expect((await ask(`events/${id}/replay`, "POST", { destination: "bi" })).status).toBe(403);
    const { body } = await call("GET", `events/${id}`);
    expect(body.deliveries).toEqual(
      expect.arrayContaining([expect.objectContaining({ destination: "crm", run: 1, who: "crm team" })]),
    );
    await vi.waitUntil(async () => (await sink.received()).length === 3, { timeout: 60_000, interval: 50 });
    expect((await audited()).slice(1)).toEqual([
      ["crm team", "event.replayed", `events/${id}`],
      ["crm team", "event.replayed", `events/${id}`],
      ["admin", "persons.seen", "api"],
    ]);
    const [foreign] = await keepEvents({ deliveries: { bi: "dead" } });
    expect((await ask(`events/${foreign?.event.id}/replay`, "POST", {})).status).toBe(404);
  });

  it("that is not configured any more shows nothing", async () => {
    await keepEvents({ deliveries: { crm: "dead" } });
    await configure({ bi: { url: "https://bi.example.com/" } });
    expect([(await ask("events")).status, (await ask("destinations/crm")).status]).toEqual([404, 404]);
  });
});
