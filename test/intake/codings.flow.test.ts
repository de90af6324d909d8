import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Door, openDoor, problemOf } from "./door.ts";

let door: Door;
beforeEach(async () => {
  door = await openDoor({
    gx: { vendor: "generic", keys: ["plain-key"] },
    body: { vendor: "generic", keys: ["body-key"], auth: { in: "body", name: "token" } },
    signed: {
      vendor: "generic",
      keys: ["hmac-secret"],
      signature: { algorithm: "sha256", header: "x-sig", encoding: "hex" },
    },
  });
  door.queue = "keeps";
});
afterEach(() => {
  vi.restoreAllMocks();
  return door.settle();
});

const MIB = 1_048_576;
const BODY = '{"id":4,"name":"Zoë"}';
type Format = "gzip" | "deflate" | "deflate-raw";
type Bytes = Uint8Array<ArrayBuffer>;
const bytesOf = (text: string): Bytes => new Uint8Array(new TextEncoder().encode(text));

async function pack(content: string | Bytes, format: Format): Promise<Bytes> {
  const stream = new Blob([content]).stream().pipeThrough(new CompressionStream(format));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function post(path: string, body: Bytes | string, coding: string, headers: Record<string, string> = {}) {
  return door.knock(path, { method: "POST", body, headers: { "content-encoding": coding, ...headers } });
}
const key = { authorization: "plain-key" };

async function refusalOf(response: Response): Promise<[number, unknown]> {
  const { code } = await problemOf(response);
  return [response.status, code];
}

describe("a content coding is undone", () => {
  test.each<[string, Format]>([
    ["gzip", "gzip"],
    ["GZip", "gzip"],
    ["x-gzip", "gzip"],
    [" identity , gzip ", "gzip"],
    ["deflate", "deflate"],
    ["Deflate", "deflate-raw"],
  ])("%s, written as %s", async (coding, format) => {
    expect((await post("/in/gx/t", await pack(BODY, format), coding, key)).status).toBe(200);
    expect(door.queued[0]?.body).toBe(BODY);
  });

  test.each(["", "identity", "identity, Identity", ","])("and %j is none", async (coding) => {
    expect((await post("/in/gx/t", BODY, coding, key)).status).toBe(200);
    expect(door.queued[0]?.body).toBe(BODY);
  });

  test("of a form, of text in another charset, and of PUT", async () => {
    const type = { ...key, "content-type": "application/x-www-form-urlencoded; charset=iso-8859-1" };
    await post("/in/gx/t", await pack("id=1&name=Zo%EB", "gzip"), "gzip", type);
    const headers = { ...key, "content-encoding": "deflate" };
    await door.knock("/in/gx/t", { method: "PUT", body: await pack(BODY, "deflate"), headers });
    expect(door.queued.map(({ body }) => body)).toEqual(['{"id":"1","name":"Zoë"}', BODY]);
  });

  test("of a login question", async () => {
    const question = await pack('{"projectId":7,"userId":41}', "gzip");
    const response = await post("/in/vcc/project-login?secret-key=vcc-key", question, "gzip");
    expect(await response.json()).toEqual({ "7": false });
  });

  test("of bare deflate that begins like zlib's", async () => {
    const text = '{"a":1}';
    const [first = 0, ...rest] = bytesOf(text);
    // Two stored blocks; nobody looks at the bits that fill up the first byte, and 0x78 0x01 is a header of zlib's.
    const stored = [0x78, 1, 0, 0xfe, 0xff, first, 1, rest.length, 0, 0xff - rest.length, 0xff, ...rest];
    expect((await post("/in/gx/t", new Uint8Array(stored), "deflate", key)).status).toBe(200);
    expect(door.queued[0]?.body).toBe(text);
  });

  test("of bodies that only look like zlib's", async () => {
    for (let n = 0; n < 64; n++) {
      const text = JSON.stringify({ n, text: "x".repeat(n) });
      await post("/in/gx/t", await pack(text, "deflate-raw"), "deflate", key);
      expect(door.queued.at(-1)?.body).toBe(text);
    }
  });

  test("but an empty body is empty, whatever its label says", async () => {
    expect((await post("/in/gx/t", "", "gzip", key)).status).toBe(200);
    expect((await door.knock("/in/gx/t?a=1", { headers: { ...key, "content-encoding": "br" } })).status).toBe(200);
    expect(door.queued.map(({ body }) => body)).toEqual(["null", '{"a":"1"}']);
  });

  test("up to 1 MiB, and no byte more", async () => {
    const filled = (length: number) => `"${"x".repeat(length - 2)}"`;
    for (const format of ["gzip", "deflate"] as const) {
      expect((await post("/in/gx/t", await pack(filled(MIB), format), format, key)).status).toBe(200);
      const response = await post("/in/gx/t", await pack(filled(MIB + 1), format), format, key);
      expect(await refusalOf(response)).toEqual([413, "body_too_large"]);
    }
  });
});

describe("400 for", () => {
  test.each(["br", "zstd", "compress", "gzip, gzip", "deflate, gzip", "gzip, br", "gzip;q=1", "no-such-thing"])(
    "the coding %s",
    async (coding) => {
      expect(await refusalOf(await post("/in/gx/t", await pack(BODY, "gzip"), coding, key))).toEqual([
        400,
        "malformed_body",
      ]);
    },
  );

  test.each<Format>(["gzip", "deflate", "deflate-raw"])("a damaged stream of %s", async (format) => {
    const coding = format === "gzip" ? "gzip" : "deflate";
    const whole = await pack(JSON.stringify({ text: crypto.randomUUID().repeat(20) }), format);
    const flipped = whole.slice();
    flipped[20] = (flipped[20] ?? 0) ^ 0x55;
    const damaged = [
      whole.subarray(0, -1),
      whole.subarray(0, 5),
      new Uint8Array([...whole, 0]),
      new Uint8Array([...whole, ...whole]),
      bytesOf(BODY),
      ...(format === "deflate-raw" ? [] : [flipped]),
    ];
    for (const body of damaged) {
      expect(await refusalOf(await post("/in/gx/t", body, coding, key))).toEqual([400, "malformed_body"]);
    }
    expect(door.queued).toEqual([]);
  });
});

describe("a key in a coded body", () => {
  const coded = (text: string) => pack(text, "gzip");

  test("proves it", async () => {
    expect((await post("/in/body/t", await coded('{"token":"body-key","a":1}'), "gzip")).status).toBe(200);
    expect((await post("/in/voiso", await coded("secret=voiso-key&a=1"), "gzip")).status).toBe(200);
    expect(door.queued.map(({ body }) => body)).toEqual(['{"a":1}', '{"a":"1"}']);
  });

  test("is not looked for where the body cannot be had", async () => {
    const text = '{"token":"body-key"}';
    const bodies: [Bytes, string][] = [
      [await coded(text), "br"],
      [await coded(text), "gzip, gzip"],
      [(await coded(text)).subarray(0, -2), "gzip"],
      [await coded(`{"token":"body-key","text":"${"x".repeat(MIB)}"}`), "gzip"],
    ];
    for (const [body, coding] of bodies) {
      expect(await refusalOf(await post("/in/body/t", body, coding))).toEqual([401, "unauthorized"]);
    }
  });
});

describe("a signature", () => {
  async function signatureOf(content: Bytes): Promise<string> {
    const hmac = await crypto.subtle.importKey(
      "raw",
      bytesOf("hmac-secret"),
      { name: "HMAC", hash: "SHA-256" },
      false,
      ["sign"],
    );
    const bytes = new Uint8Array(await crypto.subtle.sign("HMAC", hmac, content));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  test("covers the bytes as sent, or as undone, and nothing else", async () => {
    const coded = await pack(BODY, "gzip");
    const other = await pack('{"id":5}', "gzip");
    const asSent = { "x-sig": await signatureOf(coded) };
    const asUndone = { "x-sig": await signatureOf(bytesOf(BODY)) };
    expect((await post("/in/signed", coded, "gzip", asSent)).status).toBe(200);
    expect((await post("/in/signed", coded, "gzip", asUndone)).status).toBe(200);
    expect((await post("/in/signed", coded, "deflate", asSent)).status).toBe(400);
    expect((await post("/in/signed", other, "gzip", asSent)).status).toBe(401);
    expect((await post("/in/signed", other, "gzip", asUndone)).status).toBe(401);
    expect(door.queued.map(({ body }) => body)).toEqual([BODY, BODY]);
  });

  test("of a bomb as it was sent: 413", async () => {
    const bomb = await pack(new Uint8Array(2 * MIB), "gzip");
    expect((await post("/in/signed", bomb, "gzip", { "x-sig": await signatureOf(bomb) })).status).toBe(413);
  });
});

test.each([
  ["whose sender is proved", "/in/gx/t", key, 413],
  ["of a stranger", "/in/gx/t", {}, 401],
  ["for a source with the key in the body", "/in/body/t", {}, 401],
  ["for a signed source", "/in/signed", { "x-sig": "00" }, 401],
  ["for no source at all", "/in/nobody", {}, 401],
])("a bomb %s costs no more than what is taken of it", async (_, path, headers, status) => {
  const bomb = await pack(new Uint8Array(100 * MIB), "gzip");
  const writes = vi.spyOn(WritableStreamDefaultWriter.prototype, "write");
  const sha = vi.spyOn(crypto.subtle, "sign");
  expect((await post(path, bomb, "gzip", headers)).status).toBe(status);
  // A write of 4 KiB makes 4 MiB at most.
  expect(writes.mock.calls.length).toBeLessThanOrEqual(2);
  for (const [, , content] of sha.mock.calls) expect(content.byteLength).toBeLessThan(MIB);
});
