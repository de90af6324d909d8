import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { openValue, type SealedPlace, sealingKeysIn, sealValue } from "../../../src/config/secrets/sealed.ts";
import { placeNamed } from "../../../src/config/secrets/sealed-place.ts";
import { lookupIn } from "../../../src/platform/lookup.ts";

const place: SealedPlace = { part: "destinations", id: "crm", use: "header", origin: "https://crm.example.com" };

async function keyOf(root: string): Promise<CryptoKey> {
  const { current } = await sealingKeysIn(() => root);
  if (current === undefined) throw new Error("no key");
  return current;
}

describe("a sealed value", () => {
  it("opens at its place alone, under its key alone", async () => {
    const key = await keyOf("root");
    const sealed = await sealValue("the secret", place, key);
    expect(sealed).toMatch(/^sealed:v1:[\w-]{38,}$/);
    expect(await openValue(sealed, place, key)).toBe("the secret");
    expect(await openValue(` ${sealed}\n`, place, key)).toBe("the secret");
    for (const elsewhere of [
      { ...place, part: "sources" as const },
      { ...place, id: "crm2" },
      { ...place, use: "signing" as const },
      { ...place, origin: "https://evil.example.com" },
      { ...place, origin: undefined },
    ]) {
      expect(await openValue(sealed, elsewhere, key)).toBeUndefined();
    }
    expect(await openValue(sealed, place, await keyOf("another root"))).toBeUndefined();
    expect(await openValue(sealed, place, undefined)).toBeUndefined();
  });

  it("that was changed in one character, cut, or is none at all opens nowhere", async () => {
    const key = await keyOf("root");
    const sealed = await sealValue("the secret", place, key);
    const at = sealed.length - 4;
    const changed = `${sealed.slice(0, at)}${sealed.charAt(at) === "A" ? "B" : "A"}${sealed.slice(at + 1)}`;
    for (const text of [changed, sealed.slice(0, -4), "sealed:v1:", "sealed:v1:AAAA", "sealed:v1:!!", "env:X"]) {
      expect(await openValue(text, place, key)).toBeUndefined();
    }
  });

  it("is another text each time", async () => {
    const key = await keyOf("root");
    expect(await sealValue("x", place, key)).not.toBe(await sealValue("x", place, key));
  });

  it("is sealed under the key of RELAY_KEY, which is no other use's", async () => {
    const { current, previous } = await sealingKeysIn(lookupIn(env));
    expect([current?.algorithm.name, current?.extractable, previous]).toEqual(["AES-GCM", false, undefined]);
    expect(await sealingKeysIn(() => undefined)).toEqual({ current: undefined, previous: undefined });
  });
});

it.each([
  ["sources.acme.keys", { part: "sources", id: "acme", use: "key" }],
  ["sources.acme.keys.1", { part: "sources", id: "acme", use: "key" }],
  ["sources.acme.encryption.0.key", { part: "sources", id: "acme", use: "encryption" }],
  ["sources.acme.responders.ivr.secrets.0", { part: "sources", id: "acme", use: "signing" }],
  ["sources.acme.responders.search.headers.x-team", { part: "sources", id: "acme", use: "header" }],
  ["sources.acme.responders.ivr.ask", undefined],
  ["destinations.crm.secrets.0", { part: "destinations", id: "crm", use: "signing" }],
  ["destinations.crm.headers.x-team", { part: "destinations", id: "crm", use: "header" }],
  ["destinations.crm.headers.x.team.0", { part: "destinations", id: "crm", use: "header" }],
  ["destinations.crm.headers", undefined],
  ["destinations.crm.url", undefined],
  ["destinations.crm.keys", undefined],
  ["sources.acme.secrets", undefined],
  ["sources.a b.keys", undefined],
  ["sources", undefined],
  ["", undefined],
])("the path %j names the place %j", (path, named) => {
  expect(placeNamed(path)).toEqual(named);
});
