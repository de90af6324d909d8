import type { WaitingDelivery } from "../../log/deliveries/deliveries.ts";
import type { UnderWayReason } from "../../log/reasons.ts";
import { logLine } from "../../platform/log-line.ts";
import { progressOf } from "../retries/progress.ts";
import { recordAttempts } from "../retries/record.ts";
import { wakeNext } from "../retries/wake-next.ts";
import { endOf, type FirstOrder, type UnderWay } from "./first-attempts.ts";
import type { SettlementPart } from "./settle-webhooks.ts";

export const UNDER_WAY: UnderWayReason = "under_way";

/** What every wake-up that follows from no batch of wake-ups has in common. */
const nobody = { attempted: [], called: { woken: [], held: new Map() } } as const;

/** Attempts under way, by what is known of their rows. */
export interface Leased {
  /** The log has written them down. */
  readonly kept: readonly UnderWay[];
  /** It did not say so, but may have done it: its answer was lost, or came too late. */
  readonly unsure: readonly UnderWay[];
}

/**
 * Records what comes of attempts, each when it ends, as that of a retry is: their rows wait for it until then. Lets what
 * is held go on where they show that a destination is well again. Never rejects.
 */
export async function recordEnds(
  { kept, unsure }: Leased,
  closedLater: Promise<readonly string[]>,
  env: Env,
): Promise<void> {
  const release = async () => wakeNext(env, { ...nobody, progress: [], closed: await closedLater });
  await Promise.all([
    ...kept.map((one) => recordEnd(one, env, true)),
    ...unsure.map((one) => recordEnd(one, env, false)),
    release(),
  ]);
}

async function recordEnd({ order, ended }: UnderWay, env: Env, isKept: boolean): Promise<void> {
  const { destination, receipt } = order;
  const progress = progressOf({ delivery: waitingFor(order), destination, chosen: false }, await ended);
  if (progress === undefined) return;
  const { recorded, changed } = await recordAttempts([progress], env.LOG);
  if (isKept && recorded.length > 0 && changed === 0) {
    // Somebody has made the attempt again, and what came of that counts.
    logLine("warn", "delivery.overtaken", { receipt, destination: destination.id, state: progress.state });
  }
  if (changed > 0) await wakeNext(env, { ...nobody, progress: recorded, closed: [] });
}

/** The row of a delivery whose first attempt is under way. */
function waitingFor({ receipt, source, destination, event, receivedAt }: FirstOrder): WaitingDelivery {
  const row = { run: 0, attempt: 0, next: null, reason: UNDER_WAY, size: 0 };
  return { ...row, receipt, source, destination: destination.id, type: event.type, since: receivedAt };
}

/**
 * A webhook that the log has not taken down, with what came of its attempts: it travels on with their ends, so that
 * nothing is sent again. Never rejects.
 */
export async function withEnds(part: SettlementPart, underWay: readonly UnderWay[]): Promise<SettlementPart> {
  const own = underWay.filter(({ order }) => order.receipt === part.receipt);
  if (own.length === 0) return part;
  const ends = await Promise.all(
    own.map(async ({ order, ended }) => [order.destination.id, endOf(order, await ended)] as const),
  );
  return { ...part, results: { ...part.results, ...Object.fromEntries(ends) } };
}
