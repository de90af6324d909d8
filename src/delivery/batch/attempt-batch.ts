import type { Destination } from "../../config/load-relay.ts";
import { isOfRelay } from "../../events/types.ts";
import type { InSpan } from "../../platform/in-span.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { withTimeLimit } from "../../platform/time-limit.ts";
import { type AttemptOrder, attemptDelivery } from "../attempt/attempt.ts";
import type { Outcome } from "../attempt/outcome.ts";
import type { AdmissionRequest } from "../gate/admission.ts";
import { askGates, conclude, type Target } from "./gates.ts";
import { type AttemptedOrder, type Held, holdRest, type OrderResult, signOf } from "./held.ts";
import type { RequestBudget } from "./request-budget.ts";
import { LANES_PER_DESTINATION, type Run, runInLanes } from "./run-in-lanes.ts";

/** How a batch is attempted. */
export interface BatchRules {
  readonly env: Env;
  /** Values that may not be kept. */
  readonly secrets: ReadonlySet<string>;
  readonly budget: RequestBudget;
  readonly inSpan: InSpan;
  /** What the orders for a destination are to its gate. */
  readonly as: (destination: Destination) => AdmissionRequest["as"];
  /** How long an attempt is waited for, milliseconds; where nothing is said, to its end. */
  readonly patienceOf?: (destination: Destination) => number;
}

/** What came of each order. */
export interface BatchResult<T> {
  /** All but those that are under way still. */
  readonly results: ReadonlyMap<T, OrderResult>;
  /** Attempts that took longer than they are waited for. They go on; what comes of them is told here, and never rejects. */
  readonly underWay: ReadonlyMap<T, Promise<AttemptedOrder>>;
  /** Destinations whose breakers it closed: what is held for them can go on. */
  readonly closed: readonly string[];
  /** The same of the destinations to which something is under way still, once all of that has ended. Never rejects. */
  readonly closedLater: Promise<readonly string[]>;
  /** Destinations whose gates did not answer. */
  readonly ungated: readonly string[];
}

/** Nothing is to be waited for. */
const over: Run = { waited: Promise.resolve(), ended: Promise.resolve() };

/** Makes one attempt for each order that may pass its destination's gate. Never rejects. */
export async function attemptBatch<T extends AttemptOrder>(
  orders: readonly T[],
  rules: BatchRules,
): Promise<BatchResult<T>> {
  const { env, secrets, budget, inSpan, patienceOf } = rules;
  // A gate that is asked for nothing would lend lanes and tokens for nothing.
  if (!budget.connections.areLeft()) return leftToRetries(orders);
  const batch = crypto.randomUUID();
  const underWay = new Map<T, Promise<AttemptedOrder>>();
  const { targets, passing, refused } = await askGates(orders, batch, rules);
  const results = new Map<T, OrderResult>(refused);
  const attemptRules = { lookup: lookupIn(env), secrets };
  budget.openGates(targets.size);
  const lanesOf = (id: string) => targets.get(id)?.answer.lanes ?? LANES_PER_DESTINATION;
  const attempt = async (order: T, target: Target): Promise<AttemptedOrder> => {
    const at = Date.now();
    const { event, destination, attempt } = order;
    const outcome = await inSpan(
      "delivery.attempt",
      () => attemptDelivery(order, attemptRules, at).catch(notSendable),
      { destination: destination.id, event: event.id, attempt, traceparent: event.traceparent },
    );
    const now = Date.now();
    const isAlert = isOfRelay(event.type);
    target.signs.push(signOf(outcome, isAlert && !target.answer.probe));
    const rest = holdRest(outcome, now, isAlert && !destination.events.every(isOfRelay));
    // That a destination is gone counts however late it says so: the batch may have left it to the retries before.
    target.stopped = rest?.reason === "paused" ? rest : (target.stopped ?? rest);
    return { kind: "attempted", outcome, at, ms: now - at, probe: target.answer.probe };
  };
  const unsent = await runInLanes(passing, budget.connections, lanesOf, (order) => {
    const target = targets.get(order.destination.id);
    if (target === undefined || target.stopped !== undefined || !budget.take()) {
      results.set(order, target?.stopped ?? handOver(Date.now()));
      return over;
    }
    const ended = attempt(order, target);
    const patience = patienceOf?.(order.destination);
    const waited = patience === undefined ? ended.then(resultOf) : withTimeLimit(ended, patience);
    const sorted = waited.then((limited) => {
      if (limited.ok) {
        results.set(order, limited.value);
        return;
      }
      budget.goOnBehind();
      underWay.set(order, ended);
      target.left.push(ended);
      target.stopped ??= handOver(Date.now());
    });
    return { waited: sorted, ended };
  });
  for (const order of unsent) {
    results.set(order, targets.get(order.destination.id)?.stopped ?? handOver(Date.now()));
  }
  const tell = async ([id, target]: [string, Target]) => conclude(env, batch, id, target);
  const all = [...targets];
  const later = all.filter(([, { left }]) => left.length > 0);
  const closedLater = Promise.all(later.map((one) => Promise.all(one[1].left).then(() => tell(one))));
  const closed = await Promise.all(all.filter((one) => !later.includes(one)).map(tell));
  const ungated = all.flatMap(([id, { answer }]) => (answer.state === "unanswered" ? id : []));
  return { results, underWay, closed: closed.flat(), closedLater: closedLater.then((ids) => ids.flat()), ungated };
}

function resultOf(value: AttemptedOrder) {
  return { ok: true, value } as const;
}

/** All of them are left to the retries. */
function leftToRetries<T>(orders: readonly T[]): BatchResult<T> {
  const held = handOver(Date.now());
  const none = { underWay: new Map<T, never>(), closed: [], closedLater: Promise.resolve([]), ungated: [] };
  return { ...none, results: new Map(orders.map((order) => [order, held])) };
}

/** What is left to the retries, untried. */
function handOver(now: number): Held {
  return { kind: "held", reason: "handed_over", next: now };
}

/** An order that nothing can be made of must not cost the others. */
function notSendable(): Outcome {
  return { kind: "failed", reason: "not_sendable" };
}
