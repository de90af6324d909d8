import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { parseRelay } from "../../src/config/parse-relay.ts";
import { relay } from "../../src/config/schema/relay.ts";

const isOfSchema = addFormats.default(new Ajv2020()).compile(z.toJSONSchema(relay, { io: "input" }));
const isInvalid = (document: unknown) =>
  parseRelay(JSON.stringify(document), { allowPrivate: false }).state === "invalid";

/** Every member that a configuration can have, at least once. */
const whole = {
  $schema: "https://relay.example.com/schemas/config.json",
  alerts: { destinationFailing: { after: 5 }, deadLetter: { count: 2 }, loginsRefused: { count: 20, share: 0.8 } },
  sources: {
    vcc: {
      vendor: "vcc-live",
      keys: ["env:KEY", "bare"],
      auth: [
        { in: "query", name: "key" },
        { in: "header", name: "x-key", prefix: "Bearer" },
      ],
      timezone: "Europe/Budapest",
      region: "hu",
      phones: "national",
      labels: {
        disposition: { "51": { label: "Promise", outcome: "goal" } },
        result: { "2": { outcome: "answered" } },
        status: { Lunch: { outcome: "break" } },
        campaign: { "7": { label: "Winter" } },
      },
      encryption: [{ cipher: "AES-256-CBC", key: "env:CIPHER", iv: "query:iv", required: true }],
      onStoreError: "deny",
      storeTimeoutMs: 600,
      guard: { mode: "shadow", ask: "https://old.example.com/?key=1", askTimeoutMs: 2000 },
      scrub: ["client_data.ssn", "*.0"],
      silentAfter: 30,
      hours: { tz: "Europe/Budapest", days: ["mon"], start: "08:00", end: "18:00" },
      responders: {
        search: { ask: "https://crm.example.com/", secrets: ["env:SEARCH"], timeoutMs: 2500 },
        ivr: {
          ask: "https://crm.example.com/?token=1",
          secrets: ["env:IVR"],
          headers: { "x-team": "env:HEADER_TEAM" },
          otherwise: "sorry",
          cache: { seconds: 30, by: ["caller"] },
          record: true,
        },
      },
    },
    signed: {
      vendor: "generic",
      keys: ["env:SIGNED"],
      signature: {
        algorithm: "sha256",
        header: "x-sig",
        encoding: "hex",
        prefix: "v0=",
        timestamp: { header: "x-time", prefix: "t=", toleranceSeconds: 60, template: "v0:{timestamp}:{body}" },
      },
      generic: { event: "type", id: "id", time: "at", timeFormat: "iso", callId: "call", subject: "a/{b}" },
    },
    standard: { vendor: "generic", keys: ["env:WHSEC"], signature: "standard-webhooks", auth: { in: "basic" } },
  },
  destinations: {
    crm: {
      url: "https://crm.example.com/hooks?token=1",
      secrets: ["env:SECRET"],
      events: ["call.*", "user.updated"],
      sources: ["*"],
      where: { "data.campaign.id": ["7", 11, true] },
      format: "cloudevents",
      raw: false,
      mask: { phone: "last4", "data.customer.accountId": "pseudonym" },
      headers: { "x-team": "env:HEADER_TEAM" },
      timeoutMs: 10_000,
      retry: { delays: [5, 30.5] },
      expireAfter: { "call.answered": 60 },
      limit: { perSecond: 0.5, concurrency: 10 },
      paused: false,
    },
    bare: { url: "https://bare.example.com/", secrets: [], expireAfter: 60 },
  },
};

type Path = readonly string[];
const pathsOf = (value: unknown, path: Path = []): Path[] => [
  path,
  ...(typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([name, member]) => pathsOf(member, [...path, name]))
    : []),
];

/** A document with another value at a path; undefined takes it out. */
function changed(value: unknown, [step, ...rest]: Path, other: unknown): unknown {
  if (step === undefined) return other;
  if (Array.isArray(value)) {
    return value.flatMap((item, at) => {
      const now = String(at) === step ? changed(item, rest, other) : item;
      return now === undefined ? [] : [now];
    });
  }
  const members = Object.entries(Object(value)).map(([name, member]) => [
    name,
    name === step ? changed(member, rest, other) : member,
  ]);
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}

const odd = fc.oneof(
  fc.constant(undefined),
  fc.jsonValue(),
  fc.constantFrom(
    0,
    -1,
    1.5,
    1e9,
    "",
    " ",
    "*",
    "a.b",
    "a..b",
    "env:X",
    "https://x",
    "query:",
    [],
    {},
    [[]],
    ["", "x"],
    { surplus: 1 },
  ),
);

describe("a configuration", () => {
  it("is of the published schema with every member that it can have", () => {
    expect([isOfSchema(whole), isOfSchema.errors]).toEqual([true, null]);
    expect(isInvalid(whole)).toBe(false);
  });

  it("is invalid just where it is not of the published schema, else faulty at most", { timeout: 120_000 }, () => {
    const property = fc.property(fc.constantFrom(...pathsOf(whole).slice(1)), odd, (path, other) => {
      const document = changed(whole, path, other);
      expect([path, other, isInvalid(document)]).toEqual([path, other, !isOfSchema(document)]);
    });
    fc.assert(property, { numRuns: 400 });
  });

  it.each<[string, Path, unknown]>([
    ["a zone that is none", ["sources", "vcc", "timezone"], "Europe/Budapset"],
    ["a zone of hours that is none", ["sources", "vcc", "hours", "tz"], "Europe/Budapset"],
    ["a country that is none", ["sources", "vcc", "region"], "Hungary"],
    ["a class that is none", ["sources", "vcc", "labels", "result", "2", "outcome"], "Contact"],
    ["a cipher that is none", ["sources", "vcc", "encryption", "0", "cipher"], "rot13"],
    ["a responder that is private", ["sources", "vcc", "guard", "ask"], "https://10.0.0.1/"],
    [
      "a responder of a search that is cached",
      ["sources", "vcc", "responders", "search", "cache"],
      { seconds: 1, by: ["a"] },
    ],
    ["a URL that is none", ["destinations", "crm", "url"], "no URL at all"],
    ["a mask of nothing", ["destinations", "crm", "mask"], { phones: "last4" }],
    ["a type that is none", ["destinations", "crm", "events", "0"], "cal.*"],
    ["a sealed key", ["sources", "vcc", "keys", "0"], "sealed:v1:abc"],
    ["a secret that signs nothing", ["destinations", "crm", "secrets", "0"], "whsec_!!!"],
  ])("with %s is faulty, so that the rest of it is in force", (_, path, other) => {
    const document = changed(whole, path, other);
    expect(isOfSchema(document)).toBe(true);
    expect(parseRelay(JSON.stringify(document), { allowPrivate: false }).state).toBe("faulty");
  });
});
