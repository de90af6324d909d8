import { decodeTime } from "ulid";
import { type Destination, loadRelay, type Relay } from "../config/load.ts";
import { type Lookup, lookupIn } from "../config/reference.ts";
import type { HookEvent } from "../events/envelope.ts";
import { type Progress, readWaiting, recordProgress, type WaitingDelivery } from "../log/deliveries.ts";
import { readEvents } from "../log/events.ts";
import { logLine } from "../log/line.ts";
import { type Addition, type Counter, dayOf } from "../log/tally.ts";
import { attemptDelivery } from "./attempt.ts";
import { statusOf } from "./first-attempts.ts";
import { runInLanes } from "./lanes.ts";
import { isExpired, nextStep, type Step } from "./retry.ts";
import { tryAgain } from "./try-again.ts";
import { sendWakeUps, wakeUp } from "./wake-up.ts";

const NOT_READY_DELAY = 30;
const PAUSE_CHECK = 60_000;

/** A batch of wake-ups: each delivery whose row still waits for just this attempt is attempted once. */
export async function deliver(batch: MessageBatch, env: Env, behind: (work: Promise<unknown>) => void): Promise<void> {
  const wakeUps = batch.messages.flatMap(({ body }) => wakeUp.safeParse(body).data ?? []);
  const loaded = await loadRelay(env, behind);
  const due = loaded.state === "ready" ? await tryAgain(() => readDue(env.LOG, wakeUps)) : undefined;
  if (loaded.state !== "ready" || due === undefined) {
    logLine("error", "deliver.not_ready", { messages: batch.messages.length });
    batch.retryAll({ delaySeconds: NOT_READY_DELAY });
    return;
  }
  const progress = await attemptDue(due, loaded.value, lookupIn(env));
  const recorded = await tryAgain(() => recordProgress(env.LOG, progress).then(() => true));
  if (recorded === undefined) {
    logLine("error", "deliver.not_recorded", { deliveries: progress.length });
    batch.retryAll({ delaySeconds: NOT_READY_DELAY });
    return;
  }
  batch.ackAll();
  await sendWakeUps(env.RETRIES, progress.flatMap(toWakeUp), Date.now());
}

interface Due {
  readonly delivery: WaitingDelivery;
  readonly event: HookEvent | undefined;
}

async function readDue(
  log: D1Database,
  wakeUps: readonly { receipt: string; destination: string; run: number; attempt: number }[],
) {
  if (wakeUps.length === 0) return [];
  const waiting = await readWaiting(log, wakeUps);
  const events = await readEvents(log, [...new Set(waiting.map(({ receipt }) => receipt))]);
  return waiting.map((delivery): Due => ({ delivery, event: events.get(delivery.receipt) }));
}

type Recorded = Progress & Addition;

async function attemptDue(due: readonly Due[], relay: Relay, lookup: Lookup): Promise<Recorded[]> {
  const progress: Recorded[] = [];
  const orders: { delivery: WaitingDelivery; event: HookEvent; destination: Destination }[] = [];
  for (const { delivery, event } of due) {
    const destination = relay.destinations.find(({ id }) => id === delivery.destination);
    const now = Date.now();
    if (destination === undefined) progress.push(settled(delivery, "dead", "destination_removed"));
    else if (event === undefined) progress.push(settled(delivery, "dead", "event_missing"));
    else if (isExpired(destination.expireAfter, delivery.type, delivery.since, now)) {
      progress.push(settled(delivery, "expired", "expired"));
    } else if (destination.paused) {
      progress.push({ ...unchanged(delivery), next: now + PAUSE_CHECK, reason: "paused" });
    } else orders.push({ delivery, event, destination });
  }
  await runInLanes(orders, async (order) => {
    progress.push(await attemptOne(order, lookup));
  });
  return progress;
}

async function attemptOne(
  { delivery, event, destination }: { delivery: WaitingDelivery; event: HookEvent; destination: Destination },
  lookup: Lookup,
): Promise<Recorded> {
  const at = Date.now();
  const attempt = delivery.attempt + 1;
  const { timeoutMs, retry } = destination;
  const outcome = await attemptDelivery({ event, destination, attempt, run: delivery.run, timeoutMs }, lookup, at);
  const now = Date.now();
  const step = nextStep(outcome, attempt, retry.delays, now, Math.random());
  const reason = "reason" in step ? step.reason : null;
  const made = { n: attempt, at, ms: now - at, ...statusOf(outcome), reason };
  logLine(step.state === "delivered" ? "info" : "warn", "delivery.attempted", {
    receipt: delivery.receipt,
    destination: destination.id,
    run: delivery.run,
    attempt,
    state: step.state,
    ...statusOf(outcome),
    reason,
    ms: now - at,
  });
  return { ...unchanged(delivery), ...stepOf(step), ...countOf(delivery, step.state), attempt, reason, made };
}

function stepOf(step: Step): Pick<Progress, "state" | "next"> {
  return { state: step.state, next: step.state === "waiting" ? step.next : null };
}

function settled(delivery: WaitingDelivery, state: "dead" | "expired", reason: string): Recorded {
  logLine("warn", "delivery.settled", { receipt: delivery.receipt, destination: delivery.destination, state, reason });
  return { ...unchanged(delivery), ...countOf(delivery, state), state, next: null, reason };
}

function unchanged({ receipt, destination, run, source, attempt, next }: WaitingDelivery): Recorded {
  const day = dayOf(decodeTime(receipt.slice("rcpt_".length)));
  const key = { receipt, destination, run, source, day };
  return { ...key, before: attempt, attempt, state: "waiting", next, reason: null, made: null };
}

/** The ledger's counter for a settled delivery; replays have their own. */
function countOf({ run }: WaitingDelivery, state: Step["state"] | "expired"): { readonly [name in Counter]?: number } {
  if (state === "waiting") return {};
  return { [run === 0 ? state : `replay_${state}`]: 1 };
}

function toWakeUp({ receipt, destination, run, attempt, state, next, reason }: Recorded) {
  return state === "waiting" && next !== null && reason !== "paused"
    ? [{ receipt, destination, run, attempt, next }]
    : [];
}
