import type { Relay } from "../../config/load-relay.ts";
import { addDrift, type Drift } from "../../log/counts/drift.ts";
import { logLine } from "../../platform/log-line.ts";
import { findStrange } from "../../vendors/drift.ts";
import { vendorIds, vendorOf } from "../../vendors/index.ts";
import type { Trip } from "../batch/trip.ts";
import type { ReadWebhook } from "./read-message.ts";

const FLUSH_EVERY_MS = 60_000;
const FORGET_AFTER_MS = 60 * 60_000;
/** What one isolate keeps in mind; with more, it starts anew. */
const MAX_KEPT = 1000;

/** When each thing was last new to this isolate. */
const seen = new Map<string, number>();
const counts = new Map<string, Drift>();
let flushed = 0;

/**
 * Counts what nobody expected in these webhooks. What is new to this isolate is written at once, everything else once a
 * minute, and nothing when there is nothing: a vendor that keeps to its pages costs no row. Never throws.
 */
export function noteDrift(
  read: readonly ReadWebhook[],
  { env, relay, now, defer }: Pick<Trip, "env" | "relay" | "now" | "defer">,
): void {
  const found = read.flatMap((webhook) => driftOf(webhook, relay));
  const isNew = found.filter((drift) => note(drift, now)).length > 0;
  if (counts.size === 0 || (!isNew && now - flushed < FLUSH_EVERY_MS)) return;
  flushed = now;
  defer(flush(env.LOG));
}

/** Forgets what was seen and counted, as a new isolate would. */
export function forgetDrift(): void {
  seen.clear();
  counts.clear();
  flushed = 0;
}

/** A normalizer's faults are its own; this one's must not cost an event. */
function driftOf({ message, body }: ReadWebhook, relay: Relay): Drift[] {
  const { source, kind, receivedAt, login, answer } = message;
  const vendor = vendorIds.find((known) => known === message.vendor);
  // What is asked of a responder has members of the tenant's own.
  if (vendor === undefined || answer !== undefined) return [];
  try {
    const strange = findStrange(vendorOf(vendor), { kind, body, login }, relay.sources.get(source) ?? { id: source });
    return strange.map((one) => ({ source, ...one, first: receivedAt, last: receivedAt, times: 1 }));
  } catch {
    logLine("error", "drift.unread", { receipt: message.receipt, source });
    return [];
  }
}

/** Whether it is new to this isolate. */
function note(drift: Drift, now: number): boolean {
  const { source, path, what, first, last, sample } = drift;
  const name = JSON.stringify([source, path, what]);
  if (seen.size >= MAX_KEPT) seen.clear();
  const isNew = (seen.get(name) ?? Number.NEGATIVE_INFINITY) <= now - FORGET_AFTER_MS;
  if (isNew) seen.set(name, now);
  const counted = counts.get(name);
  counts.set(
    name,
    counted === undefined
      ? drift
      : {
          ...counted,
          times: counted.times + 1,
          first: Math.min(counted.first, first),
          last: Math.max(counted.last, last),
          sample: last >= counted.last ? sample : counted.sample,
        },
  );
  return isNew;
}

/** One line for what the log did not know. The counts of a log that cannot be written are lost, the events are not. */
async function flush(log: D1Database): Promise<void> {
  const drifts = [...counts.values()];
  counts.clear();
  try {
    for (const drift of await addDrift(log, drifts)) {
      logLine("warn", "vendor.drift", { source: drift.source, path: placeOf(drift), what: drift.what });
    }
  } catch {
    logLine("warn", "drift.not_kept", { rows: drifts.length });
  }
}

/** The path without what was said there: `payment.status`, `labels.disposition`. */
function placeOf({ path, what }: Drift): string {
  return what === "unlisted_label" ? path.split(".", 2).join(".") : path.replace(/=.*$/s, "");
}
