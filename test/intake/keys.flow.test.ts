import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Door, openDoor, problemOf } from "./door.ts";

const keys = ["live-key", "older-key"];
let door: Door;
beforeEach(async () => {
  door = await openDoor({
    query: { vendor: "ucontact", keys, auth: { in: "query" } },
    header: { vendor: "ucontact", keys, auth: { in: "header", name: "X-Api-Key", prefix: "Token:" } },
    body: { vendor: "ucontact", keys: [...keys, "1234567890123456789"], auth: { in: "body", name: "token" } },
    basic: { vendor: "ucontact", keys: ["user:live-key", "user:older:key ő"], auth: { in: "basic" } },
    latin: { vendor: "ucontact", keys: ["user:kéy"], auth: { in: "basic" } },
    path: { vendor: "ucontact", keys, auth: { in: "path" } },
    any: { vendor: "ucontact", keys: ["a+b/c=", "live key"], auth: [{ in: "query" }, { in: "header" }] },
    none: { vendor: "ucontact", keys: ["env:NOT_THERE"] },
  });
});
afterEach(() => door.settle());

const json = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  body: JSON.stringify(body),
  headers,
});
const form = (body: string): RequestInit => ({
  method: "POST",
  body,
  headers: { "content-type": "application/x-www-form-urlencoded" },
});
const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

describe("a live key proves a webhook", () => {
  test.each<[string, string, RequestInit, string]>([
    ["in the query", "/in/query?key=live-key", json({}), "#0"],
    ["that is older", "/in/query?key=older-key", json({}), "#1"],
    ["beside a wrong one", "/in/query?key=wrong&key=older-key", json({}), "#1"],
    [
      "behind a live one that is older: the first of the source counts",
      "/in/query?key=older-key&key=live-key",
      json({}),
      "#0",
    ],
    ["in a query behind two question marks", "/in/query??key=live-key", json({}), "#0"],
    ["in the query of a GET", "/in/query?key=live-key&a=1", {}, "#0"],
    ["under a vendor's own name", "/in/vcc?secret-key=vcc-key", json({}), "env:VCC_KEY"],
    ["with a bare plus in the query", "/in/any?key=a+b/c=", json({}), "#0"],
    ["with an encoded plus in the query", "/in/any?key=a%2Bb%2Fc%3D", json({}), "#0"],
    ["with a space written as plus", "/in/any?key=live+key", json({}), "#1"],
    ["in a header", "/in/header", json({}, { "x-api-key": "live-key" }), "#0"],
    ["in a header that came twice", "/in/header", json({}, { "x-api-key": "wrong, live-key" }), "#0"],
    [
      "in Basic that came twice",
      "/in/basic",
      json({}, { authorization: `Basic ${base64("a:b")}, Basic ${base64("user:live-key")}` }),
      "#0",
    ],
    ["in Basic, one byte a letter", "/in/latin", json({}, { authorization: `Basic ${btoa("user:k\xe9y")}` }), "#0"],
    ["after Bearer", "/in/header", json({}, { "x-api-key": "bearer older-key" }), "#1"],
    ["after Basic", "/in/header", json({}, { "x-api-key": "Basic older-key" }), "#1"],
    ["after a configured prefix", "/in/header", json({}, { "x-api-key": "token: older-key" }), "#1"],
    ["at another of its places", "/in/any", json({}, { authorization: "Bearer a+b/c=" }), "#0"],
    ["in a JSON body", "/in/body", json({ token: "live-key" }), "#0"],
    ["as a number of a JSON body", "/in/body", { method: "POST", body: '{"token":1234567890123456789}' }, "#2"],
    ["inside json of a body", "/in/body", json({ headers: {}, json: { token: "older-key" } }), "#1"],
    ["in a form", "/in/body", form("a=1&token=live-key"), "#0"],
    ["in one of the usual body members", "/in/voiso", json({ key: "voiso-key" }), "#0"],
    ["in the other of the usual body members", "/in/voiso", json({ secret: "voiso-key" }), "#0"],
    ["as user and password", "/in/basic", json({}, { authorization: `Basic ${base64("user:live-key")}` }), "#0"],
    [
      "as user and password in any characters",
      "/in/basic",
      json({}, { authorization: `basic ${base64("user:older:key ő")}` }),
      "#1",
    ],
    [
      "as user and password without a scheme word",
      "/in/basic",
      json({}, { authorization: base64("user:live-key") }),
      "#0",
    ],
    ["in the path", "/in/path/-/live-key", json({}), "#0"],
    ["in the path before a kind", "/in/path/-/older-key/some-kind", json({}), "#1"],
  ])("%s", async (_, path, request, key) => {
    expect((await door.knock(path, request)).status).toBe(200);
    expect(door.queued).toMatchObject([{ key }]);
  });

  test("and stays out of the query's fields", async () => {
    await door.knock("/in/query?key=live-key&a=1&b%5B%5D=2");
    expect(door.queued[0]?.body).toBe('{"a":"1","b":["2"]}');
  });

  test("and the kind after a key in the path counts", async () => {
    await door.knock("/in/path/-/live-key/some-kind", json({}));
    expect(door.queued[0]?.kind).toBe("some-kind");
  });
});

describe("no live key", () => {
  test.each<[string, string, RequestInit]>([
    ["no key", "/in/query", json({})],
    ["an empty key", "/in/query?key=", json({})],
    ["a wrong key", "/in/query?key=wrong", json({})],
    ["a key in another case", "/in/query?key=LIVE-KEY", json({})],
    ["a part of a key", "/in/query?key=live-ke", json({})],
    ["a key under another name", "/in/query?secret-key=live-key", json({})],
    ["a key at another place", "/in/query", json({ key: "live-key" }, { authorization: "live-key" })],
    ["another source's key", "/in/query?key=ucontact-key", json({})],
    ["a wrong key in a header", "/in/header", json({}, { "x-api-key": "Bearer wrong" })],
    ["a wrong key in a body", "/in/body", json({ token: "wrong" })],
    ["a key deep in a body", "/in/body", json({ data: { token: "live-key" } })],
    ["a key among a body's headers", "/in/body", json({ headers: { token: "live-key" }, json: { a: 1 } })],
    ["a list of keys", "/in/body", json({ token: ["live-key"] })],
    ["a body that does not parse", "/in/body", { method: "POST", body: '{"token":"live-key"' }],
    ["a body that is too large", "/in/body", json({ token: "live-key", text: "x".repeat(1_048_576) })],
    ["no body", "/in/body", { method: "POST" }],
    ["a body's key in the query of a GET", "/in/body?token=live-key", {}],
    ["basic without base64", "/in/basic", json({}, { authorization: "Basic user:live-key" })],
    ["a wrong password", "/in/basic", json({}, { authorization: `Basic ${base64("user:wrong")}` })],
    ["a wrong key in the path", "/in/path/-/wrong", json({})],
    ["a key in the path that is not looked at", "/in/query/-/live-key", json({})],
    ["a reference that resolves to nothing", "/in/none?key=", json({})],
    ["a reference that resolves to nothing, by its name", "/in/none?key=env:NOT_THERE", json({})],
    ["an unknown source", "/in/nobody?key=live-key", json({ key: "live-key" }, { authorization: "live-key" })],
    ["the decoy's key", "/in/nobody?key=none", json({ key: "none" }, { authorization: "none" })],
    ["a refused kind without a key", "/in/vcc/ivr", json({})],
    ["a malformed body without a key", "/in/vcc/user", { method: "POST", body: "{" }],
    ["too large a body without a key", "/in/vcc/user", { method: "POST", body: "x".repeat(1_048_577) }],
    ["a login question without a key", "/in/vcc/project-login", json({ projectId: 7 })],
  ])("401: %s", async (_, path, request) => {
    const response = await door.knock(path, request);
    expect(response.status).toBe(401);
    const usual = await door.knock("/in/query", json({}));
    expect([...response.headers.keys()]).toEqual([...usual.headers.keys()]);
    expect(await problemOf(response)).toEqual({
      type: "urn:hookswitch:problem:unauthorized",
      title: "Unauthorized",
      status: 401,
      code: "unauthorized",
    });
    expect(door.queued).toEqual([]);
  });
});

describe("many requests without a live key", () => {
  const from = (address: string) => ({ "cf-connecting-ip": address });

  test("are told so, while a live key is never limited", async () => {
    const knock = (n: number) => door.knock(`/in/query?key=wrong-${n}`, { headers: from("192.0.2.1") });
    expect((await knock(0)).status).toBe(401);
    let limited: Response | undefined;
    // The limiter counts by the minute; a minute may end in between.
    for (let n = 1; n < 2010 && limited?.status !== 429; n++) limited = await knock(n);
    expect(limited?.status).toBe(429);
    expect(Number(limited?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await door.knock("/in/query?key=live-key", json({}, from("192.0.2.1")))).status).toBe(200);
    expect((await door.knock("/in/query?key=wrong", json({}, from("192.0.2.2")))).status).toBe(401);
  }, 120_000);

  test.each(["fails", "hangs"] as const)("get the plain 401 where the limiter %s", async (state) => {
    door.limiter = state;
    expect((await door.knock("/in/query?key=wrong", json({}))).status).toBe(401);
  });
});
