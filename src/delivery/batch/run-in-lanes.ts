import type { Connections } from "./connections.ts";

export const LANES_PER_DESTINATION = 2;

/** A piece of work under way. Neither promise rejects. */
export interface Run {
  /** It has ended, or nobody waits for it any more. */
  readonly waited: Promise<unknown>;
  /** It has ended: its connection is free. */
  readonly ended: Promise<unknown>;
}

/**
 * Runs one piece of work per order, few at a time, and few at a time for each destination.
 * @param connections of the invocation, each in use until its work has ended
 * @param lanesOf how many at a time for a destination, by its id; at least one
 * @returns the orders for which there was no room: what nobody waits for any more had all of it
 */
export async function runInLanes<T extends { readonly destination: { readonly id: string } }>(
  orders: readonly T[],
  connections: Connections,
  lanesOf: (id: string) => number,
  work: (order: T) => Run,
): Promise<readonly T[]> {
  const queue = [...orders];
  const busy = new Map<string, number>();
  const waiting = new Set<Promise<void>>();
  const isFree = (id: string) => (busy.get(id) ?? 0) < lanesOf(id);
  while (queue.length > 0 || waiting.size > 0) {
    const index = connections.areLeft() ? queue.findIndex(({ destination }) => isFree(destination.id)) : -1;
    const [order] = index < 0 ? [] : queue.splice(index, 1);
    if (order === undefined) {
      if (waiting.size === 0) break;
      await Promise.race(waiting);
      continue;
    }
    const { id } = order.destination;
    busy.set(id, (busy.get(id) ?? 0) + 1);
    const { waited, ended } = work(order);
    connections.use(ended);
    const run: Promise<void> = waited.then(() => {
      waiting.delete(run);
      busy.set(id, (busy.get(id) ?? 1) - 1);
    });
    waiting.add(run);
  }
  return queue;
}
