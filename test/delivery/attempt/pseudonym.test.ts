import { describe, expect, it } from "vitest";
import { pseudonym } from "../../../src/delivery/attempt/pseudonym.ts";

const PHONE = "+3615550100";
const given = (values: Readonly<Record<string, string>>) => (name: string) => values[name];
const utf8 = (text: string) => new TextEncoder().encode(text);

/** The documented form, reckoned by hand. */
async function documented(key: CryptoKey, value: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.sign("HMAC", key, utf8(`pseudonym ${value}`)));
  return `p_${[...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`.slice(0, 22);
}

const HMAC = { name: "HMAC", hash: "SHA-256" };
const keyOf = (secret: string) => crypto.subtle.importKey("raw", utf8(secret), HMAC, false, ["sign"]);

async function derivedKey(root: string): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", utf8(root), "HKDF", false, ["deriveBits"]);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: utf8("hookswitch/v1/pseudonym") };
  return crypto.subtle.importKey("raw", await crypto.subtle.deriveBits(hkdf, material, 256), HMAC, false, ["sign"]);
}

describe("a pseudonym", () => {
  it("is the HMAC of the value by MASK_KEY", async () => {
    for (const MASK_KEY of ["one mask key", "another"]) {
      expect(await pseudonym(PHONE, given({ MASK_KEY }))).toBe(await documented(await keyOf(MASK_KEY), PHONE));
    }
  });

  it("is that by a key derived from RELAY_KEY where MASK_KEY is not set", async () => {
    for (const RELAY_KEY of ["one root", "another"]) {
      expect(await pseudonym(PHONE, given({ RELAY_KEY }))).toBe(await documented(await derivedKey(RELAY_KEY), PHONE));
    }
    const MASK_KEY = "one mask key";
    expect(await pseudonym(PHONE, given({ MASK_KEY, RELAY_KEY: "root" }))).toBe(
      await pseudonym(PHONE, given({ MASK_KEY })),
    );
  });

  it("is another for every key and every value, and the same for the same", async () => {
    const keys: Record<string, string>[] = [
      { MASK_KEY: "a" },
      { MASK_KEY: "b" },
      { RELAY_KEY: "a" },
      { RELAY_KEY: "b" },
    ];
    const made = await Promise.all(
      keys.flatMap((values) => [PHONE, `${PHONE}1`, ""].map((text) => pseudonym(text, given(values)))),
    );
    expect(new Set(made).size).toBe(made.length);
    expect(await pseudonym(PHONE, given({ MASK_KEY: "a" }))).toBe(made[0]);
  });

  it("does not change with ADMIN_TOKEN, and is none without a key of its own", async () => {
    const [RELAY_KEY, ADMIN_TOKEN] = ["root", "token"];
    expect(await pseudonym(PHONE, given({ RELAY_KEY, ADMIN_TOKEN }))).toBe(
      await pseudonym(PHONE, given({ RELAY_KEY, ADMIN_TOKEN: "changed" })),
    );
    expect(await pseudonym(PHONE, given({ ADMIN_TOKEN }))).toBeUndefined();
  });
});
