import { describe, expect, it } from "vitest";
import { parseRelay } from "../../src/config/parse-relay.ts";

const SECRET = "whsec_aG9va3N3aXRjaC1kZW1vLXNpbmstc2VjcmV0LTMyYg==";
const seed = (bytes: number) => `whsk_${btoa("s".repeat(bytes))}`;

function faultsOf(parts: { source?: object; destination?: object }) {
  const source = { vendor: "generic", keys: ["env:KEY"], ...parts.source };
  const destination = { url: "https://crm.example.com/", secrets: ["env:SECRET"], ...parts.destination };
  const parsed = parseRelay(JSON.stringify({ sources: { acme: source }, destinations: { crm: destination } }), {
    allowPrivate: false,
  });
  return { state: parsed.state, paths: parsed.state === "valid" ? [] : parsed.faults.map(({ path }) => path) };
}

const secretsFault = (secrets: string[]) => faultsOf({ destination: { secrets } });
const headerFault = (headers: Record<string, string>) => faultsOf({ destination: { headers } });

describe("a signing secret", () => {
  it.each([
    "whsec_",
    "whsec_!!!",
    "whsec_A",
    "whsec_ ",
    "whsk_",
    "whsk_AAAA",
    seed(31),
    seed(33),
    seed(48),
    seed(63),
    "whpk_AAAA",
    "v1,whsec_AAAA",
    "secret",
    " ",
    "\n",
    "env:",
    "env: ",
    "sealed:v1:abc",
    "env:ADMIN_TOKEN",
    " env:ADMIN_TOKEN\n",
    "env:RELAY_KEY",
    "env:RELAY_KEY_PREVIOUS",
    "env:MASK_KEY",
    "env:PUBLIC_URL",
    "env:ACCESS_TEAM",
    "env:ACCESS_AUD",
    "env:ALLOW_PRIVATE_DESTINATIONS",
    "env:DESTINATION_PORTS",
    "env:REQUESTS_PER_BATCH",
    "env:KEY",
  ])("%j is refused with its path", (secret) => {
    expect(secretsFault(["env:SECRET", secret])).toEqual({ state: "faulty", paths: ["destinations.crm.secrets.1"] });
  });

  it.each([SECRET, ` ${SECRET}\n`, "whsec_-_-_", "whsec_AAA", seed(32), seed(64), "env:ANYTHING", "env:HEADER_X"])(
    "%j is taken",
    (secret) => expect(secretsFault([secret])).toEqual({ state: "valid", paths: [] }),
  );

  it("is never a source's key, written the same way or as Supabase does", () => {
    const keys = [` ${SECRET}`, "v1,whsec_AAAA"];
    const source = { keys, signature: "standard-webhooks" };
    for (const secret of [SECRET, "whsec_AAAA"]) {
      expect(faultsOf({ source, destination: { secrets: [secret] } }).paths).toEqual(["destinations.crm.secrets.0"]);
    }
    expect(faultsOf({ source, destination: { secrets: ["whsec_BBBB"] } }).paths).toEqual([]);
  });
});

it.each([
  [99, "invalid"],
  [100, "valid"],
  [30_000, "valid"],
  [30_001, "invalid"],
])("a destination may be waited for %i ms: %s", (timeoutMs, state) => {
  expect(faultsOf({ destination: { timeoutMs } }).state).toBe(state);
});

describe("the value of a header", () => {
  it.each([
    "one\r\ntwo",
    "one\ntwo",
    "one\u0000two",
    "one\u007ftwo",
    "漢",
    "smart “quotes”",
    " ",
    "env:TEAM",
    "env:header_TEAM",
    "env:ADMIN_TOKEN",
    "env:KEY",
    "env:",
    "sealed:v1:abc",
  ])("%j is refused", (value) => {
    expect(headerFault({ "x-a": "fine", "x-b": value })).toEqual({
      state: "faulty",
      paths: ["destinations.crm.headers.x-b"],
    });
  });

  it.each(["blue", "env:HEADER_TEAM", "two words\tand a tab", "line break at its end\r\n", "café", "ÿ"])(
    "%j is taken",
    (value) => {
      expect(headerFault({ "x-b": value }).paths).toEqual([]);
    },
  );
});

describe("the name of a header", () => {
  it.each([
    "webhook-id",
    "Webhook-Signature",
    "ce-id",
    "CE-Anything",
    "content-type",
    "Content-Length",
    "host",
    "User-Agent",
    "connection",
    "keep-alive",
    "Proxy-Authorization",
    "proxy-connection",
    "te",
    "trailer",
    "Transfer-Encoding",
    "upgrade",
    "expect",
    "cf-connecting-ip",
  ])("%s is refused", (name) => {
    expect(headerFault({ [name]: "x" })).toEqual({ state: "faulty", paths: [`destinations.crm.headers.${name}`] });
  });

  it("is refused where it stands there twice, in different letters", () => {
    expect(headerFault({ "X-Team": "a", "x-team": "b", "x-other": "c" }).paths).toEqual([
      "destinations.crm.headers.X-Team",
      "destinations.crm.headers.x-team",
    ]);
  });

  it.each(["x-team", "authorization", "accept", "hosting", "x-webhook-id", "tea"])("%s is taken", (name) => {
    expect(headerFault({ [name]: "x" }).paths).toEqual([]);
  });
});

describe("a key", () => {
  it.each<[string, object, string[]]>([
    ["of blanks", {}, [" ", "\t\n"]],
    ["without a name", {}, ["env:"]],
    [
      "that is the relay's own",
      {},
      ["env:ADMIN_TOKEN", "env:RELAY_KEY", "env:MASK_KEY", "env:ACCESS_AUD", "env:PUBLIC_URL"],
    ],
    ["that is sealed", {}, ["sealed:v1:x"]],
    [
      "of Standard Webhooks that is no base64",
      { signature: "standard-webhooks" },
      ["no base64!", "whsec_", "whsec_!!!", "whsk_AAAA", "whpk_AAAA", "v1,"],
    ],
    ["that no header can bring", {}, ["one\ntwo", "one\u0000two"]],
    ["for basic without a colon", { auth: { in: "basic" } }, ["password"]],
  ])("%s is refused", (_, settings, keys) => {
    for (const key of keys) {
      const found = faultsOf({ source: { ...settings, keys: ["env:KEY", key] } });
      expect([key, found]).toEqual([key, { state: "faulty", paths: ["sources.acme.keys.1"] }]);
    }
  });

  it.each<[string, object, string[]]>([
    ["of any text", {}, ["k", "käse", " k\n", "env:KEY", "env:HEADER_KEY"]],
    ["of Standard Webhooks", { signature: "standard-webhooks" }, ["whsec_AAAA", "v1,whsec_AAAA", "AAAA", "-_-_"]],
    ["of an HMAC", { signature: { algorithm: "sha256", header: "x-sig", encoding: "hex" } }, ["whatever it is!"]],
    ["with a line break where a query may bring it", { auth: { in: "query", name: "key" } }, ["one\ntwo"]],
  ])("%s is taken", (_, settings, keys) => {
    for (const key of keys) expect([key, faultsOf({ source: { ...settings, keys: [key] } }).paths]).toEqual([key, []]);
  });

  it("of a cipher is neither empty nor the relay's own", () => {
    for (const key of [" ", "env:MASK_KEY", "env:", "sealed:x"]) {
      const encryption = [{ cipher: "aes-256-cbc", key }];
      expect(faultsOf({ source: { vendor: "vcc-live", encryption } }).paths).toEqual(["sources.acme.encryption.0.key"]);
    }
  });
});

describe("everything that is wrong", () => {
  const source = {
    vendor: "vcc-live",
    keys: ["env:KEY", "env:ADMIN_TOKEN"],
    timezone: "Europe/Budapset",
    region: "Hungary",
    labels: { disposition: { "51": { outcome: "promise" } } },
    encryption: [{ cipher: "rot13", key: "env:CIPHER" }],
    guard: { mode: "shadow", ask: "https://10.0.0.1/login?key=canary" },
    auth: { in: "header", name: "x y" },
  };
  const destination = {
    url: "http://crm.example.com/?token=canary",
    secrets: ["whsec_canary!"],
    events: ["call.*", "cal.*"],
    mask: { phones: "last4" },
    headers: { "ce-id": "canary", "x-a": "canary\n\ncanary" },
  };
  const paths = [
    "sources.acme.timezone",
    "sources.acme.region",
    "sources.acme.labels.disposition.51.outcome",
    "sources.acme.encryption.0.cipher",
    "sources.acme.guard.ask",
    "sources.acme.auth.name",
    "destinations.crm.url",
    "destinations.crm.events.1",
    "destinations.crm.mask.phones",
    "destinations.crm.headers.ce-id",
    "sources.acme.keys.1",
    "destinations.crm.secrets.0",
    "destinations.crm.headers.x-a",
  ];

  it("is told at once, with the path of each fault and without a value", () => {
    expect(faultsOf({ source, destination })).toEqual({ state: "faulty", paths });
    const parsed = parseRelay(JSON.stringify({ sources: { acme: source }, destinations: { crm: destination } }), {
      allowPrivate: false,
    });
    expect(JSON.stringify(parsed.state === "valid" ? [] : parsed.faults)).not.toContain("canary");
  });

  it("is told at once also where the document is not of the schema, and nothing of what was left out", () => {
    const invalid = { ...destination, format: "xml", timeoutMs: "soon", url: 5, surplus: true };
    const found = faultsOf({ source: { ...source, keys: [5] }, destination: invalid });
    expect(found.state).toBe("invalid");
    const surplus = "destinations.crm.surplus";
    const left = paths.filter((path) => path !== "sources.acme.keys.1" && path !== "destinations.crm.url");
    const schema = [
      "sources.acme.keys.0",
      "destinations.crm.url",
      "destinations.crm.format",
      "destinations.crm.timeoutMs",
    ];
    expect(found.paths.toSorted()).toEqual([...schema, surplus, ...left].toSorted());
  });

  it("includes names that nothing can have", () => {
    const parsed = parseRelay('{"sources":{"__proto__":{"vendor":"voiso","keys":["env:A"]}},"x":1}', {
      allowPrivate: false,
    });
    expect(parsed).toMatchObject({ state: "invalid", faults: [{ path: "x" }, { path: "sources.__proto__" }] });
  });

  it("includes names that stand twice", () => {
    const parsed = parseRelay(
      '{"sources":{"a":{"vendor":"nobody","keys":[]},"a":{"vendor":"voiso","keys":[" "]}},"x":1}',
      { allowPrivate: false },
    );
    expect(parsed).toMatchObject({
      state: "invalid",
      faults: [{ path: "x" }, { path: "sources.a" }, { path: "sources.a.keys.0" }],
    });
  });
});
