import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { forgetPermissions } from "../../src/login/store/permissions.ts";
import { type Door, openDoor } from "./door.ts";

let door: Door;
beforeEach(async () => {
  door = await openDoor({ gx: { vendor: "generic", keys: ["plain-key"] } });
  door.queue = "keeps";
});
afterEach(() => door.settle());

const FORM = "application/x-www-form-urlencoded";
const REPLACED = "\ufffd";
type Bytes = Uint8Array<ArrayBuffer>;

const utf8 = (text: string): Bytes => new Uint8Array(new TextEncoder().encode(text));
const latin1 = (text: string): Bytes => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
const utf16le = (text: string): Bytes => new Uint8Array(Uint16Array.from(text, (unit) => unit.charCodeAt(0)).buffer);
const utf16be = (text: string): Bytes => utf16le(text).map((_, at, bytes) => bytes[at ^ 1] ?? 0);

async function read(body: BodyInit, type?: string): Promise<[unknown, readonly string[]] | number> {
  const headers = { authorization: "plain-key", ...(type === undefined ? {} : { "content-type": type }) };
  const { status } = await door.knock("/in/gx/t", { method: "POST", body, headers });
  const message = door.queued.at(-1);
  return message?.body === undefined ? status : [JSON.parse(message.body), message.warnings];
}

describe("JSON is UTF-8 where its bytes are, whatever its label says", () => {
  test.each([
    "iso-8859-1",
    "ISO-8859-1",
    '"windows-1252"',
    "us-ascii",
    "windows-1250",
    "shift_jis",
    "utf-16",
    "utf-16be",
    "utf-8",
    "no-such-charset",
    "'utf-8'",
    "",
  ])("charset=%s", async (charset) => {
    const body = utf8('{"name":"Zoë Őry 📞","n":1}');
    expect(await read(body, `application/json; charset=${charset}`)).toEqual([{ name: "Zoë Őry 📞", n: 1 }, []]);
    expect(await read(body, `text/plain;a=b;CHARSET = ${charset}`)).toEqual([{ name: "Zoë Őry 📞", n: 1 }, []]);
  });
});

describe("otherwise the label counts", () => {
  test.each<[string, Bytes, string]>([
    ["iso-8859-1", latin1('{"a":"Zoë"}'), "Zoë"],
    ["latin1", latin1('{"a":"Zoë"}'), "Zoë"],
    ["windows-1250", latin1('{"a":"\u00f5r"}'), "őr"],
    ["iso-8859-2", latin1('{"a":"\u00f5r"}'), "őr"],
    ["windows-1251", latin1('{"a":"\u00c0"}'), "А"],
    ["koi8-r", latin1('{"a":"\u00c1"}'), "а"],
    ["shift_jis", latin1('{"a":"\u0083\u0065"}'), "テ"],
    ["utf-16", utf16le('{"a":"ő"}'), "ő"],
    ["utf-16le", utf16le('{"a":"plain"}'), "plain"],
    ["utf-16be", utf16be('{"a":"plain ő"}'), "plain ő"],
  ])("%s", async (charset, body, a) => {
    expect(await read(body, `application/json; charset=${charset}`)).toEqual([{ a }, []]);
  });

  test.each<[string, Bytes]>([
    ["UTF-8", new Uint8Array([0xef, 0xbb, 0xbf, ...utf8('{"a":"ő"}')])],
    ["UTF-16, little end first", new Uint8Array([0xff, 0xfe, ...utf16le('{"a":"ő"}')])],
    ["UTF-16, big end first", new Uint8Array([0xfe, 0xff, ...utf16be('{"a":"ő"}')])],
  ])("and a byte order mark more: %s", async (_, body) => {
    for (const charset of ["utf-8", "iso-8859-1", "utf-16be"]) {
      expect(await read(body, `application/json; charset=${charset}`)).toEqual([{ a: "ő" }, []]);
    }
  });

  test.each([undefined, "application/json", "application/json; charset=utf-8", "text/x; charset=no-such-thing"])(
    "and without one that fits it is replaced, with a warning: %s",
    async (type) => {
      expect(await read(latin1('{"a":"Zoë"}'), type)).toEqual([{ a: `Zo${REPLACED}` }, ["invalid_text_encoding"]]);
    },
  );
});

describe("a form's escapes are bytes of the form's charset", () => {
  test.each<[string, string | Bytes, string, unknown]>([
    ["labelled", "name=Zo%EB&%EB=1", "iso-8859-1", { name: "Zoë", ë: "1" }],
    ["in another charset", "name=%F5r", "windows-1250", { name: "őr" }],
    ["beside bare bytes", latin1("a=Zo%EB&b=Zoë"), "iso-8859-1", { a: "Zoë", b: "Zoë" }],
    ["of two bytes", "a=%83e%83%65", "shift_jis", { a: "テテ" }],
    ["that would be UTF-8, too", "a=%C3%AB", "iso-8859-1", { a: "Ã«" }],
    ["in UTF-8", "a=%C3%AB+%F0%9F%93%9E", "utf-8", { a: "ë 📞" }],
    ["in names with brackets", "a[%EB]=1", "iso-8859-1", { a: { ë: "1" } }],
    ["that are none", "a=100%&b=%zz&c=%4&d=%e", "iso-8859-1", { a: "100%", b: "%zz", c: "%4", d: "%e" }],
    ["of signs that part", "a=%26%3D%2B%25&b=%00", "iso-8859-1", { a: "&=+%", b: "\0" }],
    ["in a form in UTF-16", utf16le("a=%C3%AB&b=ő"), "utf-16le", { a: "ë", b: "ő" }],
  ])("%s", async (_, body, charset, expected) => {
    expect(await read(body, `${FORM}; charset=${charset}`)).toEqual([expected, []]);
  });

  test("also where it only looks like a form", async () => {
    expect(await read("name=Zo%EB", "text/plain; charset=iso-8859-1")).toEqual([{ name: "Zoë" }, []]);
  });

  test("and without a label UTF-8, or replaced with a warning", async () => {
    for (const type of [FORM, undefined, `${FORM}; charset=utf-8`, `${FORM}; charset=no-such-thing`]) {
      expect(await read("a=%C3%AB&b=Zo%EB&c=%C3", type)).toEqual([
        { a: "ë", b: `Zo${REPLACED}`, c: REPLACED },
        ["invalid_text_encoding"],
      ]);
      expect(await read(latin1("b=Zoë"), type)).toEqual([{ b: `Zo${REPLACED}` }, ["invalid_text_encoding"]]);
    }
  });

  test("a byte order mark before a form is no part of a name", async () => {
    expect(await read("\ufeffid=1&a=%C3%AB", FORM)).toEqual([{ id: "1", a: "ë" }, []]);
  });

  test("a query has no label", async () => {
    const get = async (query: string) => {
      await door.knock(`/in/gx/t?${query}`, { headers: { authorization: "plain-key" } });
      const { body, warnings } = door.queued.at(-1) ?? {};
      return [JSON.parse(body ?? ""), warnings];
    };
    expect(await get("a=Zo%C3%AB&b=x+y&c[d]=1")).toEqual([{ a: "Zoë", b: "x y", c: { d: "1" } }, []]);
    expect(await get("a=Zo%EB")).toEqual([{ a: `Zo${REPLACED}` }, ["invalid_text_encoding"]]);
    expect(await get("%EB=1&b=%")).toEqual([{ [REPLACED]: "1", b: "%" }, ["invalid_text_encoding"]]);
  });
});

test("a login by a name in UTF-8 under another label finds its agent", async () => {
  forgetPermissions();
  await env.PERMISSIONS.put("vcc", JSON.stringify({ usernames: { zoë: { allow: [7] } } }));
  const headers = { "content-type": "application/json; charset=ISO-8859-1" };
  const body = '{"projectId":7,"username":"zoë"}';
  const response = await door.knock("/in/vcc/project-login?secret-key=vcc-key", { method: "POST", body, headers });
  expect(await response.json()).toEqual({ "7": true });
});
