import { readFileSync } from "node:fs";
import { vendorIds } from "../../src/vendors/index.ts";
import { makeMap, makeQuestion } from "../map.ts";
import { requestBytes } from "./load.ts";

/** What the relay is asked, and what a bare route is asked that does as little as can be done with it. */
export interface Comparison {
  readonly what: string;
  /** What KV holds, by key. */
  readonly values: Readonly<Record<string, string>>;
  readonly relay: readonly Buffer[];
  readonly floor: readonly Buffer[];
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
  const read: object = JSON.parse(readFileSync(new URL(`../../test/vendors/${fixture}`, import.meta.url), "utf8"));
  const body = JSON.stringify(secret === undefined ? read : { ...read, secret });
  return {
    what: others === 0 ? vendor : `${vendor}, ${others} sources and destinations`,
    values: { relay: configOf(others) },
    relay: [requestBytes("POST", `/in/${vendor}${path}`, { ...JSON_TYPE, ...headers }, body)],
    floor: [requestBytes("POST", "/webhook", { ...JSON_TYPE, ...headers }, body)],
  };
}

/** A question of Project Login, to a map of so many agents. */
export function loginOf(agents: number): Comparison {
  const questions = Array.from({ length: AGENTS_ASKING }, (_, n) => makeQuestion((n * 97) % agents));
  return {
    what: `login, ${agents} agents`,
    values: { relay: configOf(0), "vcc-live": makeMap(agents) },
    relay: questions.map((body) =>
      requestBytes("POST", `/in/vcc-live/project-login?secret-key=${KEY}`, JSON_TYPE, body),
    ),
    floor: questions.map((body) => requestBytes("POST", "/question", JSON_TYPE, body)),
  };
}

function configOf(others: number): string {
  const source = (vendor: string, keys: readonly string[]) => ({ vendor, keys, timezone: "Europe/Budapest" });
  const numbers = Array.from({ length: others }, (_, n) => n);
  const sources = [
    ...vendors.map((vendor) => [vendor, source(vendor, [KEY])]),
    ...numbers.map((n) => [`other-${n}`, source("ucontact", [`${KEY.slice(0, -4)}${n}`])]),
  ];
  const destinations = numbers.map((n) => [
    `d-${n}`,
    { url: `https://d${n}.example.com/hooks`, secrets: [], events: ["payment.updated"], sources: ["nobody"] },
  ]);
  return JSON.stringify({
    sources: Object.fromEntries(sources),
    destinations: Object.fromEntries(destinations),
  });
}
