import { readFrozen } from "../../log/events/read-events.ts";
import { tryThrice } from "../../platform/d1/try-thrice.ts";
import type { AttemptOrder } from "../attempt/attempt.ts";
import { attemptBatch } from "../batch/attempt-batch.ts";
import type { OrderResult } from "../batch/held.ts";
import type { Trip } from "../batch/trip.ts";
import { giveUp, progressOf } from "./progress.ts";
import type { GivenUp, Live } from "./read-due.ts";
import { type RecordedAll, recordAttempts } from "./record.ts";

/** What came of deliveries whose events were in memory together. */
export interface AttemptedDue extends RecordedAll {
  readonly attempted: readonly (Live & { readonly result: OrderResult })[];
  readonly closed: readonly string[];
  readonly ungated: readonly string[];
}

/** Reads the events of deliveries, attempts each once, and records what came of it; undefined when the log is silent. */
export async function attemptDue(
  live: readonly Live[],
  { env, relay, budget, inSpan }: Trip,
): Promise<AttemptedDue | undefined> {
  const receipts = [...new Set(live.map(({ delivery }) => delivery.receipt))];
  const frozen = await tryThrice(() => readFrozen(env.LOG, receipts));
  if (!frozen.ok) return undefined;
  const orders: (Live & AttemptOrder)[] = [];
  const lost: GivenUp[] = [];
  for (const one of live) {
    const { delivery, destination } = one;
    const event = frozen.value.get(delivery.receipt);
    const { attempt, run } = delivery;
    if (event === undefined) lost.push({ delivery, state: "dead", reason: "event_missing" });
    else if (event === "unreadable") lost.push({ delivery, state: "dead", reason: "event_unreadable" });
    else orders.push({ ...one, event, attempt: attempt + 1, run, timeoutMs: destination.timeoutMs });
  }
  const chosen = new Set(orders.flatMap((order) => (order.chosen ? order.destination.id : [])));
  const batch = await attemptBatch(orders, {
    env,
    secrets: relay.secrets,
    budget,
    inSpan,
    as: ({ id }) => (chosen.has(id) ? "probe" : "again"),
  });
  const attempted = orders.flatMap((order) => {
    const { delivery, destination, chosen } = order;
    const result = batch.results.get(order);
    return result === undefined ? [] : { delivery, destination, chosen, result };
  });
  const progress = [...lost.map(giveUp), ...attempted.flatMap((one) => progressOf(one, one.result) ?? [])];
  return { attempted, closed: batch.closed, ungated: batch.ungated, ...(await recordAttempts(progress, env.LOG)) };
}
