import { afterEach, expect, test, vi } from "vitest";
import { readIncoming } from "../../src/intake/body/incoming.ts";
import { peek } from "../../src/intake/body/peek.ts";
import { decoy } from "../../src/intake/keys/decoy.ts";
import { vendorIds, vendorOf } from "../../src/vendors/index.ts";

afterEach(() => vi.restoreAllMocks());

const incoming = (body: string, type = "application/json") =>
  readIncoming(
    new Request("https://relay.example.com/in/x", { method: "POST", body, headers: { "content-type": type } }),
    "",
    undefined,
  );

test.each([
  ['{"key":"k"}', { state: "read", bodies: [{ key: "k" }] }],
  ["key=k&a=1", { state: "read", bodies: [{ key: "k", a: "1" }] }],
  ['payload={"secret":"k"}', { state: "read", bodies: [{ payload: '{"secret":"k"}' }, { secret: "k" }] }],
  ['payload={"key":"k"}&key=k', { state: "read", bodies: [{ payload: '{"key":"k"}', key: "k" }, { key: "k" }] }],
  ['payload={"secret":"k"}&a=1', { state: "read", bodies: [{ payload: '{"secret":"k"}', a: "1" }] }],
  ["", { state: "read", bodies: [] }],
  ["{", { state: "malformed" }],
  [`key=k&a=${"x".repeat(300_000)}`, { state: "read", bodies: [{ key: "k", a: "x".repeat(300_000) }] }],
])("a peek at body %#", async (text, seen) => {
  expect(await peek(await incoming(text), decoy)).toEqual(seen);
});

test("a peek does not pay for the digits of a large body that nobody vouches for", async () => {
  const body = `[${"12345678901234567890,".repeat(49_000)}1]`;
  const seen = await peek(await incoming(body), decoy);
  expect(seen).toMatchObject({ state: "read", bodies: [expect.arrayContaining([12345678901234567000])] });
});

const entry = { cipher: "aes-256-ctr", key: "cipher-key", iv: "query:nonce", required: false };
const vendors = vendorIds.map(vendorOf);
const sources = [
  decoy,
  ...vendors.map((vendor) => ({ ...decoy, vendor, auth: vendor.auth })),
  ...vendors.map((vendor) => ({ ...decoy, vendor, auth: [{ in: "body" as const, name: "token" }] })),
  ...vendors.map((vendor) => ({ ...decoy, vendor, auth: vendor.auth, generic: { event: "payload.type" } })),
  ...vendors.map((vendor) => ({ ...decoy, vendor, auth: [{ in: "body" as const }], encryption: [entry] })),
];

/** What JSON.parse was asked to do: the length of each text, and whether digits were kept. */
async function parsesOf(body: string, type: string, source: typeof decoy): Promise<string[]> {
  const request = await incoming(body, type);
  const parse = vi.spyOn(JSON, "parse");
  await peek(request, source);
  const calls = parse.mock.calls.map(([text, reviver]) => `${text.length} ${reviver !== undefined}`);
  parse.mockRestore();
  return calls;
}

const small = '{"secret":"x","n":1}';
const large = `{"a":[${"1,".repeat(50_000)}1]}`;

test.each(
  [small, large].flatMap((object) => [
    `payload=${object}`,
    `payload=${object}&secret=x`,
    `payload=${object}&key=x`,
    `payload=${object}&token=x&nonce=00`,
    `payload=${object}&iv=00&a[b][c][d][e][f][g]=1`,
    object,
  ]),
)("a body costs the same parses whatever source it names, and none: body %#", async (body) => {
  const type = body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded";
  const expected = await parsesOf(body, type, decoy);
  expect(expected.filter((call) => Number.parseInt(call, 10) > 64_000 && call.endsWith("true"))).toEqual([]);
  expect(expected.some((call) => call.startsWith(`${body.includes(large) ? large.length : small.length} `))).toBe(true);
  for (const source of sources) expect(await parsesOf(body, type, source)).toEqual(expected);
});
