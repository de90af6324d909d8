import { describe, expect, it } from "vitest";
import { ciphers, decrypt, decryptText, explainCipher, readCipher } from "../../../src/vendors/vcc-live/decrypt.ts";
import { vccLive } from "../../../src/vendors/vcc-live/index.ts";

const K1 = "relay-demo-key";
const K2 = "relay-test-key-0123456789";
const K3 = "titkos kulcs ő";
const IV0 = "000102030405060708090a0b0c0d0e0f";
const PLAIN =
  '{"projectId":7,"userId":41,"username":"nora_k","groupId":3,"customData":[],"secondaryProjectIds":[11,12]}';

// Made with PHP 8.2: openssl_encrypt(PLAIN, cipher, key, 0, hex2bin(iv)).
const vectors = [
  {
    shows: "key shorter than 32",
    cipher: "aes-256-ctr",
    key: K1,
    iv: "000102030405060708090a0b0c0d0e0f",
    body: "QJ0YPTlY/5NtUcCWMw+sEBib/I2tPhcFYvvIS5m/XMo1nQbK7+RSlQSjFylyXED94W+pOkAbPx9RWUrvHVCseDL/NdObmfMSihADcMg6U5nsVxzhShvRjiinCaK6PgjfkXykLDpo+re2",
  },
  {
    shows: "random IV off",
    cipher: "aes-256-ctr",
    key: K1,
    iv: "",
    body: "Hj1gwmYMp4HPojpiHp3LKs58T1m7OWmEYXBLnQ2RilGrhIqJUIhIlEo9H3fMm7w2yNWZLzeWdFrbRK/rxza/gky4CR0w8muQE74Ec1X3iqnpfvindE4TByjhjESs0TzDfnBFWr5hVkGK",
  },
  {
    shows: "key shorter than 32",
    cipher: "aes-256-cbc",
    key: K1,
    iv: "000102030405060708090a0b0c0d0e0f",
    body: "3mKTjufsPyJ5ZPFaXW3hO0A9i2BxbWiE6xB2nphJ2I6zc2e3m+NakEqAYxmJyhDWjGjItC6Xycvkn7Qg1TDm69BRx3c/TEwu8mfwvBH5BF0trwi00YiMvmBGtagBsSrJ3gUxLwv6rE0leim8yK9/HA==",
  },
  {
    shows: "random IV off",
    cipher: "aes-256-cbc",
    key: K1,
    iv: "",
    body: "rTHHZbRY5rOjyMGcofFToFWjdXOF6cPDQ9Klqyc8sBH2DI0r7BPSr/9h8GxIVZVHmWEmqrQ0RhhOQqzmDFm4lKpZ9wM1XnU+u4IwZ7ZFttsD13mtVbQkLjcd2Fam8X3ICSENWRcRKJahy3ajbCAhCA==",
  },
  {
    shows: "key longer than 16",
    cipher: "aes-128-cbc",
    key: K2,
    iv: "000102030405060708090a0b0c0d0e0f",
    body: "SpbausS5ZdcXuJ90KH1UdGY/h3d7XHcuNmmiL9pSb2+2nII3zn7bcDMJH9mJKLLh3yZrZKSHhgC+xM4h2SLZRFq5Zp4ol4FL0/Hx9yHKKBmOpf9ffjt1l44Ln6jqqiVl5SUoQg/lx6kMUHdynxZJ0g==",
  },
  {
    shows: "key longer than 24",
    cipher: "aes-192-cbc",
    key: K2,
    iv: "000102030405060708090a0b0c0d0e0f",
    body: "GqQz/VvX+Owu8pRzaUZ9HqDriCsgdqJ+guQ0efIT/Y7l2gnH7Ji48/zlTOzPwC4JEp4ZmMfudErVSKXX3LLyBXUd01mwS1PgItDN3PW78ckotH46NsBc8uOalvTrdipTW/0rxrGpRQ96LoFy9xVZiQ==",
  },
  {
    shows: "counter wraps",
    cipher: "aes-256-ctr",
    key: K2,
    iv: "ffffffffffffffffffffffffffffffff",
    body: "Bj0Ib5YfwAgJTnvI+3YlgbXVd3jxDGRrxTxJoxtkhamnAhsWclzvqlCrgmcKwXJ+6jG93VGWDK7g+8Zi0+CZOxLrw2/1ja+i8hkH/Qe1sQTxa9PN3wXFZV05tyym/ap9FKYfZltnZyic",
  },
  {
    shows: "non-ASCII key",
    cipher: "aes-256-cbc",
    key: K3,
    iv: "000102030405060708090a0b0c0d0e0f",
    body: "gpv90yr/ND+FPOMFNRQvc6OM9DWrjlouK7cTdDImYNqDAp54E+AKlKMSxJqURrk0H53uglDA6HAqdKrh9aCE6TbdBAYvENfPK5KHoCGCGCnR4erCQ+1pxlDeqD1zMFJJrzHFLlwKTX1W5CckFCvHrg==",
  },
  {
    shows: "non-ASCII key",
    cipher: "aes-128-ctr",
    key: K3,
    iv: "000102030405060708090a0b0c0d0e0f",
    body: "NitjgB/itSmbDoc6RHj7qiSXbScAzUsgCkA5xghn8/q7ARY/wlD8g//KbiTyv7mFAw4MDuw8mAyNQCs3dgD7DZcrkR22YoSMOD8aCAes9DenGCzq43ZotlE02oNGRfwyz6pnFzQsXz5X",
  },
] as const;

const ECB =
  "2dA1vV9JuGV2JaEaqVZ2p1cSgpB9VwTvj3rcE8Bomj3wDDRYv8zK1dzyMhLmXoFbswlD1y7BzPqkZUgf2Vh54JIJ1ozxMScYsqexJpdOyPqY3u4bLkEQv6gaL/Eiz/zdx4Atbk3QbmUYhxvf+GFWoQ==";

const ctr = { cipher: "aes-256-ctr", key: K1, iv: IV0, body: vectors[0].body } as const;
const cbc = { cipher: "aes-256-cbc", key: K1, iv: IV0, body: vectors[2].body } as const;

async function seal(plain: Iterable<number>): Promise<string> {
  const key = new Uint8Array(32);
  key.set(new TextEncoder().encode(K1));
  const imported = await crypto.subtle.importKey("raw", key, "AES-CTR", false, ["encrypt"]);
  const counter = Uint8Array.from({ length: 16 }, (_, byte) => byte);
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-CTR", counter, length: 128 },
    imported,
    new Uint8Array([...plain]),
  );
  return btoa(String.fromCharCode(...new Uint8Array(sealed)));
}

describe("decrypt", () => {
  it.each(vectors)("$cipher undoes what PHP did: $shows", async ({ cipher, key, iv, body }) => {
    expect(new TextDecoder().decode(await decrypt(body, cipher, key, iv))).toBe(PLAIN);
    expect(await decryptText(body, cipher, key, iv)).toBe(PLAIN);
  });

  it("the vendor names its ciphers in any case, and ECB stays closed", async () => {
    expect(await vccLive.encryption.decrypt(ctr.body, "AES-256-CTR", K1, IV0)).toBe(PLAIN);
    expect(await vccLive.encryption.decrypt(ECB, "aes-128-ecb", K2, "")).toBeUndefined();
  });

  it("base64 may have line breaks, lack its padding, or both", async () => {
    const broken = cbc.body.replace(/(.{64})/g, "$1\r\n");
    const body = broken.replace(/=+$/, "");
    for (const text of [broken, body, `${cbc.body}\n`]) {
      expect(await decryptText(text, cbc.cipher, K1, IV0)).toBe(PLAIN);
    }
  });

  it("a short iv is padded with NUL bytes and a long one cut", async () => {
    const padded = await decrypt(ctr.body, ctr.cipher, K1, `0001${"00".repeat(14)}`);
    expect(await decrypt(ctr.body, ctr.cipher, K1, "0001")).toEqual(padded);
    expect(await decryptText(ctr.body, ctr.cipher, K1, `${IV0}ffff`)).toBe(PLAIN);
  });

  it("hexadecimal digits may be of either case", async () => {
    expect(await decryptText(ctr.body, ctr.cipher, K1, IV0.toUpperCase())).toBe(PLAIN);
  });

  it.each([
    ["an odd number of hexadecimal digits", ctr.body, "000"],
    ["an iv that is not hexadecimal", ctr.body, "zz"],
    ["a body that is not base64", "{}", IV0],
    ["base64 of an impossible length", "QUJDR", IV0],
  ])("%s cannot be decrypted", async (_what, body, iv) => {
    expect(await decrypt(body, ctr.cipher, K1, iv)).toBeUndefined();
    expect(await decryptText(body, ctr.cipher, K1, iv)).toBeUndefined();
  });

  it("an empty body is empty in CTR and cannot be decrypted in CBC", async () => {
    expect(await decrypt("", "aes-256-ctr", K1, IV0)).toEqual(new Uint8Array());
    expect(await decryptText("", "aes-256-ctr", K1, IV0)).toBeUndefined();
    expect(await decrypt("", "aes-256-cbc", K1, IV0)).toBeUndefined();
  });

  it.each([ctr, cbc])("a wrong key gives no text: $cipher", async ({ cipher, body, iv }) => {
    expect(await decryptText(body, cipher, "another key", iv)).toBeUndefined();
  });

  it("a cut body cannot be decrypted in CBC", async () => {
    expect(await decrypt(cbc.body.slice(0, 24), cbc.cipher, K1, IV0)).toBeUndefined();
  });

  it.each(["{}", "[]", '[{"emailId":7}]'])("%j shows that the key is right", async (text) => {
    const body = await seal(new TextEncoder().encode(text));
    expect(await decryptText(body, "aes-256-ctr", K1, IV0)).toBe(text);
  });

  it.each(["7", "null", '"text"', "{", ""])("%j shows nothing", async (text) => {
    const body = await seal(new TextEncoder().encode(text));
    expect(await decryptText(body, "aes-256-ctr", K1, IV0)).toBeUndefined();
  });

  it("text that is not UTF-8 is refused even where it would be JSON", async () => {
    const latin1 = [0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xe9, 0x22, 0x7d];
    expect(await decryptText(await seal(latin1), "aes-256-ctr", K1, IV0)).toBeUndefined();
  });
});

describe("ciphers", () => {
  it.each(ciphers)("%s is offered in any case", (cipher) => {
    expect(readCipher(cipher.toUpperCase())).toBe(cipher);
    expect(explainCipher(cipher.toUpperCase())).toBeUndefined();
  });

  it.each([
    ["AES-128-ECB", "ECB"],
    ["aes-256-gcm", "tag"],
    ["id-aes128-CCM", "tag"],
    ["aes-256-cfb", "AES-CBC and AES-CTR"],
    ["camellia-256-cbc", "AES-CBC and AES-CTR"],
    ["", "AES-CBC and AES-CTR"],
  ])("%s is refused with the reason", (cipher, reason) => {
    expect(readCipher(cipher)).toBeUndefined();
    expect(explainCipher(cipher)).toContain(reason);
  });
});
