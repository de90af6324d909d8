import type { Destination } from "../../config/load-relay.ts";
import { isOfRelay } from "../../events/types.ts";
import type { InSpan } from "../../platform/in-span.ts";
import { logLine } from "../../platform/log-line.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { type AttemptOrder, attemptDelivery } from "../attempt/attempt.ts";
import type { Outcome } from "../attempt/outcome.ts";
import type { AdmissionRequest } from "../gate/admission.ts";
import { askGate, type GateAnswer, tellGate } from "../gate/ask-gate.ts";
import type { Sign } from "../gate/breaker.ts";
import { knownPauses } from "../gate/known-pauses.ts";
import { pauseDestination } from "../gate/pause.ts";
import { type Held, holdRefused, holdRest, type OrderResult, signOf } from "./held.ts";
import type { RequestBudget } from "./request-budget.ts";
import { LANES_PER_DESTINATION, runInLanes } from "./run-in-lanes.ts";

/** How a batch is attempted. */
export interface BatchRules {
  readonly env: Env;
  /** Values that may not be kept. */
  readonly secrets: ReadonlySet<string>;
  readonly budget: RequestBudget;
  readonly inSpan: InSpan;
  /** What the orders for a destination are to its gate. */
  readonly as: (destination: Destination) => AdmissionRequest["as"];
}

/** What came of each order. */
export interface BatchResult<T> {
  readonly results: ReadonlyMap<T, OrderResult>;
  /** Destinations whose breakers it closed: what is held for them can go on. */
  readonly closed: readonly string[];
  /** Destinations whose gates did not answer. */
  readonly ungated: readonly string[];
}

/** A destination of a batch: what its gate said, what its answers tell, and why nothing more is sent to it. */
interface Target {
  readonly answer: GateAnswer;
  readonly signs: Sign[];
  stopped?: Held | undefined;
}

/** Makes one attempt for each order that may pass its destination's gate. Never rejects. */
export async function attemptBatch<T extends AttemptOrder>(
  orders: readonly T[],
  rules: BatchRules,
): Promise<BatchResult<T>> {
  const { env, secrets, budget, inSpan } = rules;
  const batch = crypto.randomUUID();
  const results = new Map<T, OrderResult>();
  const { targets, passing } = await askGates(orders, batch, rules, results);
  const attemptRules = { lookup: lookupIn(env), secrets };
  budget.openGates(targets.size);
  const lanesOf = (id: string) => targets.get(id)?.answer.lanes ?? LANES_PER_DESTINATION;
  await runInLanes(passing, lanesOf, async (order) => {
    const target = targets.get(order.destination.id);
    const at = Date.now();
    if (target === undefined || target.stopped !== undefined || !budget.take()) {
      results.set(order, target?.stopped ?? { kind: "held", reason: "handed_over", next: at });
      return;
    }
    const { event, destination, attempt } = order;
    const outcome = await inSpan(
      "delivery.attempt",
      () => attemptDelivery(order, attemptRules, at).catch(notSendable),
      { destination: destination.id, event: event.id, attempt, traceparent: event.traceparent },
    );
    const now = Date.now();
    results.set(order, { kind: "attempted", outcome, at, ms: now - at, probe: target.answer.probe });
    const isAlert = isOfRelay(event.type);
    target.signs.push(signOf(outcome, isAlert && !target.answer.probe));
    target.stopped ??= holdRest(outcome, now, isAlert && !destination.events.every(isOfRelay));
  });
  const closed = await Promise.all([...targets].map(([id, target]) => conclude(env, batch, id, target)));
  const ungated = [...targets].flatMap(([id, { answer }]) => (answer.state === "unanswered" ? id : []));
  return { results, closed: closed.flat(), ungated };
}

/** An order that nothing can be made of must not cost the others. */
function notSendable(): Outcome {
  return { kind: "failed", reason: "not_sendable" };
}

async function askGates<T extends AttemptOrder>(
  orders: readonly T[],
  batch: string,
  { env, as }: BatchRules,
  results: Map<T, OrderResult>,
): Promise<{ targets: Map<string, Target>; passing: T[] }> {
  const targets = new Map<string, Target>();
  const passing: T[] = [];
  if (orders.length === 0) return { targets, passing };
  const pauses = await knownPauses(env.LOG, Date.now());
  const asking = [...Map.groupBy(orders, ({ destination }) => destination)].map(async ([destination, group]) => {
    const timeoutMs = Math.max(...group.map((order) => order.timeoutMs));
    const asked = { batch, wanted: group.length, lanes: LANES_PER_DESTINATION, timeoutMs, as: as(destination) };
    const answer = await askGate(env.GATE, destination, asked, pauses);
    targets.set(destination.id, { answer, signs: [] });
    passing.push(...group.slice(0, answer.admitted));
    const now = Date.now();
    group.slice(answer.admitted).forEach((order, place) => {
      results.set(order, holdRefused(answer, place, now));
    });
  });
  await Promise.all(asking);
  return { targets, passing };
}

/** Tells the gate what it needs to know, and pauses a destination that is gone; its id, if its breaker was closed. */
async function conclude(env: Env, batch: string, id: string, { answer, signs, stopped }: Target): Promise<string[]> {
  const gone = stopped?.reason === "paused";
  if (gone) {
    await pauseDestination(env, id, "status_410").catch(() =>
      logLine("error", "destination.not_paused", { destination: id, reason: "status_410" }),
    );
  }
  const silent = answer.state !== "answered" || answer.admitted === 0;
  if (silent || (answer.reportOptional && !signs.includes("bad"))) return [];
  const closed = await tellGate(env.GATE, id, { batch, probe: answer.probe, signs });
  return closed && !gone ? [id] : [];
}
