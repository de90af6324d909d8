import type { Destination } from "../../config/load-relay.ts";
import { logLine } from "../../platform/log-line.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { type AttemptOrder, attemptDelivery } from "../attempt/attempt.ts";
import type { Outcome } from "../attempt/next-step.ts";
import type { Asked } from "../gate/admission.ts";
import { type Answer, askGate, tellGate } from "../gate/ask-gate.ts";
import type { Sign } from "../gate/breaker.ts";
import { knownPauses } from "../gate/known-pauses.ts";
import { pauseDestination } from "../gate/pause.ts";
import { type Came, type Held, holdRefused, holdRest, signOf } from "./held.ts";
import type { RequestBudget } from "./request-budget.ts";
import { LANES_PER_DESTINATION, runInLanes } from "./run-in-lanes.ts";

/** How a round is made. */
export interface RoundRules {
  readonly env: Env;
  /** Values that may not be kept. */
  readonly secrets: ReadonlySet<string>;
  readonly budget: RequestBudget;
  /** What the orders for a destination are to its gate. */
  readonly as: (destination: Destination) => Asked["as"];
}

/** What came of each order. */
export interface Round<T> {
  readonly came: ReadonlyMap<T, Came>;
  /** Destinations whose breakers it closed: what is held for them can go on. */
  readonly closed: readonly string[];
  /** Destinations whose gates did not answer. */
  readonly ungated: readonly string[];
}

/** A destination in a round: what its gate said, what its answers tell, and why nothing more is sent to it. */
interface Party {
  readonly answer: Answer;
  readonly signs: Sign[];
  stopped?: Held | undefined;
}

/** Makes one attempt for each order that may pass its destination's gate. Never rejects. */
export async function makeRound<T extends AttemptOrder>(orders: readonly T[], rules: RoundRules): Promise<Round<T>> {
  const { env, secrets, budget } = rules;
  const batch = crypto.randomUUID();
  const came = new Map<T, Came>();
  const { parties, passing } = await askGates(orders, batch, rules, came);
  const surroundings = { lookup: lookupIn(env), secrets };
  budget.openGates(parties.size);
  const lanesOf = (id: string) => parties.get(id)?.answer.lanes ?? LANES_PER_DESTINATION;
  await runInLanes(passing, lanesOf, async (order) => {
    const party = parties.get(order.destination.id);
    const at = Date.now();
    if (party === undefined || party.stopped !== undefined || !budget.take()) {
      came.set(order, party?.stopped ?? { kind: "held", reason: "handed_over", next: at });
      return;
    }
    const outcome = await attemptDelivery(order, surroundings, at).catch(notSendable);
    const now = Date.now();
    came.set(order, { kind: "attempted", outcome, at, ms: now - at, probe: party.answer.probe });
    party.signs.push(signOf(outcome));
    party.stopped ??= holdRest(outcome, now);
  });
  const closed = await Promise.all([...parties].map(([id, party]) => conclude(env, batch, id, party)));
  const ungated = [...parties].flatMap(([id, { answer }]) => (answer.state === "unanswered" ? id : []));
  return { came, closed: closed.flat(), ungated };
}

/** An order that nothing can be made of must not cost the others. */
function notSendable(): Outcome {
  return { kind: "failed", reason: "not_sendable" };
}

async function askGates<T extends AttemptOrder>(
  orders: readonly T[],
  batch: string,
  { env, as }: RoundRules,
  came: Map<T, Came>,
): Promise<{ parties: Map<string, Party>; passing: T[] }> {
  const parties = new Map<string, Party>();
  const passing: T[] = [];
  if (orders.length === 0) return { parties, passing };
  const pauses = await knownPauses(env.LOG, Date.now());
  const asking = [...Map.groupBy(orders, ({ destination }) => destination)].map(async ([destination, group]) => {
    const timeoutMs = Math.max(...group.map((order) => order.timeoutMs));
    const asked = { batch, wanted: group.length, lanes: LANES_PER_DESTINATION, timeoutMs, as: as(destination) };
    const answer = await askGate(env.GATE, destination, asked, pauses);
    parties.set(destination.id, { answer, signs: [] });
    passing.push(...group.slice(0, answer.admitted));
    const now = Date.now();
    group.slice(answer.admitted).forEach((order, place) => {
      came.set(order, holdRefused(answer, place, now));
    });
  });
  await Promise.all(asking);
  return { parties, passing };
}

/** Tells the gate what it needs to know, and pauses a destination that is gone; its id, if its breaker was closed. */
async function conclude(env: Env, batch: string, id: string, { answer, signs, stopped }: Party): Promise<string[]> {
  const gone = stopped?.reason === "paused";
  if (gone) {
    await pauseDestination(env, id, "status_410").catch(() =>
      logLine("error", "destination.not_paused", { destination: id, reason: "status_410" }),
    );
  }
  const silent = answer.state !== "answered" || answer.admitted === 0;
  if (silent || (answer.carefree && !signs.includes("bad"))) return [];
  const closed = await tellGate(env.GATE, id, { batch, probe: answer.probe, signs });
  return closed && !gone ? [id] : [];
}
