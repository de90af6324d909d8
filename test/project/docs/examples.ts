import type { HookEvent } from "../../../src/events/envelope.ts";
import { type EventType, eventTypes, relayTypes } from "../../../src/events/types.ts";
import { noticeOf } from "./notices.ts";
import { type Pair, quirkOf } from "./pairs.ts";

/** One event of each type, as a destination gets it that asks for nothing special. */
export function examplesOf(pairs: readonly Pair[]): { readonly type: EventType; readonly event: HookEvent }[] {
  return eventTypes.map((type) => {
    const own = relayTypes.find((one) => one === type);
    if (own !== undefined) return { type, event: asDelivered(noticeOf(own)) };
    const best = plainest(pairs.filter(({ event }) => event.type === type));
    if (best === undefined) throw new Error(`no fixture becomes ${type}`);
    return { type, event: asDelivered(best.event) };
  });
}

/** The pair that makes the best example; of several the first. */
export function plainest(pairs: readonly Pair[]): Pair | undefined {
  return pairs.toSorted((a, b) => oddity(a) - oddity(b))[0];
}

function asDelivered(event: HookEvent): HookEvent {
  const { raw: _, ...data } = event.data;
  return event.type === "vendor.unknown" ? event : { ...event, data };
}

/** What makes an event a poor example: what it is about is missing, or its webhook was peculiar. */
function oddity(pair: Pair): number {
  const { type, vendorevent, data } = pair.event;
  const warnings = Array.isArray(data.warnings) ? data.warnings : [];
  // Every date of uContact is rebuilt.
  const remarks = warnings.filter((warning) => warning !== "time_rebuilt");
  const pointless =
    (type === "login.decided" && data.login === undefined) ||
    (type === "vendor.unknown" && (vendorevent === "unknown" || !warnings.includes("unknown_kind")));
  return (pointless ? 8 : 0) + 2 * remarks.length + (quirkOf(pair) === undefined ? 0 : 1);
}
