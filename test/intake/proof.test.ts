import { expect, test } from "vitest";
import { glance } from "../../src/intake/body/glance.ts";
import { readIncoming } from "../../src/intake/body/incoming.ts";
import { decoy } from "../../src/intake/keys/decoy.ts";

const incoming = (body: string, type = "application/json") =>
  readIncoming(
    new Request("https://relay.example.com/in/x", { method: "POST", body, headers: { "content-type": type } }),
    undefined,
  );

test.each([
  ['{"key":"k"}', { state: "read", bodies: [{ key: "k" }] }],
  ["key=k&a=1", { state: "read", bodies: [{ key: "k", a: "1" }] }],
  ['payload={"secret":"k"}', { state: "read", bodies: [{ payload: '{"secret":"k"}' }, { secret: "k" }] }],
  ['payload={"secret":"k"}&a=1', { state: "read", bodies: [{ payload: '{"secret":"k"}', a: "1" }] }],
  ["", { state: "read", bodies: [] }],
  ["{", { state: "malformed" }],
  [`key=k&a=${"x".repeat(300_000)}`, { state: "read", bodies: [{ key: "k", a: "x".repeat(300_000) }] }],
])("a glance at body %#", async (text, seen) => {
  expect(await glance(await incoming(text), decoy)).toEqual(seen);
});

test("a glance does not pay for the digits of a large body that nobody vouches for", async () => {
  const body = `[${"12345678901234567890,".repeat(49_000)}1]`;
  const seen = await glance(await incoming(body), decoy);
  expect(seen).toMatchObject({ state: "read", bodies: [expect.arrayContaining([12345678901234567000])] });
});
