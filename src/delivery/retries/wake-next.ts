import { type OrderResult, signOf, waitsForRelease } from "../batch/held.ts";
import { callProbes, sendWakeUps } from "../wake-up.ts";
import type { Recorded } from "./progress.ts";
import type { CalledRows, Live } from "./read-due.ts";
import { release, releaseAll } from "./release.ts";

/** What came of a batch of wake-ups. */
export interface AttemptedBatch {
  readonly progress: readonly Recorded[];
  readonly attempted: readonly (Live & { readonly result: OrderResult })[];
  readonly called: CalledRows;
  /** Destinations whose breakers it closed. */
  readonly closed: readonly string[];
}

/** Sends the wake-ups that follow from a batch, and lets held deliveries go on where they can. Never rejects. */
export async function wakeNext(env: Env, { progress, attempted, called, closed }: AttemptedBatch): Promise<void> {
  await sendWakeUps(env.RETRIES, progress.flatMap(toWakeUp), Date.now());
  const well = new Set([...closed, ...attempted.filter(showsWell).map(({ destination }) => destination.id)]);
  const drawn = Map.groupBy(attempted.filter(wasHeld), ({ destination }) => destination.id);
  await Promise.all([
    ...[...well].map((destination) => releaseAll(env, destination)),
    ...[...drawn].filter(([id]) => !well.has(id)).map(([id, delivered]) => release(env, id, delivered.length)),
  ]);
  const chosen = new Set(attempted.flatMap(({ chosen, destination }) => (chosen ? destination.id : [])));
  const exhausted = [...called.held].filter(([id, held]) => held.length > 0 && !chosen.has(id));
  await callProbes(
    env.RETRIES,
    exhausted.map(([id]) => id),
  );
}

/** The chosen delivery passed and was answered: so can those behind it. 410 pauses the destination. */
function showsWell({ chosen, result }: { chosen: boolean; result: OrderResult }): boolean {
  if (!chosen || result.kind === "held" || result.outcome.kind === "failed") return false;
  return signOf(result.outcome) === "good" && result.outcome.status !== 410;
}

/** One that was held and is delivered now draws the next: so many are under way as the destination can take. */
function wasHeld({ delivery, result }: { delivery: Live["delivery"]; result: OrderResult }): boolean {
  return waitsForRelease(delivery.reason) && result.kind === "attempted" && signOf(result.outcome) === "good";
}

function toWakeUp({ receipt, destination, run, attempt, state, next }: Recorded) {
  return state === "waiting" && next !== null ? [{ receipt, destination, run, attempt, next }] : [];
}
