import { ulid } from "ulid";
import { idKeysIn } from "../../src/config/secrets/id-keys.ts";
import { markKeysIn } from "../../src/config/secrets/mark-keys.ts";
import { seal } from "../../src/events/envelope.ts";
import { eventIds } from "../../src/events/identity.ts";
import type { Json } from "../../src/events/json.ts";
import { stampOf } from "../../src/events/marks/mark.ts";
import { traitsOf } from "../../src/events/marks/traits-of.ts";
import { receiptOf } from "../../src/events/receipt.ts";
import { type PackedText, packEvent } from "../../src/log/events/pack.ts";
import { lookupIn } from "../../src/platform/lookup.ts";
import { dayOf } from "../../src/platform/time/instant.ts";
import { AGENTS } from "./agents.ts";

/** Events are spread over four weeks, whatever their number. */
export const SPAN_MS = 28 * 24 * 60 * 60_000;

/** Crockford's digits, as a ULID has them; those of the time of event `n` of `?3`, the first at `?4`; and then its number. */
const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const AT = `(?4 + n * ${SPAN_MS} / ?3)`;
const TIME = Array.from(
  { length: 10 },
  (_, place) => `substr('${DIGITS}', ((${AT} >> ${45 - 5 * place}) & 31) + 1, 1)`,
);
/** The receipt of event `n` of those that are made by SQL. */
export const RECEIPT = `'rcpt_' || ${TIME.join(" || ")} || printf('%016d', n)`;
const ID = "'evt_' || printf('%032d', n)";
/** A mark like those of an HMAC: spread, and only the first byte has its highest bit set. */
const MARK = (seed: string) => `printf('%08x', (((${seed}) * 2654435761) & 0x7f7f7f7f) | 0x80000000)`;
const MARKS = ["n / 2", "n + 1000000", "n + 2000000", `n % ${AGENTS} + 3000000`].map(MARK).join(" || ");
const NUMBER = "WITH RECURSIVE number (n) AS (SELECT ?1 UNION ALL SELECT n + 1 FROM number WHERE n < ?1 + ?2 - 1)";

/** Which of how many events, the first of them at `start`; milliseconds since the epoch. */
export interface Part {
  readonly from: number;
  readonly count: number;
  readonly of: number;
  readonly start: number;
}

/** An event as its row has it; bytes in hex, and what is no hex a text as it is. */
export type EventRow = Awaited<ReturnType<typeof aRow>>;

/** Writes calls of the source `voiso`, two events each, with all that real events have: they are found by any word in them. */
export async function keepCalls(env: Env, { from, count, of, start }: Part): Promise<void> {
  const rows = await Promise.all(
    Array.from({ length: count }, (_, n) => aCall(from + n, start + Math.floor(((from + n) * SPAN_MS) / of), env)),
  );
  await env.LOG.batch([
    env.LOG.prepare("INSERT INTO claim SELECT value ->> 'id', value ->> 'receipt' FROM json_each(?1)").bind(
      JSON.stringify(rows.map(({ id, receipt }) => ({ id, receipt }))),
    ),
    env.LOG.prepare(
      `INSERT INTO event (receipt, id, source, type, subject, time, key, due, results, size, marks, body, raw)
       SELECT value ->> 'receipt', value ->> 'id', 'voiso', value ->> 'type', value ->> 'subject', value ->> 'time',
         'env:KEY', 1, '{"crm":{"state":"delivered","attempt":1,"at":1}}', 1000, unhex(value ->> 'marks'),
         coalesce(unhex(value ->> 'body'), value ->> 'body'), coalesce(unhex(value ->> 'raw'), value ->> 'raw') FROM json_each(?1)`,
    ).bind(JSON.stringify(rows)),
  ]);
}

/** Writes events that only have what rows have: `alike` in turn, under ids and receipts of their own. */
export async function keepAlike({ LOG }: Env, part: Part, alike: readonly EventRow[]): Promise<void> {
  const values = [part.from, part.count, part.of, part.start];
  await LOG.batch([
    LOG.prepare(`${NUMBER} INSERT INTO claim SELECT ${ID}, ${RECEIPT} FROM number`).bind(...values),
    LOG.prepare(
      `${NUMBER}, alike AS MATERIALIZED (
         SELECT key AS nth, value ->> 'source' AS source, value ->> 'type' AS type, coalesce(unhex(value ->> 'body'), value ->> 'body') AS body,
           coalesce(unhex(value ->> 'raw'), value ->> 'raw') AS raw, substr(value ->> 'marks', 1, 8) AS marks FROM json_each(?5))
       INSERT INTO event (receipt, id, source, type, class, subject, time, key, due, results, size, marks, body, raw)
       SELECT ${RECEIPT}, ${ID}, source, type, iif(type = 'login.decided', 'decision', 'event'),
         'call/flood-' || (n / 2), '${dayOf(part.start)}T09:00:00Z', 'env:KEY', 1,
         '{"crm":{"state":"delivered","attempt":1,"at":1}}', 1000, unhex(marks || ${MARKS}), body, raw
       FROM number JOIN alike ON alike.nth = n % ?6`,
    ).bind(...values, JSON.stringify(alike), alike.length),
  ]);
}

/** One of two events of a call. */
export function aCall(n: number, at: number, env: Env): Promise<EventRow> {
  const phone = `+3630${String(n).padStart(7, "0")}`;
  const id = `call-${Math.floor(n / 2)}`;
  return aRow(env, at, {
    source: "voiso",
    vendor: "voiso",
    type: n % 2 === 0 ? "call.hungup" : "call.completed",
    subject: `call/${id}`,
    callId: id,
    data: {
      call: { id, from: phone, to: "+3615550100", direction: "inbound" },
      agent: { id: String(n % AGENTS), username: `agent_${n % AGENTS}` },
      customer: { id: `customer-${n % 100_000}`, phone },
    },
  });
}

/** A login of the source `vcc`; of ten agents one is refused. */
export function aLogin(n: number, at: number, env: Env): Promise<EventRow> {
  const granted = n % 10 > 0;
  const agent = { id: String(n % AGENTS), username: `agent_${n % AGENTS}`, groupId: "3" };
  return aRow(env, at, {
    source: "vcc",
    vendor: "vcc-live",
    type: "login.decided",
    subject: `agent/${agent.id}`,
    data: {
      login: {
        granted,
        projects: { "7": true, "11": granted },
        rules: { "7": "groups.3 allow", "11": granted ? "groups.3 allow" : `users.${agent.id} deny` },
        ms: 2,
      },
      agent,
    },
  });
}

interface Told {
  readonly source: string;
  readonly vendor: string;
  readonly type: "call.hungup" | "call.completed" | "login.decided";
  readonly subject: string;
  readonly callId?: string;
  readonly data: { readonly [part: string]: { readonly [name: string]: Json } };
}

async function aRow(env: Env, at: number, { source, vendor, type, subject, callId, data }: Told) {
  const receipt = receiptOf(ulid(at));
  const lookup = lookupIn(env);
  const draft = { type, vendorEvent: type, subject, callId, data, warnings: [] } as const;
  const identity = { source, subject, words: [receipt], windowMs: 1e9, receivedAt: at };
  const { id } = await eventIds(identity, await idKeysIn(lookup));
  const acceptance = { eventId: id, source, vendor, receipt, receivedAt: at, publicUrl: "http://x" };
  const event = seal(draft, { ...acceptance, raw: { event: type, payload: data }, warnings: [] });
  const { body, raw } = await packEvent(event);
  const marks = await stampOf(traitsOf(event), (await markKeysIn(lookup)).current);
  return { receipt, id, source, type, subject, time: event.time, marks, body: asText(body), raw: asText(raw ?? "") };
}

function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function asText(packed: PackedText): string {
  return typeof packed === "string" ? packed : toHex(packed);
}
