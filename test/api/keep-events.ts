import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { idKeysIn } from "../../src/config/secrets/id-keys.ts";
import { markKeysIn } from "../../src/config/secrets/mark-keys.ts";
import { agentOf } from "../../src/events/agent-of.ts";
import { type HookEvent, seal } from "../../src/events/envelope.ts";
import { eventIds } from "../../src/events/identity.ts";
import { stampOf } from "../../src/events/marks/mark.ts";
import { traitsOf } from "../../src/events/marks/traits-of.ts";
import { receiptOf } from "../../src/events/receipt.ts";
import type { DeliveryState } from "../../src/log/deliveries/state.ts";
import type { SettledEvent } from "../../src/log/events/insert-events.ts";
import { packEvent } from "../../src/log/events/pack.ts";
import { type OpenDelivery, settle } from "../../src/log/events/settle.ts";
import { countFlow } from "../../src/log/ledger/flow.ts";
import { lookupIn } from "../../src/platform/lookup.ts";
import { hourOf } from "../../src/platform/time/instant.ts";

/** An event that is to stand in the log, and how its deliveries ended. */
export interface Wanted {
  readonly at?: number;
  readonly source?: string;
  readonly type?: "call.started" | "call.completed" | "vendor.unknown";
  readonly subject?: string;
  readonly deliveries?: Readonly<Record<string, DeliveryState>>;
  readonly data?: Readonly<Record<string, object>>;
}

/** An event that stands in the log. */
export interface Kept extends Required<Omit<Wanted, "subject">> {
  readonly receipt: string;
  readonly event: HookEvent;
}

const AT_ONCE = 100;

/** Writes events down with their claims, as fan-out does. */
export async function keepEvents(...wanted: readonly Wanted[]): Promise<Kept[]> {
  const kept = await Promise.all(wanted.map(toKept));
  for (let start = 0; start < kept.length; start += AT_ONCE) {
    const some = kept.slice(start, start + AT_ONCE);
    await env.LOG.prepare("INSERT INTO claim SELECT value ->> 'id', value ->> 'receipt' FROM json_each(?1)")
      .bind(JSON.stringify(some.map(({ event: { id }, receipt }) => ({ id, receipt }))))
      .run();
    await settle(env.LOG, {
      events: await Promise.all(some.map(toSettled)),
      deliveries: some.flatMap(toOpen),
      duplicates: [],
      failures: [],
      additions: some.map(toAddition),
      spooled: [],
    });
  }
  return kept;
}

async function toKept({ at = Date.now(), subject, ...wanted }: Wanted): Promise<Kept> {
  const { source = "ucontact", type = "call.started", deliveries = {}, data = {} } = wanted;
  const receipt = receiptOf(ulid(at));
  const draft = { type, vendorEvent: type, subject, data, warnings: [] } as const;
  const identity = { source, subject, words: [receipt], windowMs: 1e9, receivedAt: at };
  const { id } = await eventIds(identity, await idKeysIn(lookupIn(env)));
  const acceptance = {
    eventId: id,
    source,
    vendor: "ucontact",
    receipt,
    receivedAt: at,
    publicUrl: "http://localhost:8787",
  };
  return { at, source, type, deliveries, data, receipt, event: seal(draft, { ...acceptance, raw: {}, warnings: [] }) };
}

async function toSettled({ receipt, event, source, deliveries }: Kept): Promise<SettledEvent> {
  const { id, type, subject, time } = event;
  const ends = Object.entries(deliveries);
  const results = Object.fromEntries(ends.map(([to, state]) => [to, { state, attempt: 1, at: 1, ms: 1, status: 200 }]));
  const { current } = await markKeysIn(lookupIn(env));
  const marks = await stampOf(traitsOf(event), current);
  const packed = await packEvent(event);
  const proof = { key: "env:KEY", due: ends.length, results, marks };
  return { receipt, id, source, type, subject, agent: agentOf(event), time, ...proof, ...packed };
}

function toOpen({ receipt, event: { type }, source, deliveries, at }: Kept): OpenDelivery[] {
  return Object.entries(deliveries).flatMap(([destination, state]) => {
    if (state === "delivered") return [];
    const next = state === "waiting" ? Date.now() + 3_600_000 : null;
    const rest = { attempt: 1, next, since: at, reason: "status_500", attempts: [{ n: 1, at, status: 500 }] };
    return { receipt, destination, source, type, state, ...rest };
  });
}

function toAddition({ receipt, source, at, deliveries }: Kept) {
  const states = Object.values(deliveries);
  const count = (wanted: DeliveryState) => states.filter((state) => state === wanted).length;
  return {
    receipt,
    source,
    hour: hourOf(at),
    events: 1,
    unrouted: states.length === 0 ? 1 : 0,
    due: states.length,
    delivered: count("delivered"),
    dead: count("dead"),
    expired: count("expired"),
    last: at,
    flow: countFlow(Object.entries(deliveries).map(([destination, state]) => ({ destination, due: true, state }))),
  };
}
