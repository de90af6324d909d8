import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Door, openDoor, problemOf } from "./door.ts";

const KEY = "a-live-key-of-the-path";
let door: Door;
beforeEach(async () => {
  door = await openDoor({ path: { vendor: "generic", keys: [KEY], auth: { in: "path" } } });
  door.queue = "keeps";
});
afterEach(() => door.settle());

const post: RequestInit = { method: "POST", body: "{}" };

describe("repeated slashes below /in are one", () => {
  test.each([
    "//in/vcc/user",
    "/in//vcc/user",
    "/in/vcc//user",
    "///in////vcc///user//",
    "/in/vcc/user/",
    "/%69n/vcc/user",
    "//%69n//vcc//u%73er",
  ])("%s", async (path) => {
    expect((await door.knock(`${path}?secret-key=vcc-key`, post)).status).toBe(200);
    expect(door.queued).toMatchObject([{ source: "vcc", kind: "user" }]);
    expect((await door.knock(path, post)).status).toBe(401);
  });

  test.each([`//in//path//-//${KEY}//a-kind`, `/in/path/-/${KEY}/a-kind`])("also round a key: %s", async (path) => {
    expect((await door.knock(path, post)).status).toBe(200);
    expect(door.queued).toMatchObject([{ source: "path", kind: "a-kind", key: "#0" }]);
  });

  test("but nowhere else", async () => {
    for (const path of ["//health", "//api/ledger", "/api//ledger", "//in/../api/ledger", "/in/..//api/ledger"]) {
      const { status } = await door.knock(path);
      expect([path, [401, 404].includes(status)]).toEqual([path, true]);
    }
    expect((await door.knock("//api/ledger")).status).toBe(404);
  });
});

describe("a path below /in that names no source", () => {
  test.each([
    "/in",
    "/in/",
    "//in//",
    "/in/%2F",
    "/in/%2Fvcc/user",
    "/in/%20/vcc/user",
    "/in//-/vcc-key",
    "/in/%00vcc/user",
    "/in/vcc%2Fuser",
    "/in/VCC/user",
    "/in/__proto__/user",
  ])("proves nobody: %s", async (path) => {
    const response = await door.knock(`${path}?secret-key=vcc-key&key=vcc-key`, {
      ...post,
      headers: { authorization: "vcc-key" },
    });
    expect(response.status).toBe(401);
    expect(await problemOf(response)).toMatchObject({ code: "unauthorized" });
    expect(door.queued).toEqual([]);
  });
});

describe("the kind in the URL", () => {
  const kindOf = async (path: string) => {
    expect((await door.knock(`/in/vcc/${path}?secret-key=vcc-key`, post)).status).toBe(200);
    return door.queued.at(-1)?.kind;
  };

  test.each<[string, string | undefined]>([
    ["user", "user"],
    ["caf%C3%A9", "café"],
    ["caf%E9", "caf\ufffd"],
    ["100%", "100%"],
    ["%zz%4", "%zz%4"],
    ["a%00b%0D%0Ac%7F%C2%85d", "abcd"],
    ["a%E2%80%AEb%E2%80%A8c%EF%BB%BFd", "abcd"],
    ["%20a%20b%20", "a b"],
    ["%00", undefined],
    ["%20", undefined],
    ["a/b/c", "a/b/c"],
    ["a%2Fb", "a/b"],
    ["x".repeat(200), "x".repeat(128)],
    ["%F0%9F%93%9E".repeat(200), "📞".repeat(128)],
  ])("%s is %s", async (path, kind) => {
    expect(await kindOf(path)).toBe(kind);
  });

  test.each([
    "ucontact-key",
    "ucontact%2Dkey",
    "my-ucontact-key-2",
    "user/-/ucontact-key",
    "ucontact%252Dkey",
    `${"x".repeat(125)}ucontact-key`,
    "ucontact%00-key",
  ])("is none where somebody put a key: %s", async (path) => {
    expect(await kindOf(path)).toBeUndefined();
    expect(JSON.stringify([door.lines, door.queued])).not.toMatch(/ucontact(-|%2D)key/);
  });
});

describe("DELETE", () => {
  test.each([
    ["/in/vcc/ivr?secret-key=vcc-key", 405],
    ["/in/ucontact/ivr?key=ucontact-key", 405],
    [`/in/path/-/${KEY}/ivr`, 405],
    ["//in//vcc//ivr/?secret-key=vcc-key", 405],
    ["/in/vcc/ivr", 401],
    ["/in/vcc/ivr?secret-key=wrong", 401],
    ["/in/nobody/ivr?key=ucontact-key", 401],
    ["/in/vcc/ivr/next?secret-key=vcc-key", 405],
    ["/in/vcc/IVR", 405],
    ["/in/vcc/search", 405],
    ["/in/vcc", 405],
    ["/in/ivr", 405],
  ])("of %s is answered %i", async (path, status) => {
    const response = await door.knock(path, { method: "DELETE" });
    expect(response.status).toBe(status);
    expect(response.headers.get("allow")).toBe(status === 405 ? "GET, POST, PUT" : null);
    expect(door.queued).toEqual([]);
  });

  test("lets no body's key in where none is looked for", async () => {
    const body = JSON.stringify({ secret: "voiso-key" });
    expect((await door.knock("/in/voiso/ivr", { method: "DELETE", body })).status).toBe(405);
    expect((await door.knock("/in/vcc/ivr", { method: "DELETE", body })).status).toBe(401);
  });
});

test.each(["HEAD", "PATCH", "OPTIONS", "PROPFIND"])("%s is never looked at", async (method) => {
  for (const path of ["/in/vcc/user", "/in/vcc/ivr", "/in/nobody", "/in", "//in//vcc"]) {
    expect((await door.knock(`${path}?secret-key=vcc-key`, { method })).status).toBe(405);
  }
});
