import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { LiveKey } from "../../src/config/load-relay.ts";
import { parseRelay } from "../../src/config/parse-relay.ts";
import type { SignatureScheme } from "../../src/config/schema/signature.ts";
import type { Incoming } from "../../src/intake/body/incoming.ts";
import { readBodyText } from "../../src/intake/body/read-json.ts";
import { proveSignature, signedForms } from "../../src/intake/keys/signature.ts";
import { type Door, openDoor } from "./door.ts";

const NOW = Date.parse("2026-11-20T09:02:00Z");
const SECONDS = NOW / 1000;
const bytesOf = (text: string) => new Uint8Array(new TextEncoder().encode(text));
const keysOf = (...values: string[]) => values.map((value, position) => ({ name: `#${position}`, value }));

/** A request as intake has read it. */
function sent(headers: Record<string, string>, body: string | Uint8Array<ArrayBuffer>, method = "POST"): Incoming {
  const whole = { state: "whole" as const, bytes: typeof body === "string" ? bytesOf(body) : body };
  const [query, pathKey] = ["", undefined];
  const text = async () => ({ state: "whole" as const, ...readBodyText(whole.bytes, () => "") });
  return { method, query, pathKey, headers: new Headers(headers), body: whole, content: async () => whole, text };
}

async function signerOf(scheme: SignatureScheme, keys: LiveKey[], request: Incoming, now: number) {
  return (await proveSignature(scheme, keys, request.headers, await signedForms(request), now))?.key;
}

async function hmac(hash: string, secret: string, content: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey("raw", bytesOf(secret), { name: "HMAC", hash }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, content));
}
const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));

describe("a plain HMAC", () => {
  const body = "what do ya want for nothing?";

  // RFC 2202 and RFC 4231, test case 2: the key is "Jefe".
  test.each([
    ["sha1", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"],
    ["sha256", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"],
    [
      "sha512",
      "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
    ],
  ] as const)("of %s proves what the standard's vector says", async (algorithm, signature) => {
    const scheme = { algorithm, header: "x-signature", encoding: "hex" } as const;
    const prove = (text: string) => signerOf(scheme, keysOf("Jefe"), sent({ "x-signature": text }, body), NOW);
    expect(await prove(signature)).toMatchObject({ name: "#0" });
    expect(await prove(signature.toUpperCase())).toMatchObject({ name: "#0" });
    expect(await prove(signature.replace(/.$/, "0"))).toBeUndefined();
    expect(await prove(signature.slice(2))).toBeUndefined();
  });

  test("is of the raw bytes, also where they are no text", async () => {
    const bytes = new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]);
    const scheme = { algorithm: "sha256", header: "x-signature", encoding: "base64" } as const;
    const headers = { "x-signature": base64(await hmac("SHA-256", "secret", bytes)) };
    expect(await signerOf(scheme, keysOf("secret"), sent(headers, bytes), NOW)).toMatchObject({ name: "#0" });
    expect(await signerOf(scheme, keysOf("secret"), sent(headers, "{}"), NOW)).toBeUndefined();
  });

  test("may have a prefix, and then needs it", async () => {
    const scheme = { algorithm: "sha256", header: "x-hub-signature-256", encoding: "hex", prefix: "sha256=" } as const;
    const signature = hex(await hmac("SHA-256", "secret", bytesOf("{}")));
    const prove = (text: string) =>
      signerOf(scheme, keysOf("secret"), sent({ "x-hub-signature-256": text }, "{}"), NOW);
    expect(await prove(`sha256=${signature}`)).toBeDefined();
    expect(await prove(`sha1=aa, sha256=${signature}`)).toBeDefined();
    expect(await prove(signature)).toBeUndefined();
  });

  test("is tried with every live key", async () => {
    const scheme = { algorithm: "sha256", header: "x-signature", encoding: "hex" } as const;
    const headers = { "x-signature": hex(await hmac("SHA-256", "older", bytesOf("{}"))) };
    expect(await signerOf(scheme, keysOf("newer", "older"), sent(headers, "{}"), NOW)).toMatchObject({
      name: "#1",
    });
    expect(await signerOf(scheme, keysOf("newer"), sent(headers, "{}"), NOW)).toBeUndefined();
    expect(await signerOf(scheme, [], sent(headers, "{}"), NOW)).toBeUndefined();
  });

  test("does not prove a GET, whose query it does not cover, nor a body that was not read", async () => {
    const scheme = { algorithm: "sha256", header: "x-signature", encoding: "hex" } as const;
    const headers = { "x-signature": hex(await hmac("SHA-256", "secret", bytesOf(""))) };
    expect(await signerOf(scheme, keysOf("secret"), sent(headers, ""), NOW)).toBeDefined();
    expect(await signerOf(scheme, keysOf("secret"), sent(headers, "", "GET"), NOW)).toBeUndefined();
    const broken = { ...sent(headers, ""), body: { state: "broken" as const } };
    expect(await signerOf(scheme, keysOf("secret"), broken, NOW)).toBeUndefined();
  });

  test.each(["", " ", ",", "no hex", "5bdc", "=", "ä", "{}", "x".repeat(10_000)])(
    "is not faked by %j",
    async (text) => {
      for (const encoding of ["hex", "base64"] as const) {
        const scheme = { algorithm: "sha256", header: "x-signature", encoding } as const;
        const headers = { "x-signature": encodeURI(text) };
        expect(await signerOf(scheme, keysOf("secret"), sent(headers, "{}"), NOW)).toBeUndefined();
      }
    },
  );
});

describe("a signed time", () => {
  const timestamp = { header: "x-zm-request-timestamp", toleranceSeconds: 300, template: "v0:{timestamp}:{body}" };
  const scheme = { algorithm: "sha256", header: "x-zm-signature", encoding: "hex", prefix: "v0=", timestamp } as const;

  async function prove(time: string, content = `v0:${time}:{}`) {
    const signature = hex(await hmac("SHA-256", "secret", bytesOf(content)));
    const headers = { "x-zm-request-timestamp": time, "x-zm-signature": `v0=${signature}` };
    return signerOf(scheme, keysOf("secret"), sent(headers, "{}"), NOW);
  }

  test.each([SECONDS, SECONDS - 300, SECONDS + 300, NOW, NOW - 300_000].map(String))("of %s is near", async (time) => {
    expect(await prove(time)).toBeDefined();
  });

  test.each([
    "",
    "0",
    `${SECONDS - 301}`,
    `${SECONDS + 301}`,
    `${NOW + 301_000}`,
    `${SECONDS}.0`,
    `-${SECONDS}`,
    "NaN",
  ])("of %j is not", async (time) => {
    expect(await prove(time)).toBeUndefined();
  });

  test("that was changed proves nothing", async () => {
    expect(await prove(String(SECONDS), `v0:${SECONDS - 1}:{}`)).toBeUndefined();
  });

  test("may stand in the signature's own header", async () => {
    const header = "x-ps-signature";
    const own = { header, prefix: "t=", toleranceSeconds: 300, template: "{timestamp}.{body}" };
    const signature = hex(await hmac("SHA-256", "secret", bytesOf(`${SECONDS}.{}`)));
    const proved = await signerOf(
      { algorithm: "sha256", header, encoding: "hex", prefix: "v1=", timestamp: own },
      keysOf("secret"),
      sent({ [header]: `t=${SECONDS},v1=${signature}` }, "{}"),
      NOW,
    );
    expect(proved).toBeDefined();
  });
});

describe("Standard Webhooks", () => {
  const [older, newer] = ["whsec_b2xkZXItc2VjcmV0LW9mLTI0LWJ5dGVz", "whsec_bmV3ZXItc2VjcmV0LW9mLTI0LWJ5dGVz"] as const;
  const body = '{"type":"call.ended","data":{"name":"Nóra"}}';
  const signed = (secret: string, at = NOW) => new Webhook(secret).sign("msg_1", new Date(at), body);
  const headersOf = (signature: string, at = SECONDS) => ({
    "webhook-id": "msg_1",
    "webhook-timestamp": String(at),
    "webhook-signature": signature,
  });
  const prove = (headers: Record<string, string>, text = body, keys: string[] = [newer, older]) =>
    signerOf("standard-webhooks", keysOf(...keys), sent(headers, text), NOW);

  test("proves what its own library signed, by either live key", async () => {
    expect(await prove(headersOf(signed(newer)))).toMatchObject({ name: "#0" });
    expect(await prove(headersOf(signed(older)))).toMatchObject({ name: "#1" });
    for (const written of [older.replace("whsec_", ""), `v1,${older}`]) {
      expect(await prove(headersOf(signed(older)), body, [written])).toBeDefined();
    }
  });

  test("takes one of several signatures", async () => {
    const stranger = signed("whsec_c3RyYW5nZXItc2VjcmV0LTI0LWJ5dGVz");
    expect(await prove(headersOf(`v1a,AAAA ${stranger} ${signed(older)}`))).toMatchObject({ name: "#1" });
    expect(await prove(headersOf(stranger))).toBeUndefined();
  });

  test("allows five minutes either way, and no second more", async () => {
    for (const [off, proved] of [
      [-300, true],
      [300, true],
      [-301, false],
      [301, false],
    ] as const) {
      const at = SECONDS + off;
      expect((await prove(headersOf(signed(newer, at * 1000), at))) !== undefined).toBe(proved);
    }
  });

  test("proves nothing when anything that is signed was changed or is missing", async () => {
    const headers = headersOf(signed(newer));
    expect(await prove(headers, `${body} `)).toBeUndefined();
    expect(await prove({ ...headers, "webhook-id": "msg_2" })).toBeUndefined();
    expect(await prove({ ...headers, "webhook-timestamp": String(SECONDS - 1) })).toBeUndefined();
    expect(await prove({ ...headers, "webhook-signature": signed(newer).replace("v1,", "v2,") })).toBeUndefined();
    for (const name of ["webhook-id", "webhook-timestamp", "webhook-signature"]) {
      expect(await prove({ ...headers, [name]: "" })).toBeUndefined();
    }
  });

  test.each([
    ["as a screen prints it", "v1,whsec_b2xkZXItc2VjcmV0LW9mLTI0LWJ5dGVz", "whsec_b2xkZXItc2VjcmV0LW9mLTI0LWJ5dGVz"],
    ["without padding", "whsec_++//++//++//++//++//++//+w", "whsec_++//++//++//++//++//++//+w=="],
    ["in URL-safe letters", "whsec_--__--__--__--__--__--__-w", "whsec_++//++//++//++//++//++//+w=="],
    ["in URL-safe letters with padding", "v1,whsec_--__--__--__--__--__--__-w==", "++//++//++//++//++//++//+w=="],
  ])("takes a secret %s", async (_, key, secret) => {
    expect(await prove(headersOf(signed(secret)), body, [key])).toMatchObject({ name: "#0" });
    expect(await prove(headersOf(signed(newer)), body, [key])).toBeUndefined();
  });

  describe("reads the headers of one family", () => {
    const family = (name: string, headers: Record<string, string>) =>
      Object.fromEntries(Object.entries(headers).map(([key, value]) => [key.replace("webhook", name), value]));
    const right = headersOf(signed(newer));
    const wrong = headersOf(signed("whsec_c3RyYW5nZXItc2VjcmV0LTI0LWJ5dGVz"));
    const idOf = async (headers: Record<string, string>) => {
      const request = sent(headers, body);
      const forms = await signedForms(request);
      return (await proveSignature("standard-webhooks", keysOf(newer), request.headers, forms, NOW))?.id;
    };

    test("webhook-* first, else svix-*", async () => {
      expect(await idOf(right)).toBe("msg_1");
      expect(await idOf(family("svix", right))).toBe("msg_1");
      expect(await idOf({ ...right, ...family("svix", wrong) })).toBe("msg_1");
      expect(await idOf({ ...wrong, ...family("svix", right) })).toBeUndefined();
      expect(await idOf({ ...right, "webhook-id": "", ...family("svix", right) })).toBe("msg_1");
    });

    test("and never mixes them", async () => {
      const svix = family("svix", right);
      for (const part of ["id", "timestamp", "signature"]) {
        const isOther = ([name]: [string, string]) => !name.endsWith(part);
        const swap = (headers: Record<string, string>, other: Record<string, string>) => ({
          ...Object.fromEntries(Object.entries(headers).filter(isOther)),
          ...Object.fromEntries(Object.entries(other).filter((entry) => !isOther(entry))),
        });
        expect(await idOf(swap(right, svix))).toBeUndefined();
        expect(await idOf(swap(svix, right))).toBeUndefined();
      }
      expect(await idOf(family("other", right))).toBeUndefined();
    });
  });

  test("matches no key that is not base64", async () => {
    expect(await prove(headersOf(signed(newer)), body, ["whsec_not base64!", "whsec_", newer])).toMatchObject({
      name: "#2",
    });
    expect(await prove(headersOf(signed(newer)), body, ["whsec_not base64!"])).toBeUndefined();
    const zeros = base64(new Uint8Array(32));
    expect(await prove(headersOf(signed(zeros)), body, ["whsec_not base64!", "whsec_", "v1,"])).toBeUndefined();
  });
});

describe("at the door", () => {
  let door: Door;
  afterEach(() => door.settle());
  const signature = { algorithm: "sha256", header: "x-signature", encoding: "hex" };

  test("a signature stands for a key, and the key itself proves nothing", async () => {
    door = await openDoor({ fifth: { vendor: "generic", keys: ["env:NOT_THERE", "hmac-secret"], signature } });
    const body = JSON.stringify({ event: "call.ended", note: "hmac-secret" });
    const signed = hex(await hmac("SHA-256", "hmac-secret", bytesOf(body)));
    const post = (headers: Record<string, string>, text = body) =>
      door.knock("/in/fifth/calls", { method: "POST", body: text, headers });
    expect((await post({ "x-signature": signed })).status).toBe(200);
    expect(door.queued).toMatchObject([{ source: "fifth", vendor: "generic", kind: "calls", key: "#1" }]);
    expect(door.queued[0]?.body).not.toContain("hmac-secret");

    const refusals = await Promise.all([
      post({}),
      post({ "x-signature": "hmac-secret" }),
      post({ authorization: "hmac-secret" }),
      post({ "x-signature": signed }, `${body} `),
      door.post("/in/nowhere", {}),
    ]);
    const problems = await Promise.all(
      refusals.map(async (response) => ({ ...(await response.json<object>()), instance: "" })),
    );
    expect(refusals.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
    expect(new Set(problems.map((problem) => JSON.stringify(problem))).size).toBe(1);
  });

  test("what was signed says so, with its message id where the scheme has one", async () => {
    const secret = "whsec_bmV3ZXItc2VjcmV0LW9mLTI0LWJ5dGVz";
    door = await openDoor({
      fifth: { vendor: "generic", keys: ["hmac-secret"], signature },
      standard: { vendor: "generic", keys: [secret], signature: "standard-webhooks" },
      plain: { vendor: "generic", keys: ["plain-key"] },
    });
    const at = new Date();
    const post = (path: string, headers: Record<string, string>) =>
      door.knock(path, { method: "POST", body: "{}", headers });
    const standard = (family: string, id: string) =>
      post("/in/standard/t", {
        [`${family}-id`]: id,
        [`${family}-timestamp`]: String(Math.floor(at.getTime() / 1000)),
        [`${family}-signature`]: new Webhook(secret).sign(id, at, "{}"),
      });
    await post("/in/fifth/t", { "x-signature": hex(await hmac("SHA-256", "hmac-secret", bytesOf("{}"))) });
    await post("/in/plain/t", { authorization: "plain-key" });
    await standard("webhook", "msg_2b");
    await standard("svix", "msg_3c");
    await standard("webhook", `msg_${"4".repeat(5000)}`);
    await standard("webhook", `msg ${secret}`);
    expect(door.queued.map(({ signed }) => signed)).toEqual([
      {},
      undefined,
      { id: "msg_2b" },
      { id: "msg_3c" },
      { id: expect.stringMatching(/^[0-9a-f]{64}$/) },
      { id: "msg [scrubbed]" },
    ]);
  });

  test("a refusal takes the same work, whichever source it names, and however its webhooks are proved", async () => {
    const standard = { vendor: "generic", signature: "standard-webhooks" };
    door = await openDoor({
      one: { vendor: "generic", keys: ["hmac-secret"], signature },
      three: { ...standard, keys: ["whsec_bmV3ZXItc2VjcmV0LW9mLTI0LWJ5dGVz", "whsec_c2Vjb25k", "whsec_not base64!"] },
      sha1: { vendor: "generic", keys: ["hmac-secret"], signature: { ...signature, algorithm: "sha1" } },
      plain: { vendor: "generic", keys: ["plain-key"] },
    });
    const sign = vi.spyOn(crypto.subtle, "sign");
    const workOf = async (source: string, request: RequestInit) => {
      sign.mockClear();
      expect((await door.knock(`/in/${source}/t`, { method: "POST", ...request })).status).toBe(401);
      return sign.mock.calls
        .map(
          ([, key, content]) =>
            `${JSON.stringify(Reflect.get(key.algorithm, "hash"))} over ${Math.round(content.byteLength / 100)}`,
        )
        .toSorted();
    };
    const large = "x".repeat(1_000_000);
    const headers = { "x-signature": "00", "webhook-signature": "v1,AAAA" };
    const packed = await new Response(
      new Blob([large]).stream().pipeThrough(new CompressionStream("gzip")),
    ).arrayBuffer();
    const requests: RequestInit[] = [
      { body: large, headers },
      { body: large },
      { body: packed, headers: { ...headers, "content-encoding": "gzip" } },
      { body: "{}", headers: { "webhook-id": "msg_1", "webhook-timestamp": "1", "webhook-signature": "v1,AAAA" } },
    ];
    for (const request of requests) {
      const work = await workOf("nobody", request);
      expect(work.length).toBeGreaterThan(3);
      for (const source of ["one", "three", "sha1", "plain", "voiso", "vcc"]) {
        expect([source, await workOf(source, request)]).toEqual([source, work]);
      }
    }
    expect(await workOf("nobody", { body: large.repeat(2), headers })).toEqual([]);
    expect(await workOf("one", { body: large.repeat(2), headers })).toEqual([]);
    sign.mockRestore();
  });

  test("without a signature, a generic source is proved by its key in the authorization header", async () => {
    door = await openDoor({ fifth: { vendor: "generic", keys: ["plain-key"] } });
    expect((await door.post("/in/fifth/any-kind", { a: 1 }, { authorization: "Bearer plain-key" })).status).toBe(200);
    expect((await door.post("/in/fifth", { a: 1 }, { authorization: "Bearer wrong" })).status).toBe(401);
    expect(door.queued).toMatchObject([{ kind: "any-kind", body: '{"a":1}' }]);
  });
});

describe("the configuration", () => {
  const generic = { vendor: "generic", keys: ["env:KEY"] };
  const hmacScheme = { algorithm: "sha256", header: "x-signature", encoding: "hex" };
  const stateOf = (document: object) =>
    parseRelay(JSON.stringify({ sources: { fifth: document } }), { allowPrivate: false }).state;
  const timed = (template: string) => ({ ...hmacScheme, timestamp: { header: "x-time", template } });

  test.each<[string, object]>([
    ["Standard Webhooks", { ...generic, signature: "standard-webhooks" }],
    ["a plain HMAC", { ...generic, signature: hmacScheme }],
    ["an HMAC with a time", { ...generic, signature: { ...hmacScheme, timestamp: { header: "x-time" } } }],
    ["an HMAC with a template", { ...generic, signature: timed("v0:{timestamp}:{body}") }],
    ["a signature of any vendor", { vendor: "voiso", keys: ["env:KEY"], signature: hmacScheme }],
    [
      "paths",
      { ...generic, generic: { event: "a.b", id: "id", time: "at", timeFormat: "seconds", subject: "x/{id}" } },
    ],
  ])("takes %s", (_, document) => {
    expect(stateOf(document)).toBe("valid");
  });

  test.each<[string, object]>([
    ["another scheme", { ...generic, signature: "jwt" }],
    ["an unsafe algorithm", { ...generic, signature: { ...hmacScheme, algorithm: "md5" } }],
    ["a header that is none", { ...generic, signature: { ...hmacScheme, header: "x signature" } }],
    ["a template without a body", { ...generic, signature: timed("{timestamp}") }],
    ["a template without a time", { ...generic, signature: timed("{body}") }],
    ["a signature beside a place of the key", { ...generic, signature: hmacScheme, auth: { in: "query" } }],
    ["paths of a vendor that has its own", { vendor: "voiso", keys: ["env:KEY"], generic: { id: "id" } }],
    ["paths that nobody knows", { ...generic, generic: { name: "a" } }],
  ])("refuses %s", (_, document) => {
    expect(stateOf(document)).not.toBe("valid");
  });
});
