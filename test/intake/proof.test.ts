import { expect, test } from "vitest";
import { glance } from "../../src/intake/body/glance.ts";
import { decoy } from "../../src/intake/keys/decoy.ts";

const incoming = (text: string, type = "application/json") => ({
  method: "POST",
  query: "",
  headers: new Headers({ "content-type": type }),
  pathKey: undefined,
  body: { state: "whole" as const, bytes: Uint8Array.from(new TextEncoder().encode(text)) },
});

test.each([
  ['{"key":"k"}', { state: "read", body: { key: "k" } }],
  ["key=k&a=1", { state: "read", body: { key: "k", a: "1" } }],
  ["", { state: "read", body: null }],
  ["{", { state: "malformed" }],
  [`key=${"x".repeat(300_000)}`, { state: "malformed" }],
])("a glance at body %#", async (text, seen) => {
  expect(await glance(incoming(text), decoy)).toMatchObject(seen);
});

test("a glance does not pay for the digits of a large body that nobody vouches for", async () => {
  const body = `[${"12345678901234567890,".repeat(50_000)}1]`;
  const seen = await glance(incoming(body), decoy);
  expect(seen).toMatchObject({ state: "read", body: expect.arrayContaining([12345678901234567000]) });
});
