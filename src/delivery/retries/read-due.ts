import type { Destination, Relay } from "../../config/load-relay.ts";
import type { DeliveryKey, WaitingDelivery } from "../../log/deliveries/deliveries.ts";
import { readHeld } from "../../log/deliveries/held.ts";
import { readWaiting } from "../../log/deliveries/waiting.ts";
import type { EndReason } from "../../log/reasons.ts";
import { isExpired } from "../attempt/next-step.ts";
import type { ProbeCall, WakeUp } from "../wake-up.ts";

/** What messages call for. */
export interface Calls {
  readonly wakeUps: readonly WakeUp[];
  /** Destinations to be probed. */
  readonly probes: readonly string[];
}

/** The rows that they are about. */
export interface CalledRows {
  readonly woken: readonly WaitingDelivery[];
  /** The held deliveries by destination, the next to be probed first. */
  readonly held: ReadonlyMap<string, readonly WaitingDelivery[]>;
}

/** A delivery that may be attempted. */
export interface Live {
  readonly delivery: WaitingDelivery;
  readonly destination: Destination;
  /** It was chosen to probe its destination. */
  readonly chosen: boolean;
}

/** A delivery that is given up without an attempt. `consumer_ended`: whoever attempted it ended, again and again. */
export interface GivenUp {
  readonly delivery: WaitingDelivery;
  readonly state: "dead" | "expired";
  readonly reason: EndReason;
}

/** Held deliveries that one call looks at: those that are past their use are settled on the way. */
const MAX_HELD = 100;

/** What messages call for; what says the same as another is passed over. */
export function sortCalls(calls: readonly (WakeUp | ProbeCall)[]): Calls {
  const wakeUps = calls.flatMap((call) => ("probe" in call ? [] : call));
  const probes = calls.flatMap((call) => ("probe" in call ? call.probe : []));
  const different = new Map(wakeUps.map((one) => [`${keyOf(one)} ${one.attempt}`, one]));
  return { wakeUps: [...different.values()], probes: [...new Set(probes)] };
}

/** Reads the rows that are called. Rejects when the log cannot be read. */
export async function readCalled(log: D1Database, { wakeUps, probes }: Calls): Promise<CalledRows> {
  const [woken, ...held] = await Promise.all([
    wakeUps.length === 0 ? [] : readWaiting(log, wakeUps),
    ...probes.map((destination) => readHeld(log, destination, MAX_HELD)),
  ]);
  return { woken, held: new Map(probes.map((destination, place) => [destination, held[place] ?? []])) };
}

/** Sorts out what is given up. Of the held ones of a destination only the first that is of use goes on, as a probe. */
export function sortOut({ woken, held }: CalledRows, relay: Relay, now: number): { live: Live[]; givenUp: GivenUp[] } {
  const live: Live[] = [];
  const givenUp: GivenUp[] = [];
  const place = (delivery: WaitingDelivery, chosen: boolean) => {
    const destination = relay.destinations.find(({ id }) => id === delivery.destination);
    if (destination === undefined) givenUp.push({ delivery, state: "dead", reason: "destination_removed" });
    else if (isExpired(destination.expireAfter, delivery.type, delivery.since, now)) {
      givenUp.push({ delivery, state: "expired", reason: "expired" });
    } else live.push({ delivery, destination, chosen });
  };
  for (const deliveries of held.values()) {
    for (const delivery of deliveries) {
      const before = live.length;
      place(delivery, true);
      if (live.length > before) break;
    }
  }
  const chosen = new Set([...live, ...givenUp].map(({ delivery }) => keyOf(delivery)));
  for (const delivery of woken) if (!chosen.has(keyOf(delivery))) place(delivery, false);
  return { live, givenUp };
}

function keyOf({ receipt, destination, run }: DeliveryKey): string {
  return [receipt, destination, run].join(" ");
}
