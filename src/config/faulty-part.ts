import type { Fault } from "./documents/parse.ts";

/** Why the deliveries of a destination wait: the part of its configuration that is faulty. */
export type FaultyPart = `faulty_${string}`;

/** An item that is left out of one of these lists wants less, so that the rest of the destination is as it was meant. */
const NARROWED = ["events", "sources"];

/**
 * The part for whose faults a destination is held: what is sent, and where to, must not be guessed. A mask comes first.
 * Undefined when it can be delivered to.
 */
export function faultyPart(id: string, faults: readonly Fault[]): FaultyPart | undefined {
  const found = faults.flatMap(({ path }): FaultyPart[] => {
    const [list, owner, part, item] = path.split(".");
    if (list !== "destinations" || (owner !== undefined && owner !== id)) return [];
    const narrower = part !== undefined && item !== undefined && NARROWED.includes(part);
    return narrower ? [] : [`faulty_${part ?? "destination"}`];
  });
  return found.includes("faulty_mask") ? "faulty_mask" : found[0];
}
