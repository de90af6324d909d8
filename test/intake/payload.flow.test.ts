import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { namesPayload } from "../../src/intake/body/payload.ts";
import { type Door, openDoor } from "./door.ts";

const KEY = "plain-key";
const entry = { cipher: "aes-256-ctr", key: "cipher-key", iv: "query:nonce" };
let door: Door;
beforeEach(async () => {
  door = await openDoor({
    gx: { vendor: "generic", keys: [KEY], auth: [{ in: "header" }, { in: "query" }, { in: "body", name: "token" }] },
    mapped: {
      vendor: "generic",
      keys: [KEY],
      auth: [{ in: "header" }, { in: "body", name: "token" }],
      generic: { event: "payload.type" },
    },
    enc: { vendor: "vcc-live", keys: [KEY], encryption: [entry] },
  });
  door.queue = "keeps";
});
afterEach(() => door.settle());

const object = '{"type":"x","n":9007199254740993}';
const encoded = encodeURIComponent(object);
const post = (path: string, body: BodyInit, headers = {}) =>
  door.knock(path, { method: "POST", body, headers: { authorization: KEY, ...headers } });
const stored = () => door.queued.at(-1)?.body;

describe("a form or query is the object in its payload", () => {
  test.each([
    `payload=${encoded}`,
    `payload=%0A${encoded}`,
    `payload=%EF%BB%BF${encoded}`,
    `payload=${encoded}&token=${KEY}`,
    `payload=${encoded}&token=wrong&key=wrong`,
  ])("where that is its only field: %s", async (body) => {
    expect((await post("/in/gx/t", body)).status).toBe(200);
    expect(stored()).toBe(object);
  });

  test("in a query, beside the key and the iv", async () => {
    await door.knock(`/in/gx/t?payload=${encoded}&key=${KEY}`);
    expect(stored()).toBe(object);
    await door.knock(`/in/enc/sms?payload=${encoded}&secret-key=${KEY}&iv=00&nonce=00`);
    expect(stored()).toBe(object);
    await post(`/in/enc/sms?secret-key=${KEY}`, `payload=${encoded}&iv=00`);
    expect(stored()).toBe(object);
  });

  test("in a multipart form, whose files are left out", async () => {
    const form = new FormData();
    form.append("payload", object);
    form.append("thumb", new Blob(["x"]), "x.jpg");
    await post("/in/gx/t", form);
    expect(stored()).toBe(object);
    expect(door.queued.at(-1)?.warnings).toEqual(["parameters_dropped"]);
  });

  test("whose own key proves it", async () => {
    const body = `payload=${encodeURIComponent('{"secret":"voiso-key","event":"x"}')}`;
    expect((await door.knock("/in/voiso", { method: "POST", body })).status).toBe(200);
    expect(stored()).toBe('{"event":"x"}');
    const inJson = `payload=${encodeURIComponent(`{"json":{"token":"${KEY}","a":1}}`)}`;
    expect((await door.knock("/in/gx", { method: "POST", body: inJson })).status).toBe(200);
    expect(stored()).toBe('{"json":{"a":1}}');
    const beside = `payload=${encodeURIComponent('{"secret":"voiso-key"}')}&event=x`;
    expect((await door.knock("/in/voiso", { method: "POST", body: beside })).status).toBe(401);
  });

  test("with a login question in it", async () => {
    const question = encodeURIComponent('{"projectId":7,"userId":41}');
    const response = await post("/in/vcc/project-login?secret-key=vcc-key", `payload=${question}`);
    expect(await response.json()).toEqual({ "7": false });
  });
});

describe("but not", () => {
  test.each([
    ["beside another field", `payload=${encoded}&a=1`],
    ["beside a field that was left out", `payload=${encoded}&a[b][c][d][e][f]=1`],
    ["where it is a list", "payload=[1]"],
    ["where it is a scalar", "payload=7"],
    ["where it is no JSON", "payload={a"],
    ["where it stands twice", `payload=${encoded}&payload=${encoded}`],
    ["under another name", `Payload=${encoded}`],
  ])("%s", async (_, body) => {
    await post("/in/gx/t", body);
    expect(stored()).toMatch(/^\{"[Pp]ayload":/);
  });

  test("where the source's mapping reads below it", async () => {
    await post("/in/mapped/t", `payload=${encoded}`);
    expect(JSON.parse(stored() ?? "")).toEqual({ payload: object });
    const body = `payload=${encodeURIComponent(`{"token":"${KEY}"}`)}`;
    expect((await door.knock("/in/mapped/t", { method: "POST", body })).status).toBe(401);
  });

  test("in JSON", async () => {
    await post("/in/gx/t", JSON.stringify({ payload: { a: 1 } }));
    expect(stored()).toBe('{"payload":{"a":1}}');
  });
});

test.each([
  [{ event: "payload" }, true],
  [{ id: "payload.id" }, true],
  [{ time: "payload.0.at" }, true],
  [{ callId: "payload.call" }, true],
  [{ subject: "ticket/{id}/{payload.id}" }, true],
  [{ event: "payloads.type", id: "a.payload", subject: "payload/{id}" }, false],
  [{}, false],
  [undefined, false],
])("the mapping %j names payload: %s", (mapping, names) => {
  expect(namesPayload(mapping)).toBe(names);
});
