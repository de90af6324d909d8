import type { Destination } from "../../config/load-relay.ts";
import type { HookEvent } from "../../events/envelope.ts";
import type { FirstResult } from "../../intake/message.ts";
import type { EndReason } from "../../log/reasons.ts";
import { logLine } from "../../platform/log-line.ts";
import type { Trip } from "../batch/trip.ts";
import { type FirstAttempts, type FirstOrder, makeFirstAttempts } from "./first-attempts.ts";
import { mayWant, wants } from "./match.ts";
import type { ReadOne } from "./read-webhooks.ts";

/** A webhook whose event was attempted, with the results by destination. */
export interface AttemptedOne extends ReadOne {
  readonly results: Readonly<Record<string, FirstResult>>;
}

/** The same of several. */
export interface AttemptedAll extends Omit<FirstAttempts, "results"> {
  readonly attempted: readonly AttemptedOne[];
}

/** Sends each event to every destination that wants it, unless an earlier run of its message did so already. */
export async function attemptWebhooks(
  own: readonly ReadOne[],
  { env, relay, budget, inSpan }: Trip,
): Promise<AttemptedAll> {
  const orders: FirstOrder[] = [];
  const unmatched = new Map<string, [string, FirstResult][]>();
  for (const { message, event } of own) {
    const { receipt, source, receivedAt, results } = message;
    if (results !== undefined) continue;
    for (const destination of mayWant(relay.destinations, event)) {
      const wanted = isWanted(destination, event);
      if (wanted === true) orders.push({ event, receipt, source, destination, receivedAt });
      if (wanted !== "not_matched") continue;
      unmatched.set(receipt, [...(unmatched.get(receipt) ?? []), [destination.id, neverMatched(receipt, destination)]]);
    }
  }
  const { results: made, ...rest } = await makeFirstAttempts(orders, {
    env,
    secrets: relay.secrets,
    budget,
    inSpan,
  });
  const attempted = own.map((one): AttemptedOne => {
    const { message } = one;
    const results = orders.flatMap((order) => {
      const result = order.receipt === message.receipt ? made.get(order) : undefined;
      return result === undefined ? [] : [[order.destination.id, result] as const];
    });
    const all = [...results, ...(unmatched.get(message.receipt) ?? [])];
    return { ...one, results: message.results ?? Object.fromEntries(all) };
  });
  return { ...rest, attempted };
}

/** A destination whose conditions cannot be judged gets a dead letter, and the others their events. */
function isWanted(destination: Destination, event: HookEvent): boolean | "not_matched" {
  try {
    return wants(destination, event);
  } catch {
    return "not_matched";
  }
}

function neverMatched(receipt: string, { id: destination }: Destination): FirstResult {
  const reason: EndReason = "not_matched";
  logLine("error", "delivery.attempted", { receipt, destination, attempt: 0, state: "dead", reason });
  return { state: "dead", attempt: 0, at: Date.now(), ms: 0, reason };
}
