import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Door, openDoor } from "./door.ts";

let door: Door;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.settle());

const CANNOT_HOLD = String.fromCharCode(0xfffd);
const path = "/in/ucontact?key=ucontact-key";
const FORM = "application/x-www-form-urlencoded";

/** The body as the queue gets it, and the warnings. */
async function read(body: BodyInit | undefined, type?: string): Promise<[unknown, readonly string[]] | number> {
  const headers = type === undefined ? undefined : { "content-type": type };
  const response = await door.knock(path, { method: "POST", body, headers });
  const [message] = door.queued;
  return message?.body === undefined ? response.status : [JSON.parse(message.body), message.warnings];
}

describe("a body is read", () => {
  test.each<[string, string, string | undefined, unknown]>([
    ["as JSON without a type", '{"a":1}', undefined, { a: 1 }],
    ["as JSON that calls itself a form", '{"a":"b=c&d"}', FORM, { a: "b=c&d" }],
    ["as JSON that calls itself multipart", '{"a":1}', "multipart/form-data", { a: 1 }],
    ["as JSON with white space around", '\r\n {"a":1}\n', "text/html", { a: 1 }],
    ["as JSON with a byte order mark", '\u{feff}{"a":1}', "application/json", { a: 1 }],
    ["as a form by its type", "a=1&b[c]=x+y", FORM, { a: "1", b: { c: "x y" } }],
    ["as a form by its type, whatever it says", "hello", `${FORM}; charset=utf-8`, { hello: "" }],
    ["as a form by its looks", "a%5B%5D=1&a%5B%5D=2", undefined, { a: ["1", "2"] }],
    ["as a form that calls itself JSON", "a=1&b=%C5%91\n", "application/json", { a: "1", b: "ő" }],
    ["as a form that calls itself multipart", "a=1&b=2", "multipart/form-data", { a: "1", b: "2" }],
    ["as nothing when empty", "", "application/json", null],
    ["as nothing when blank", " \n", FORM, null],
  ])("%s", async (_, body, type, expected) => {
    expect(await read(body, type)).toEqual([expected, []]);
  });

  test.each([
    ["XML that calls itself a form", "<a b='c'/>", FORM],
    ["JSON cut short that calls itself a form", '{"a":1', FORM],
    ["a sentence", "hello there", "text/plain"],
    ["a broken multipart form", "--x\r\n", "multipart/form-data; boundary=x"],
    [
      "a multipart form cut short, whose boundary looks like a parameter",
      '------=_Part_1.2\r\nContent-Disposition: form-data; name="a"\r\n\r\n1',
      'multipart/form-data; boundary="----=_Part_1.2"',
    ],
  ])("but not %s", async (_, body, type) => {
    expect(await read(body, type)).toBe(400);
  });

  test("as a multipart form, of which a file is left out", async () => {
    const form = new FormData();
    form.append("a", "1");
    form.append("b[c]", "ő");
    form.append("file", new Blob(["x"]), "x.txt");
    expect(await read(form)).toEqual([{ a: "1", b: { c: "ő" } }, ["parameters_dropped"]]);
  });

  test.each([
    ["iso-8859-2", [0xf5]],
    ["windows-1250", [0xf5]],
    ['"utf-16le"', undefined],
  ])("in the charset of its type: %s", async (charset, bytes) => {
    const text = '{"a":"?"}';
    const encoded =
      bytes === undefined
        ? new Uint8Array(Uint16Array.from('{"a":"ő"}', (unit) => unit.charCodeAt(0)).buffer)
        : Uint8Array.from(text, (character) => (character === "?" ? 0xf5 : character.charCodeAt(0)));
    expect(await read(encoded, `application/json; charset=${charset}`)).toEqual([{ a: "ő" }, []]);
  });

  test("in UTF-16 with a byte order mark, whatever the type says", async () => {
    const units = Uint16Array.from('\u{feff}{"a":"ő"}', (unit) => unit.charCodeAt(0));
    expect(await read(new Uint8Array(units.buffer), "application/json; charset=utf-8")).toEqual([{ a: "ő" }, []]);
  });

  test("with a warning where its bytes are not of its charset", async () => {
    const bytes = Uint8Array.from('{"a":"?"}', (unit) => (unit === "?" ? 0xf5 : unit.charCodeAt(0)));
    expect(await read(bytes, "application/json; charset=no-such-thing")).toEqual([
      { a: CANNOT_HOLD },
      ["invalid_text_encoding"],
    ]);
  });

  test("with a warning where it has more parameters than a form may have", async () => {
    const body = Array.from({ length: 1001 }, (_, n) => `p${n}=1`).join("&");
    expect(await read(body, FORM)).toMatchObject([{ p999: "1" }, ["parameters_dropped"]]);
  });

  test("with a warning where it is nested too deeply", async () => {
    const depth = 5000;
    const read64 = await read(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`, "application/json");
    expect(read64).toMatchObject([{ a: { a: {} } }, ["nesting_pruned"]]);
  });

  test("from the query of a GET, and from no other query", async () => {
    await door.knock(`${path}&event=AgentLog&isLogin=true`);
    await door.knock(`${path}&event=AgentLog`, { method: "POST", body: "{}" });
    expect(door.queued.map(({ body }) => body)).toEqual(['{"event":"AgentLog","isLogin":"true"}', "{}"]);
  });
});
