import { readFileSync } from "node:fs";
import { vendorIds } from "../../src/vendors/index.ts";
import { makeMap, makeQuestion } from "../map.ts";
import { requestBytes } from "./load.ts";
import { RECEIPT_PLACE, RECEIVED_PLACE } from "./places.ts";

/** What the relay is asked, and what a bare route is asked that does as little as can be done with it. */
export interface Comparison {
  readonly what: string;
  /** What KV holds, by key. */
  readonly values: Readonly<Record<string, string>>;
  readonly ours: readonly Buffer[];
  readonly floor: readonly Buffer[];
  /** Ours is no relay, but another route of the bare Worker. */
  readonly isBare?: true;
}

/** As long as what `openssl rand -hex 16` makes. */
const KEY = "5f2b8c1e9d7a4630b1c2d3e4f5a69788";
const JSON_TYPE = { "content-type": "application/json" };
/** Questions of so many agents, by turns. */
const AGENTS_ASKING = 50;

/** A usual webhook of each vendor, where its key stands and what its body is. */
const webhooks = {
  "vcc-live": { path: `/user?secret-key=${KEY}`, fixture: "vcc-live/user.changed.json" },
  voiso: { path: "", fixture: "voiso/inbound.call.ended.json", secret: KEY },
  ucontact: { path: `?key=${KEY}`, fixture: "ucontact/finish-interaction.documented-fields.json" },
  "intelligent-contacts": {
    path: "/call-saved",
    fixture: "intelligent-contacts/call-saved.json",
    headers: { "x-api-key": KEY },
  },
  generic: { path: "/order", fixture: "generic/call.by-paths.json", headers: { authorization: `Bearer ${KEY}` } },
} as const;

export type Vendor = keyof typeof webhooks;
export const vendors: readonly Vendor[] = vendorIds;

/** A webhook of a vendor, to a relay with so many sources and as many destinations that want nothing of it. */
export function webhookOf(vendor: Vendor, others = 0): Comparison {
  const { path, fixture, ...rest } = webhooks[vendor];
  const { secret, headers }: { secret?: string; headers?: Record<string, string> } = rest;
  const read = readFixture(fixture);
  const body = JSON.stringify(secret === undefined ? read : { ...read, secret });
  return {
    what: others === 0 ? vendor : `${vendor}, ${others} sources and destinations`,
    values: { relay: configOf(others) },
    ours: [requestBytes("POST", `/in/${vendor}${path}`, { ...JSON_TYPE, ...headers }, body)],
    floor: [requestBytes("POST", "/webhook", { ...JSON_TYPE, ...headers }, body)],
  };
}

/** The floor with what the contract asks of every webhook: bytes read, a receipt's message, a time limit, a line in the log. */
export function obliged(): Comparison {
  const { floor } = webhookOf("vcc-live");
  const body = JSON.stringify(readFixture(webhooks["vcc-live"].fixture));
  return {
    what: "the floor itself, with a time limit, a message and a log line",
    values: {},
    ours: [requestBytes("POST", "/obliged", JSON_TYPE, body)],
    floor,
    isBare: true,
  };
}

/** A question of Project Login, to a map of so many agents. */
export function loginOf(agents: number): Comparison {
  const questions = Array.from({ length: AGENTS_ASKING }, (_, n) => makeQuestion((n * 97) % agents));
  return {
    what: `login, ${agents} agents`,
    values: { relay: configOf(0), "vcc-live": makeMap(agents) },
    ours: questions.map((body) =>
      requestBytes("POST", `/in/vcc-live/project-login?secret-key=${KEY}`, JSON_TYPE, body),
    ),
    floor: questions.map((body) => requestBytes("POST", "/question", JSON_TYPE, body)),
  };
}

/** As `openssl rand -base64 32` makes it. */
const SECRET = "whsec_aG9va3N3aXRjaC1iZW5jaC1zZWNyZXQtMzJieXRlcyE=";
/** A usual batch has so many messages. */
const BATCH = 10;

/**
 * A batch of webhooks of all vendors by turns, each of which goes to so many destinations.
 * @param others so many sources and destinations that have nothing to do with them
 */
export function batchOf(destinations: number, others = 0): Comparison {
  const messages = Array.from({ length: BATCH }, (_, n) => messageOf(vendors[n % vendors.length] ?? "generic"));
  const body = JSON.stringify(messages);
  return {
    what: `${BATCH} to ${destinations}${others === 0 ? "" : `, ${others} sources and destinations`}`,
    values: { relay: configOf(others, destinations) },
    ours: [requestBytes("POST", "/batch", JSON_TYPE, body)],
    floor: [requestBytes("POST", `/batch/${destinations}`, JSON_TYPE, body)],
  };
}

/** As intake sends it. */
function messageOf(vendor: Vendor): string {
  const { path, fixture } = webhooks[vendor];
  return JSON.stringify({
    v: 1,
    receipt: RECEIPT_PLACE,
    source: vendor,
    vendor,
    kind: path.split("?")[0]?.slice(1) || undefined,
    receivedAt: RECEIVED_PLACE,
    key: "#0",
    warnings: [],
    body: JSON.stringify(readFixture(fixture)),
  });
}

function readFixture(fixture: string): object {
  return JSON.parse(readFileSync(new URL(`../../test/vendors/${fixture}`, import.meta.url), "utf8"));
}

function configOf(others: number, destinations = 0): string {
  const source = (vendor: string, keys: readonly string[]) => ({ vendor, keys, timezone: "Europe/Budapest" });
  const numbers = Array.from({ length: others }, (_, n) => n);
  const sources = [
    ...vendors.map((vendor) => [vendor, source(vendor, [KEY])]),
    ...numbers.map((n) => [`other-${n}`, source("ucontact", [`${KEY.slice(0, -4)}${n}`])]),
  ];
  const wanting = Array.from({ length: destinations }, (_, n) => [
    `w-${n}`,
    { url: `https://w${n}.example.com/hooks`, secrets: [SECRET.replace("_aG", `_${String(n).padStart(2, "0")}`)] },
  ]);
  const unwanting = numbers.map((n) => [
    `d-${n}`,
    { url: `https://d${n}.example.com/hooks`, secrets: [], events: ["payment.updated"], sources: ["nobody"] },
  ]);
  return JSON.stringify({
    sources: Object.fromEntries(sources),
    destinations: Object.fromEntries([...unwanting, ...wanting]),
  });
}
