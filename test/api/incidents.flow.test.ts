import { createExecutionContext, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { app } from "../../src/app.ts";
import { forgetRelay } from "../../src/config/load-relay.ts";
import type { Incident } from "../../src/incidents/incident.ts";
import { failingLog } from "../delivery/faulty-log.ts";
import { SECRET } from "../delivery/scene.ts";
import { openSink } from "../sink/sink.ts";
import { call } from "./call.ts";
import { audited } from "./people/somebody.ts";

const NOW = Date.parse("2026-11-20T09:00:00Z");
const MINUTE = 60_000;
const idAt = (minute: number) => `inc_01KASVS2Z${String(minute).padStart(17, "0")}`;

/** An incident as it is kept; it began so many minutes after nine. */
function anIncident(minute: number, rest: Partial<Incident> = {}): Incident {
  const at = NOW + minute * MINUTE;
  const about = { kind: "destination", id: `crm-${minute}` } as const;
  const words = { counts: { waiting: minute }, sentence: `crm-${minute} fails`, next: "test it" };
  return {
    id: idAt(minute),
    type: "relay.destination_failing",
    about,
    since: at,
    seen: at,
    opened: at,
    ...words,
    ...rest,
  };
}
const closed = (minute: number) => anIncident(minute, { quiet: NOW + 90 * MINUTE, closed: NOW + 95 * MINUTE });

/** Keeps incidents as the object does that knows them. */
function keep(open: readonly Incident[], over: readonly Incident[] = []) {
  return runInDurableObject(env.INCIDENTS.getByName("relay"), (_, { storage }) => {
    storage.kv.put("watched", open);
    for (const one of over) storage.kv.put(`closed/${one.id}`, one);
  });
}

const page = z.object({ items: z.array(z.looseObject({ id: z.string() })), next: z.string().nullable() });
const list = async (query = "") => page.parse((await call("GET", `incidents${query}`)).body);
const idsOf = ({ items }: z.infer<typeof page>) => items.map(({ id }) => id);

describe("GET /api/incidents", () => {
  it("tells of none where there is none, and of none that is not told yet", async () => {
    expect(await list()).toEqual({ items: [], next: null });
    const { opened: _, ...pending } = anIncident(1);
    await keep([pending]);
    expect(await list()).toEqual({ items: [], next: null });
    expect((await call("GET", "status")).body).toMatchObject({ incidents: { open: 0, unseen: 0 } });
  });

  it("tells what is so, since when, and what helps; of one that is over until when", async () => {
    await keep([anIncident(1)], [closed(0)]);
    expect((await list()).items).toEqual([
      {
        id: idAt(1),
        type: "relay.destination_failing",
        state: "opened",
        about: { kind: "destination", id: "crm-1" },
        since: "2026-11-20T09:01:00Z",
        until: null,
        opened: "2026-11-20T09:01:00Z",
        counts: { waiting: 1 },
        sentence: "crm-1 fails",
        next: "test it",
        ack: null,
      },
      expect.objectContaining({ id: idAt(0), state: "closed", until: "2026-11-20T10:30:00Z" }),
    ]);
  });

  it("has the open ones first, the newest first, page by page", async () => {
    await keep([anIncident(3), anIncident(9), anIncident(5)], [1, 2, 4, 6, 7, 8].map(closed));
    const expected = [9, 5, 3, 8, 7, 6, 4, 2, 1].map(idAt);
    expect(idsOf(await list())).toEqual(expected);
    for (const limit of [1, 2, 3, 4, 8, 9]) {
      const found: string[] = [];
      let query = `?limit=${limit}`;
      for (;;) {
        const one = await list(query);
        expect(one.items.length).toBeLessThanOrEqual(limit);
        found.push(...idsOf(one));
        if (one.next === null) break;
        query = `?limit=${limit}&cursor=${one.next}`;
      }
      expect(found, String(limit)).toEqual(expected);
    }
    expect((await call("GET", "incidents?cursor=rcpt_1")).status).toBe(422);
  });
});

describe("POST /api/incidents/:id/ack", () => {
  it("keeps who sees to it and since when; the first one stays", async () => {
    await keep([anIncident(1), anIncident(2)], [closed(0)]);
    const { status, body } = await call("POST", `incidents/${idAt(1)}/ack`);
    expect([status, body.ack]).toEqual([200, { who: "admin", at: expect.stringMatching(/Z$/) }]);
    expect((await call("POST", `incidents/${idAt(1)}/ack`)).body.ack).toEqual(body.ack);
    expect((await list()).items.map(({ ack }) => ack)).toEqual([null, body.ack, null]);
    expect((await call("GET", "status")).body).toMatchObject({ incidents: { open: 2, unseen: 1 } });
    expect((await call("POST", `incidents/${idAt(0)}/ack`)).body).toMatchObject({
      state: "closed",
      ack: { who: "admin" },
    });
    expect((await list()).items.at(-1)).toMatchObject({ ack: { who: "admin" } });
  });

  it("is told in the audit, once, and not done where that cannot be written", async () => {
    await keep([anIncident(1), anIncident(2)]);
    await call("POST", `incidents/${idAt(1)}/ack`);
    await call("POST", `incidents/${idAt(1)}/ack`);
    expect(await audited()).toEqual([["admin", "incident.acknowledged", `incidents/${idAt(1)}`]]);
    const request = new Request(`https://relay.example.com/api/incidents/${idAt(2)}/ack`, {
      method: "POST",
      headers: { authorization: `Bearer test-admin-token` },
    });
    const unwritten = await app.fetch(
      request,
      { ...env, LOG: failingLog("INSERT INTO audit ") },
      createExecutionContext(),
    );
    expect(unwritten.status).toBe(503);
    expect((await list()).items.map(({ ack }) => ack)).toEqual([null, expect.anything()]);
  });

  it("knows no other", async () => {
    expect(await call("POST", "incidents/inc_1/ack")).toMatchObject({ status: 404, body: { code: "not_found" } });
  });
});

describe("POST /api/alerts/test", () => {
  async function configure(destinations: Record<string, object>) {
    const sources = { ucontact: { vendor: "ucontact", keys: ["k-alerts"] } };
    const complete = Object.entries(destinations).map(([id, one]) => [id, { secrets: [SECRET], ...one }]);
    await env.CONFIG.put("relay", JSON.stringify({ sources, destinations: Object.fromEntries(complete) }));
    forgetRelay();
  }

  it("sends a sample to each destination that is told, marked as a test, and tells what each said", async () => {
    const [well, ill, deaf] = [openSink(), openSink(), openSink()];
    await ill.behave({ status: 500, body: "out of order" });
    await configure({
      pager: { url: well.url, events: ["relay.*"] },
      chat: { url: ill.url, events: ["call.*", "relay.limit_near"], paused: true },
      crm: { url: deaf.url },
    });
    const { status, body } = await call("POST", "alerts/test");
    expect(status).toBe(200);
    expect(body).toEqual({
      more: false,
      destinations: [
        expect.objectContaining({ id: "pager", type: "relay.destination_failing", delivered: true, status: 200 }),
        expect.objectContaining({
          id: "chat",
          type: "relay.limit_near",
          delivered: false,
          status: 500,
          answer: "out of order",
        }),
      ],
    });
    const [sent] = await well.waitFor(1);
    expect(sent?.headers).toMatchObject({ "webhook-test": "1", "webhook-signature": expect.stringMatching(/^v1,/) });
    expect(JSON.parse(sent?.body ?? "")).toMatchObject({
      source: "/relay",
      subject: "incident/inc_test",
      data: { incident: { state: "opened", about: { kind: "relay", id: "relay" }, test: true } },
    });
    expect(await deaf.received()).toEqual([]);
    expect(await list()).toEqual({ items: [], next: null });
    expect((await call("GET", "events")).body.items).toEqual([]);
  });

  it("says that nobody is told", async () => {
    await configure({ crm: { url: openSink().url } });
    expect((await call("POST", "alerts/test")).body).toEqual({ destinations: [], more: false });
  });
});
