import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, test } from "vitest";
import { type Door, problemOf } from "../intake/door.ts";
import { openSink } from "../sink/sink.ts";
import { heard, IVR, KEY, openWith, SEARCH, SECRET, toldIn } from "./scene.ts";

let door: Door;
afterEach(() => door.settle());

const json = { "content-type": "application/json" };
const plain = { "content-type": "text/plain; charset=utf-8" };
const menu = '{"next":"operator"}';

async function asking(kind: "ivr" | "search", behaviour: object, responder: object = {}, settings: object = {}) {
  const system = openSink();
  await system.behave(behaviour);
  door = await openWith({ [kind]: { ask: system.url, secrets: [SECRET], ...responder } }, settings);
  return system;
}

describe("a question reaches its responder", () => {
  test("as JSON, without the key, signed by the receipt", async () => {
    const system = await asking("ivr", { headers: json, body: menu });
    const response = await door.knock(`${IVR}&caller=3615550199&pin=1234`);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await heard(response)).toEqual([200, "application/json", menu]);
    const [request] = await system.received();
    expect(JSON.parse(request?.body ?? "")).toEqual({ caller: "3615550199", pin: "1234" });
    expect(request?.headers["content-type"]).toBe("application/json");
    expect(request?.headers["webhook-id"]).toMatch(/^rcpt_[0-9A-Z]{26}$/);
    expect(request?.headers["user-agent"]).toMatch(/^hookswitch\//);
    expect(new Webhook(SECRET).verify(request?.body ?? "", request?.headers ?? {})).toEqual({
      caller: "3615550199",
      pin: "1234",
    });
    expect(JSON.stringify(request)).not.toContain(KEY);
    expect(toldIn(door)).toMatchObject([{ receipt: request?.headers["webhook-id"], outcome: "answered", status: 200 }]);
  });

  test.each([
    ["a form", { method: "POST", body: "caller=3615550199&pin=1234" }],
    ["a form under PUT", { method: "PUT", body: "caller=3615550199&pin=1234" }],
    ["JSON", { method: "POST", body: '{"caller":"3615550199","pin":"1234"}', headers: json }],
    ["JSON that says it is a text", { method: "POST", body: '{"caller":"3615550199","pin":"1234"}', headers: plain }],
    ["a key in the body besides", { method: "POST", body: `caller=3615550199&pin=1234&secret-key=${KEY}` }],
  ])("that came as %s", async (_, request) => {
    const system = await asking("ivr", { headers: json, body: menu });
    expect((await door.knock(IVR, request)).status).toBe(200);
    expect((await system.received()).map(({ body }) => JSON.parse(body))).toEqual([
      { caller: "3615550199", pin: "1234" },
    ]);
  });

  test("by DELETE, whose body means nothing", async () => {
    const system = await asking("ivr", { headers: json, body: menu });
    const request = { method: "DELETE", body: "x=1" };
    expect(await heard(await door.knock(`${IVR}&caller=1`, request))).toEqual([200, "application/json", menu]);
    expect((await system.received()).map(({ body }) => body)).toEqual(['{"caller":"1"}']);
  });

  test.each([
    ["nothing in the query", IVR, {}],
    ["an empty body", IVR, { method: "POST", body: "" }],
  ])("with %s as an empty object", async (_, path, request) => {
    const system = await asking("ivr", { headers: json, body: menu });
    expect((await door.knock(path, request)).status).toBe(200);
    expect((await system.received()).map(({ body }) => body)).toEqual(["{}"]);
  });

  test("with what people say, and without a key wherever it stands", async () => {
    const system = await asking("ivr", { headers: json, body: menu });
    const question = {
      password: "hunter2",
      cvv: "123",
      amount: 1.5,
      big: 0,
      url: `https://relay.example.com/in/vcc/ivr?secret-key=${KEY}`,
      list: [KEY, "x"],
    };
    const body = JSON.stringify(question).replace('"big":0', '"big":9007199254740993');
    await door.knock(IVR, { method: "POST", body });
    const [request] = await system.received();
    expect(request?.body).toContain('"password":"hunter2","cvv":"123","amount":1.5,"big":9007199254740993');
    expect(request?.body).not.toContain(KEY);
    expect(request?.body).toContain('"x"');
  });

  test("from a source whose key stands in the body", async () => {
    const system = await asking("ivr", { headers: json, body: menu }, {}, { auth: { in: "body", name: "token" } });
    await door.post("/in/vcc/ivr", { token: KEY, caller: "1" });
    expect((await system.received()).map(({ body }) => body)).toEqual(['{"caller":"1"}']);
  });

  test("with the headers that the configuration has, and under every secret", async () => {
    const system = openSink();
    await system.behave({ headers: json, body: menu });
    const other = "whsec_c2Vjb25kLXNlY3JldC1mb3ItdGhlLXJvdGF0aW9uIQ==";
    const ivr = { ask: system.url, secrets: ["env:OLD", "env:NEW"], headers: { "x-team": "env:HEADER_TEAM" } };
    door = await openWith({ ivr }, {}, { OLD: SECRET, NEW: other, HEADER_TEAM: "blue" });
    expect((await door.knock(IVR)).status).toBe(200);
    const [request] = await system.received();
    expect(request?.headers["x-team"]).toBe("blue");
    for (const secret of [SECRET, other]) {
      expect(new Webhook(secret).verify(request?.body ?? "", request?.headers ?? {})).toEqual({});
    }
  });
});

describe("an answer to an IVR goes through", () => {
  test.each([
    ["application/json", '{"a":1}'],
    ["application/json; charset=utf-8", '{"a":"é"}'],
    ["text/json", "[1]"],
    ["text/x-ini", "a=1\nb=2"],
    ["text/plain; charset=UTF-8", "Zoë"],
    ["text/plain;charset=ISO-8859-2", "x"],
    ["application/json;", "{}"],
    ["text/plain; charset=utf-8 ;; x=1 ;", "x"],
    ['application/json; profile="https://crm.example.com/a?b=\\"c\\",d"', "{}"],
    ["application/json; odata.metadata=minimal", "{}"],
    ["TEXT/PLAIN", ""],
  ])("as %s", async (type, body) => {
    await asking("ivr", { headers: { "content-type": type }, body });
    expect(await heard(await door.knock(IVR))).toEqual([200, type, body]);
  });

  test("in no coding, however that is written", async () => {
    await asking("ivr", { headers: { ...plain, "content-encoding": "Identity" }, body: menu });
    expect(await heard(await door.knock(IVR))).toEqual([200, "text/plain; charset=utf-8", menu]);
  });

  test("zipped, without its coding", async () => {
    await asking("ivr", { headers: json, body: menu, coding: "gzip" });
    expect(await heard(await door.knock(IVR))).toEqual([200, "application/json", menu]);
  });

  test("up to 64 KiB, and not a byte more", async () => {
    await asking("ivr", { headers: plain, size: 65_536 }, { otherwise: "sorry" });
    expect((await (await door.knock(IVR)).text()).length).toBe(65_536);
    await asking("ivr", { headers: plain, size: 65_537 }, { otherwise: "sorry" });
    expect(await heard(await door.knock(IVR))).toEqual([200, "text/plain; charset=utf-8", "sorry"]);
    expect(toldIn(door)).toMatchObject([{ outcome: "otherwise", reason: "too_large" }]);
  });
});

const customer = (id: number) => ({ crm_id: id, contact_name: "Eva Lang" });
const found = (...customers: unknown[]) => JSON.stringify({ result: { uniqueId: "crm_id", customers } });

describe("an answer to a search", () => {
  const many = Array.from({ length: 40 }, (_, id) => customer(id));
  const ask = async (question: unknown) => {
    const response = await door.post(SEARCH, question);
    return Object(await response.json()).result.customers.length;
  };

  test.each([
    [5, 5],
    [30, 30],
    [31, 30],
    ["7", 7],
    [" 7 ", 7],
    [0, 30],
    [-1, 30],
    [1.5, 30],
    ["", 30],
    ["many", 30],
    [null, 30],
    [[5], 30],
    [1e30, 30],
    ["0x10", 30],
    ["1e1", 30],
    ["+5", 30],
    ["5.0", 30],
    ["007", 7],
  ])("is cut to the limit %j: %i customers", async (limit, count) => {
    await asking("search", { headers: json, body: found(...many) });
    expect(await ask({ fields: {}, limit })).toBe(count);
  });

  test("is cut where no limit is given, or the question is none", async () => {
    await asking("search", { headers: json, body: found(...many) });
    expect(await ask({ fields: {} })).toBe(30);
    expect(await ask([1])).toBe(30);
  });

  test("has the question by GET, as PHP writes it", async () => {
    const system = await asking("search", { headers: json, body: found(...many) });
    const response = await door.knock(`${SEARCH}&fields%5Bcontact_name%5D=Eva&limit=2`);
    expect(await response.json()).toEqual({
      result: { uniqueId: "crm_id", customers: [customer(0), customer(1)] },
    });
    expect((await system.received()).map(({ body }) => JSON.parse(body))).toEqual([
      { fields: { contact_name: "Eva" }, limit: "2" },
    ]);
  });

  test("keeps every digit, whatever stands beside, and what is odd in a value", async () => {
    const body =
      '{"took":3,"result":{"uniqueId":"crm_id","customers":[{"crm_id":9007199254740993,"vip":true,"x":null,"name":"Zoë"}],"more":false}}';
    await asking("search", { headers: { "content-type": "text/json" }, body });
    expect(await heard(await door.post(SEARCH, {}))).toEqual([200, "text/json", body]);
  });

  test.each([
    ["nobody", found(), true],
    ["a number for the name of the field", '{"result":{"uniqueId":7,"customers":[]}}', false],
    ["an empty name", '{"result":{"uniqueId":" ","customers":[]}}', false],
    ["no list", '{"result":{"uniqueId":"crm_id","customers":{}}}', false],
    ["a customer with something inside", found({ crm_id: 1, phones: ["1"] }), false],
    ["a customer that is none", found("Eva"), false],
    ["a list in a list", found([1]), false],
    ["no result", '{"customers":[]}', false],
    ["a list", "[]", false],
    ["a word", '"ok"', false],
    ["no JSON", "ok", false],
    ["nothing", "", false],
  ])("of %s is taken: %#", async (_, body, isTaken) => {
    await asking("search", { headers: json, body });
    const response = await door.post(SEARCH, {});
    expect(response.status).toBe(isTaken ? 200 : 503);
    if (isTaken) return expect(await response.text()).toBe(body);
    expect(toldIn(door)).toMatchObject([{ outcome: "refused", reason: "form", status: 200 }]);
  });

  test("is cut where it stands in the configuration, too", async () => {
    const otherwise = { result: { uniqueId: "crm_id", customers: many } };
    await asking("search", { status: 500 }, { otherwise });
    expect(await ask({ limit: 3 })).toBe(3);
  });
});

describe("without a responder", () => {
  test.each(["GET", "POST", "PUT"])("an IVR's step by %s is answered 501", async (method) => {
    await asking("search", { headers: json });
    const response = await door.knock(IVR, { method });
    expect([response.status, await problemOf(response)]).toMatchObject([501, { code: "not_supported" }]);
  });

  test("one by DELETE 405", async () => {
    await asking("search", { headers: json });
    const response = await door.knock(IVR, { method: "DELETE" });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, POST, PUT"]);
  });
});

describe("with responders", () => {
  test.each([
    [SEARCH, "PUT", "GET, POST"],
    [SEARCH, "DELETE", "GET, POST, PUT"],
    [IVR, "HEAD", "GET, POST, PUT, DELETE"],
    [IVR, "OPTIONS", "GET, POST, PUT, DELETE"],
    [IVR, "PATCH", "GET, POST, PUT, DELETE"],
  ])("%s does not take %s", async (path, method, allow) => {
    const system = await asking("search", { headers: json });
    const response = await door.knock(path, { method });
    expect([response.status, response.headers.get("allow")]).toEqual([405, allow]);
    expect(await system.received()).toEqual([]);
  });

  test.each(["GET", "POST", "PUT", "DELETE"])("an IVR's step by %s is taken, as Allow says", async (method) => {
    await asking("ivr", { headers: json, body: menu });
    const allow = (await door.knock(IVR, { method: "OPTIONS" })).headers.get("allow");
    expect(allow?.split(", ")).toContain(method);
    expect((await door.knock(IVR, { method })).status).toBe(200);
  });

  test("nobody is asked without a key", async () => {
    const system = await asking("ivr", { headers: json, body: menu });
    for (const method of ["GET", "POST", "PUT", "DELETE"]) {
      expect((await door.knock("/in/vcc/ivr?secret-key=wrong", { method })).status).toBe(401);
    }
    expect(await system.received()).toEqual([]);
  });

  test("a body that cannot be read is refused, and nobody is asked", async () => {
    const system = await asking("ivr", { headers: json, body: menu });
    expect((await door.knock(IVR, { method: "POST", body: "{" })).status).toBe(400);
    expect(await system.received()).toEqual([]);
  });

  test("a login is a login all the same", async () => {
    await asking("ivr", { headers: json, body: menu });
    const response = await door.post(`/in/vcc/project-login?secret-key=${KEY}`, { projectId: 7, userId: 1 });
    expect(await response.json()).toEqual({ "7": false });
  });
});
