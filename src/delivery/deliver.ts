import { loadRelay, type Relay } from "../config/load.ts";
import type { HookEvent } from "../events/envelope.ts";
import { recordProgress } from "../log/deliveries.ts";
import { readEvents } from "../log/events.ts";
import { logLine } from "../log/line.ts";
import type { AttemptOrder } from "./attempt.ts";
import { type Called, type GivenUp, type Live, readCalled, readCalls, sortOut } from "./due.ts";
import { followUp } from "./follow-up.ts";
import { giveUp, progressOf, type Recorded } from "./progress.ts";
import { makeRound, type Round } from "./round.ts";
import { tryAgain } from "./try-again.ts";

const NOT_READY_DELAY = 30;

/** A batch of wake-ups: each delivery whose row still waits for just this attempt is attempted once. */
export async function deliver(batch: MessageBatch, env: Env, behind: (work: Promise<unknown>) => void): Promise<void> {
  const calls = readCalls(batch.messages);
  const loaded = await loadRelay(env, behind);
  const relay = loaded.state === "ready" ? loaded.value : undefined;
  const due = relay && (await tryAgain(async () => readDue(env.LOG, await readCalled(env.LOG, calls), relay)));
  if (relay === undefined || due === undefined) {
    logLine("error", "deliver.not_ready", { messages: batch.messages.length });
    batch.retryAll({ delaySeconds: NOT_READY_DELAY });
    return;
  }
  const { called, orders, givenUp } = due;
  const round = await attemptAll(orders, relay, env);
  const attempted = orders.flatMap((order) => {
    const came = round.came.get(order);
    return came === undefined ? [] : { ...order, came };
  });
  const progress: Recorded[] = [...givenUp.map(giveUp), ...attempted.flatMap((one) => progressOf(one, one.came) ?? [])];
  const recorded = await tryAgain(() => recordProgress(env.LOG, progress).then(() => true));
  if (recorded === undefined) {
    logLine("error", "deliver.not_recorded", { deliveries: progress.length });
    batch.retryAll({ delaySeconds: NOT_READY_DELAY });
    return;
  }
  batch.ackAll();
  await followUp(env, { progress, attempted, called, closed: round.closed });
  logLine("info", "deliver.settled", {
    messages: batch.messages.length,
    attempted: attempted.filter(({ came }) => came.kind === "attempted").length,
    delivered: progress.filter(({ state }) => state === "delivered").length,
    ...(round.ungated.length === 0 ? {} : { ungated: round.ungated }),
  });
}

type Order = Live & AttemptOrder;

interface Due {
  readonly called: Called;
  readonly orders: readonly Order[];
  readonly givenUp: readonly GivenUp[];
}

/** Sorts out what can be attempted, and reads the events for it. */
async function readDue(log: D1Database, called: Called, relay: Relay): Promise<Due> {
  const { live, givenUp } = sortOut(called, relay, Date.now());
  const receipts = [...new Set(live.map(({ delivery }) => delivery.receipt))];
  const events = receipts.length === 0 ? new Map<string, HookEvent>() : await readEvents(log, receipts);
  const orders = live.flatMap((one): Order[] => {
    const event = events.get(one.delivery.receipt);
    const { attempt, run } = one.delivery;
    const { timeoutMs } = one.destination;
    return event === undefined ? [] : [{ ...one, event, attempt: attempt + 1, run, timeoutMs }];
  });
  const missing = live.filter(({ delivery }) => !events.has(delivery.receipt));
  const lost = missing.map(({ delivery }): GivenUp => ({ delivery, state: "dead", reason: "event_missing" }));
  return { called, orders, givenUp: [...givenUp, ...lost] };
}

function attemptAll(orders: readonly Order[], relay: Relay, env: Env): Promise<Round<Order>> {
  const chosen = new Set(orders.flatMap((order) => (order.chosen ? order.destination.id : [])));
  return makeRound(orders, {
    env,
    secrets: relay.secrets,
    as: ({ id }) => (chosen.has(id) ? "probe" : "again"),
  });
}
