import { describe, expect, test } from "vitest";
import { parseRelay } from "../../src/config/parse-relay.ts";
import { openDoor, problemOf } from "./door.ts";

const IV = "000102030405060708090a0b0c0d0e0f";
const question = {
  projectId: 7,
  userId: 41,
  username: "nora_k",
  groupId: 3,
  customData: [],
  secondaryProjectIds: [11, 12],
};
/** `question` under aes-256-ctr with the key relay-demo-key, made with PHP's openssl_encrypt. */
const sealed =
  "QJ0YPTlY/5NtUcCWMw+sEBib/I2tPhcFYvvIS5m/XMo1nQbK7+RSlQSjFylyXED94W+pOkAbPx9RWUrvHVCseDL/NdObmfMSihADcMg6U5nsVxzhShvRjiinCaK6PgjfkXykLDpo+re2";
const sealedWithoutIv =
  "Hj1gwmYMp4HPojpiHp3LKs58T1m7OWmEYXBLnQ2RilGrhIqJUIhIlEo9H3fMm7w2yNWZLzeWdFrbRK/rxza/gky4CR0w8muQE74Ec1X3iqnpfvindE4TByjhjESs0TzDfnBFWr5hVkGK";

const entry = { cipher: "AES-256-CTR", key: "relay-demo-key", iv: "query:iv" };
const source = (...encryption: object[]) => ({ enc: { vendor: "vcc-live", keys: ["enc-key"], encryption } });
const knock = async (encryption: object[], query: string, request: RequestInit) => {
  const door = await openDoor(source(...encryption));
  const response = await door.knock(`/in/enc/sms?secret-key=enc-key${query}`, request);
  await door.settle();
  return { response, body: door.queued[0]?.body };
};
const post = (body: string, type?: string): RequestInit => ({
  method: "POST",
  body,
  headers: type === undefined ? {} : { "content-type": type },
});

describe("a source that encrypts takes", () => {
  test.each<[string, object[], string, RequestInit]>([
    ["an encrypted body", [entry], `&iv=${IV}`, post(sealed)],
    ["one that calls itself a form", [entry], `&iv=${IV}`, post(sealed, "application/x-www-form-urlencoded")],
    ["one without an iv", [{ ...entry, iv: undefined }], "", post(sealedWithoutIv)],
    ["one whose iv stands where the vendor says", [{ ...entry, iv: undefined }], `&iv=${IV}`, post(sealed)],
    ["one in quotes", [entry], `&iv=${IV}`, post(JSON.stringify(sealed).replaceAll("/", "\\/"))],
    ["one in quotes where plain ones are refused", [{ ...entry, required: true }], `&iv=${IV}`, post(`"${sealed}"`)],
    ["one whose iv was left out of the URL", [entry], "", post(sealedWithoutIv)],
    ["one under an older key", [{ ...entry, key: "newer" }, entry], `&iv=${IV}`, post(sealed)],
    ["one where plain ones are refused", [{ ...entry, required: true }], `&iv=${IV}`, post(sealed)],
    ["plain JSON", [entry], "", post(JSON.stringify(question))],
  ])("%s", async (_, encryption, query, request) => {
    const { response, body } = await knock(encryption, query, request);
    expect(response.status).toBe(200);
    expect(JSON.parse(body ?? "")).toEqual(question);
  });

  test("a text in quotes that is not encrypted", async () => {
    expect((await knock([entry], "", post('"hello there"'))).body).toBe('"hello there"');
  });

  test("a plain form, and a query without its iv", async () => {
    expect((await knock([entry], "", post("a=1"))).body).toBe('{"a":"1"}');
    expect((await knock([entry], `&iv=${IV}&a=1`, { method: "GET" })).body).toBe('{"a":"1"}');
  });
});

describe("a parameter iv of a GET", () => {
  const get = async (source: object, path: string) => {
    const door = await openDoor({ s: source });
    await door.knock(path);
    await door.settle();
    return door.queued[0]?.body;
  };
  const vcc = { vendor: "vcc-live", keys: ["k"] };

  test("is no field where the vendor can encrypt, configured or not", async () => {
    expect(await get(vcc, `/in/s/sms?secret-key=k&iv=${IV}&a=1`)).toBe('{"a":"1"}');
    const encryption = [{ ...entry, iv: "query:nonce" }];
    expect(await get({ ...vcc, encryption }, `/in/s/sms?secret-key=k&iv=1&nonce=2&a=1`)).toBe('{"a":"1"}');
  });

  test("is a field of any other vendor", async () => {
    expect(await get({ vendor: "ucontact", keys: ["k"] }, "/in/s?key=k&iv=1")).toBe('{"iv":"1"}');
  });
});

describe("a source that encrypts refuses", () => {
  test.each<[string, object[], string, RequestInit]>([
    ["garbage", [entry], `&iv=${IV}`, post("AAAA")],
    ["a body under another key", [{ ...entry, key: "other" }], `&iv=${IV}`, post(sealed)],
    ["a body under another iv", [entry], "&iv=00", post(sealed)],
    ["a body under a key that is not there", [{ ...entry, key: "env:NOT_THERE" }], `&iv=${IV}`, post(sealed)],
    ["text that is neither plain nor encrypted", [entry], `&iv=${IV}`, post("hello there")],
    ["a text in quotes, where it must encrypt", [{ ...entry, required: true }], "", post('"hello there"')],
    ["plain JSON, where it must encrypt", [{ ...entry, required: true }], "", post("{}")],
    ["a plain form, where it must encrypt", [{ ...entry, required: true }], "", post("a=1")],
    ["a query, where it must encrypt", [{ ...entry, required: true }], "&a=1", { method: "GET" }],
  ])("%s", async (_, encryption, query, request) => {
    const { response, body } = await knock(encryption, query, request);
    expect(response.status).toBe(400);
    expect(await problemOf(response)).toMatchObject({ code: "malformed_body" });
    expect(body).toBeUndefined();
  });
});

describe("the configuration refuses", () => {
  const faultsOf = (document: object) => {
    const parsed = parseRelay(JSON.stringify({ sources: document }), { allowPrivate: false });
    return parsed.state === "valid" ? [] : parsed.faults;
  };

  test.each([
    ["ECB", "aes-128-ecb", "ECB"],
    ["an unknown cipher", "rot13", "AES-CBC and AES-CTR"],
  ])("%s, in words", (_, cipher, words) => {
    const [fault, ...others] = faultsOf(source(entry, { ...entry, cipher }));
    expect(fault).toMatchObject({ path: "sources.enc.encryption.1.cipher", message: expect.stringContaining(words) });
    expect(others).toEqual([]);
  });

  test("encryption for a vendor that has none", () => {
    const [fault] = faultsOf({ u: { vendor: "ucontact", keys: ["k"], encryption: [entry] } });
    expect(fault?.message).toBe("uContact does not encrypt its bodies");
  });
});
