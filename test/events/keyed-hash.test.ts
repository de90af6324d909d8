import { afterEach, expect, test, vi } from "vitest";
import { keyedHash, recurringHash } from "../../src/events/keyed-hash.ts";

afterEach(() => void vi.restoreAllMocks());

const keyOf = (byte: number) =>
  crypto.subtle.importKey("raw", new Uint8Array(32).fill(byte), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
const words = ["phone", "5550199"];

test("words that come again have the hash that they had, and each key and each word another", async () => {
  const [one, other] = [await keyOf(1), await keyOf(2)];
  const hashes = [
    await recurringHash(words, one),
    await recurringHash(words, other),
    await recurringHash(words, undefined),
    await recurringHash([words.join(",")], one),
    await recurringHash([...words, ""], one),
  ];
  expect(new Set(hashes.map(String)).size).toBe(hashes.length);
  for (const key of [one, other, undefined]) {
    expect(await recurringHash(words, key)).toEqual(await keyedHash(words, key));
    expect(await recurringHash(words, key)).toEqual(await keyedHash(words, key));
  }
});

test("a hash is made once for words that come again, with thousands between, and each time for long ones", async () => {
  const key = await keyOf(3);
  const signed = vi.spyOn(crypto.subtle, "sign");
  const agents = Array.from({ length: 2000 }, (_, n) => ["id", String(n)]);
  for (const agent of [...agents, ...agents]) await recurringHash(agent, key);
  expect(signed).toHaveBeenCalledTimes(agents.length);

  signed.mockClear();
  const long = ["id", "x".repeat(300)];
  for (const again of [long, long]) expect(await recurringHash(again, key)).toEqual(await keyedHash(long, key));
  expect(signed).toHaveBeenCalledTimes(4);
});

test("a bounded number of them is kept", async () => {
  const key = await keyOf(4);
  await recurringHash(words, key);
  for (let n = 0; n < 4000; n += 1) {
    await recurringHash(["id", String(n)], key);
    // What is asked for meanwhile stays.
    if (n % 1000 === 0) await recurringHash(["agent", "nora"], key);
  }
  const signed = vi.spyOn(crypto.subtle, "sign");
  await recurringHash(["agent", "nora"], key);
  expect(signed).not.toHaveBeenCalled();
  for (let n = 4000; n < 8000; n += 1) await recurringHash(["id", String(n)], key);
  signed.mockClear();
  expect(await recurringHash(words, key)).toEqual(await keyedHash(words, key));
  expect(signed).toHaveBeenCalledTimes(2);
});
