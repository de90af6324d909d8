import type { Destination } from "../../config/load-relay.ts";
import { logLine } from "../../platform/log-line.ts";
import type { AttemptOrder } from "../attempt/attempt.ts";
import type { AdmissionRequest } from "../gate/admission.ts";
import { askGate, type GateAnswer, tellGate } from "../gate/ask-gate.ts";
import type { Sign } from "../gate/breaker.ts";
import { knownPauses } from "../gate/known-pauses.ts";
import { pauseDestination } from "../gate/pause.ts";
import { type AttemptedOrder, type Held, holdRefused } from "./held.ts";
import { LANES_PER_DESTINATION } from "./run-in-lanes.ts";

/** A destination of a batch: what its gate said, what its answers tell, and why nothing more is sent to it. */
export interface Target {
  readonly answer: GateAnswer;
  readonly signs: Sign[];
  stopped?: Held | undefined;
  /** What is under way to it, although nobody waits for that any more. */
  readonly left: Promise<AttemptedOrder>[];
}

/** Where the gates are, and what the orders for a destination are to its own. */
interface Asking {
  readonly env: Pick<Env, "GATE" | "LOG">;
  readonly as: (destination: Destination) => AdmissionRequest["as"];
}

/** What the gates of a batch said. */
interface Asked<T> {
  /** By the destination's id. */
  readonly targets: ReadonlyMap<string, Target>;
  readonly passing: readonly T[];
  readonly refused: ReadonlyMap<T, Held>;
}

/** Asks the gate of each destination once. Never rejects. */
export async function askGates<T extends AttemptOrder>(
  orders: readonly T[],
  batch: string,
  { env, as }: Asking,
): Promise<Asked<T>> {
  const targets = new Map<string, Target>();
  const passing: T[] = [];
  const refused = new Map<T, Held>();
  if (orders.length === 0) return { targets, passing, refused };
  const pauses = await knownPauses(env.LOG, Date.now());
  const asking = [...Map.groupBy(orders, ({ destination }) => destination)].map(async ([destination, group]) => {
    const timeoutMs = Math.max(...group.map((order) => order.timeoutMs));
    const asked = { batch, wanted: group.length, lanes: LANES_PER_DESTINATION, timeoutMs, as: as(destination) };
    const answer = await askGate(env.GATE, destination, asked, pauses);
    targets.set(destination.id, { answer, signs: [], left: [] });
    passing.push(...group.slice(0, answer.admitted));
    const now = Date.now();
    group.slice(answer.admitted).forEach((order, place) => {
      refused.set(order, holdRefused(answer, place, now));
    });
  });
  await Promise.all(asking);
  return { targets, passing, refused };
}

/**
 * Tells the gate what it needs to know, and pauses a destination that is gone; its id, if its breaker was closed. Never
 * rejects.
 */
export async function conclude(
  env: Env,
  batch: string,
  id: string,
  { answer, signs, stopped }: Target,
): Promise<string[]> {
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
