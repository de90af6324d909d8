import { type HookEvent, seal } from "../../../src/events/envelope.ts";
import { type Notice, readNotice } from "../../../src/events/notice.ts";
import { RELAY_SOURCE } from "../../../src/events/own-source.ts";
import type { RelayType } from "../../../src/events/types.ts";

type Told = Omit<Notice["incident"], "id" | "state" | "since" | "until">;

const at = (path: string) => `npx hookswitch ${path} --url https://relay.example.com`;

/** What the relay tells of itself, one of each type. */
const told: Readonly<Record<RelayType, Told>> = {
  "relay.destination_failing": {
    about: { kind: "destination", id: "crm" },
    counts: { waiting: 40, failures: 9 },
    sentence: "crm fails: 9 failures in a row; 40 deliveries wait, the oldest for 3 minutes; a probe is due now",
    next: at("destinations test crm"),
  },
  "relay.dead_letter": {
    about: { kind: "destination", id: "crm" },
    counts: { dead: 3 },
    sentence: "3 deliveries to crm were given up for good within 10 minutes",
    next: at("replay --dry-run --state dead --destination crm"),
  },
  "relay.source_silent": {
    about: { kind: "source", id: "acme-vcc" },
    counts: {},
    sentence: "nothing has come from acme-vcc for 96 minutes",
    next: at("rejections --source acme-vcc"),
  },
  "relay.source_refused": {
    about: { kind: "source", id: "acme-vcc" },
    counts: { refused: 31, accepted: 0 },
    sentence: "31 requests of acme-vcc were refused within 10 minutes, and none was accepted: wrong_key",
    next: at("rejections --source acme-vcc"),
  },
  "relay.document_faulty": {
    about: { kind: "config", id: "relay" },
    counts: {},
    sentence: "the configuration is faulty: destinations.crm.mask.data.costumer: no event has anything there",
    next: "npx hookswitch config pull relay.json --url https://relay.example.com, mend it, then config push",
  },
  "relay.logins_refused": {
    about: { kind: "source", id: "acme-vcc" },
    counts: { refused: 18, granted: 2 },
    sentence: "18 of 20 logins at acme-vcc were refused within 10 minutes",
    next: at("logins --source acme-vcc --refused"),
  },
  "relay.log_behind": {
    about: { kind: "log", id: "log" },
    counts: {},
    sentence: "its database cannot be read",
    next: "npm run deploy migrates it",
  },
  "relay.limit_near": {
    about: { kind: "limit", id: "database" },
    counts: {},
    sentence: "the database has 8100 of the 10000 MB of the Paid plan",
    next: 'docs/operations.md, "What the Free plan bears"',
  },
};

const receivedAt = Date.parse("2026-11-20T09:05:00Z");

/** An event that the relay tells of itself, as it is kept. */
export function noticeOf(type: RelayType): HookEvent {
  const incident = { id: "inc_01KASVS2Z0000000000000000A", state: "opened", since: "2026-11-20T09:02:00Z" } as const;
  const body = { type, incident: { ...incident, ...told[type] } };
  return seal(readNotice(body, receivedAt, 1).draft, {
    eventId: `evt_${"0".repeat(32)}`,
    source: RELAY_SOURCE,
    vendor: "hookswitch",
    receipt: "rcpt_01KASVS2Z0000000000000000B",
    receivedAt,
    publicUrl: "https://relay.example.com",
    raw: body,
    warnings: [],
  });
}
