import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test, vi } from "vitest";
import { call } from "../api/call.ts";
import { type Door, openDoor } from "../intake/door.ts";
import { openSink } from "../sink/sink.ts";
import { IVR, KEY, openWith, SEARCH, SECRET } from "./scene.ts";

let door: Door;
afterEach(() => door.settle());

const CANARY = "canary-3615550199";
const json = { "content-type": "application/json" };
const SOON = { timeout: 60_000, interval: 100 };

const eventsOf = async () => {
  const { items } = (await call("GET", "events?type=sync.answered&limit=200")).body;
  return Array.isArray(items) ? items : [];
};
const untilStored = (count: number) =>
  vi.waitUntil(async () => {
    const events = await eventsOf();
    return events.length >= count ? events : false;
  }, SOON);
const read = async ({ id }: { id: string }) => Object((await call("GET", `events/${id}`)).body);

/** All that the log has. */
async function dumpLog(): Promise<string> {
  const names = await env.LOG.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'",
  ).all<{ name: string }>();
  const tables = names.results.map(({ name }) => env.LOG.prepare(`SELECT * FROM "${name}"`).all());
  const rows = (await Promise.all(tables)).flatMap(({ results }) => results);
  // Bodies are deflated there, so that they are read by the API besides.
  return JSON.stringify(rows);
}

async function dumpKv(): Promise<string> {
  const all = [env.CONFIG, env.PERMISSIONS].map(async (kv) => {
    const { keys } = await kv.list();
    return Promise.all(keys.map(async ({ name }) => [name, await kv.get(name)]));
  });
  return JSON.stringify(await Promise.all(all));
}

describe("by default", () => {
  test("no store has anything of questions and answers, however they ended", async () => {
    const system = openSink();
    const answer = JSON.stringify({
      say: `${CANARY}-answer`,
      result: { uniqueId: CANARY, customers: [{ [CANARY]: 1 }] },
    });
    const one = { ask: system.url, secrets: [SECRET], timeoutMs: 5000 };
    const sorry = { result: { uniqueId: "id", customers: [] } };
    let asked = 0;
    for (const otherwise of [{}, { otherwise: sorry }]) {
      door = await openWith({
        ivr: { ...one, ...otherwise, cache: { seconds: 60, by: ["caller"] } },
        search: { ...one, ...otherwise },
      });
      for (const behaviour of [
        { headers: json, body: answer },
        { status: 500, headers: json, body: answer },
        { body: answer },
      ]) {
        await system.behave(behaviour);
        const query = `${CANARY}=${CANARY}&caller=${CANARY}&uuid=${CANARY}-uuid&fields%5B${CANARY}%5D=${CANARY}&limit=5`;
        const fields = { fields: { [CANARY]: CANARY, contact_phone: CANARY }, limit: 3, uuid: CANARY };
        await door.knock(`${IVR}&${query}`);
        await door.knock(`${IVR}&${query}`, { method: "DELETE" });
        await door.knock(IVR, { method: "POST", body: query });
        await door.knock(IVR, { method: "PUT", body: JSON.stringify(fields) });
        await door.knock(`${SEARCH}&${query}`);
        await door.post(SEARCH, fields, { "user-agent": "vcc" });
        asked += 6;
      }
      expect(JSON.stringify(door.queued)).not.toContain(CANARY);
      expect(door.queued.every(({ body }) => body === "null")).toBe(true);
      await door.settle(3000);
      expect(door.lines.join("\n")).not.toContain(CANARY);
    }
    const events = await untilStored(asked);
    expect(events).toHaveLength(asked);
    const told = await Promise.all(events.map(read));
    expect(JSON.stringify(told)).not.toContain(CANARY);
    expect(new Set(told.map(({ event }) => event.data.answer.outcome))).toEqual(
      new Set(["answered", "otherwise", "refused"]),
    );
    expect(told.every(({ event }) => event.data.call === undefined && event.subject === undefined)).toBe(true);
    expect(await dumpLog()).not.toContain(CANARY);
    expect(await dumpKv()).not.toContain(CANARY);
  });

  test("nor of questions that are refused for what they are, not even an outline", async () => {
    const responder = { ask: openSink().url, secrets: [SECRET] };
    door = await openWith({ ivr: responder, search: responder });
    const broken = `{"${CANARY}":"${CANARY}`;
    const refused = [
      await door.knock(SEARCH, { method: "PUT", body: `{"${CANARY}":"${CANARY}"}` }),
      await door.knock(SEARCH, { method: "POST", body: broken }),
      await door.knock(IVR, { method: "POST", body: broken }),
      await door.knock(IVR, { method: "PUT", body: CANARY, headers: { "content-encoding": "br" } }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([405, 400, 400, 400]);
    await door.settle(3000);
    const { results } = await env.LOG.prepare("SELECT source, detail, bytes, sha256 FROM rejection").all();
    expect(results.length).toBeGreaterThan(0);
    expect(results).toEqual(results.map(() => ({ source: "vcc", detail: "{}", bytes: null, sha256: null })));
  });

  test("they have a line of their own in the ledger, which balances and counts again alike", async () => {
    const system = openSink();
    const crm = openSink();
    await system.behave({ headers: json, body: "{}" });
    const ivr = { ask: system.url, secrets: [SECRET] };
    door = await openDoor({ vcc: { vendor: "vcc-live", keys: [KEY], responders: { ivr } } });
    await door.knock(IVR);
    await system.behave({ status: 404 });
    await door.knock(IVR);
    await untilStored(2);
    const { body } = await call("GET", "ledger?recount=1");
    expect(body).toMatchObject({
      balanced: true,
      mismatches: [],
      webhooks: { events: 0, unrouted: 0 },
      logins: { decided: 0 },
      questions: { asked: 2, answered: 1, otherwise: 0, refused: 1 },
      sources: { vcc: { questions: { asked: 2, answered: 1, otherwise: 0, refused: 1 } } },
    });
    expect(await crm.received()).toEqual([]);
    const rejections = await call("GET", "rejections?source=vcc&reason=no_answer");
    expect(JSON.stringify(rejections.body)).toContain("no_answer");
  });
});

describe("a source that records", () => {
  const settings = { scrub: ["ssn"] };
  const recording = async (behaviour: object, responder: object = {}) => {
    const system = openSink();
    await system.behave(behaviour);
    const one = { ask: system.url, secrets: [SECRET], record: true, otherwise: "sorry", ...responder };
    door = await openWith({ ivr: one }, settings);
    return system;
  };
  const onlyEvent = async () => {
    const [event] = await untilStored(1);
    return read(event);
  };

  test("has question and answer, scrubbed as any body, and the call", async () => {
    const system = await recording({
      headers: json,
      body: JSON.stringify({ next: "x", password: "p2", ssn: "s2", key: `a ${KEY}` }),
    });
    await door.post(IVR, { caller: "1", password: "p1", ssn: "s1", uuid: "c-1" });
    expect((await system.received())[0]?.body).toBe('{"caller":"1","password":"p1","ssn":"s1","uuid":"c-1"}');
    expect(await onlyEvent()).toMatchObject({
      event: {
        type: "sync.answered",
        subject: "call/c-1",
        callid: "c-1",
        vendorevent: "ivr",
        data: {
          call: { id: "c-1" },
          answer: { kind: "ivr", outcome: "answered", status: 200, cached: false },
        },
      },
      raw: {
        question: { caller: "1", password: "[scrubbed]", ssn: "[scrubbed]", uuid: "c-1" },
        answer: { next: "x", password: "[scrubbed]", ssn: "[scrubbed]", key: "a [scrubbed]" },
      },
    });
  });

  test.each([
    [
      "text/x-ini",
      "[a]\nname = Eva\npassword=p2\n; note",
      ["[a]", { name: "Eva" }, { password: "[scrubbed]" }, "; note"],
    ],
    ["text/plain; charset=iso-8859-1", `see ${KEY}`, "see [scrubbed]"],
  ])("has an answer of %s", async (type, body, answer) => {
    await recording({ headers: { "content-type": type }, body });
    await door.knock(`${IVR}&caller=1`);
    expect(await onlyEvent()).toMatchObject({ raw: { question: { caller: "1" }, answer } });
  });

  test("has what was answered otherwise", async () => {
    await recording({ status: 500, body: "secret of the CRM" });
    await door.knock(`${IVR}&caller=1`);
    const event = await onlyEvent();
    expect(event).toMatchObject({
      event: { data: { answer: { outcome: "otherwise", reason: "status", status: 500 } } },
      raw: { answer: "sorry" },
    });
    expect(JSON.stringify(event)).not.toContain("secret of the CRM");
  });
});

test("an answer never waits for the queue or the log", async () => {
  const system = openSink();
  await system.behave({ headers: json, body: "{}" });
  door = await openWith({ ivr: { ask: system.url, secrets: [SECRET] } });
  for (const state of ["fails", "hangs"] as const) {
    door.queue = state;
    door.log = state;
    const began = performance.now();
    expect((await door.knock(IVR)).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(1000);
  }
  // What is given up later is told later, and belongs to no other test.
  await door.settle(SOON.timeout);
});
