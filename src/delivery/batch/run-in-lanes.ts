/** How much of the outside may be in use at once: a Worker has six connections, and one slow receiver must not hold all. */
const MAX_IN_FLIGHT = 5;
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
 * @param lanesOf how many at a time for a destination, by its id; at least one
 * @returns the orders for which there was no room: what nobody waits for any more had all of it
 */
export async function runInLanes<T extends { readonly destination: { readonly id: string } }>(
  orders: readonly T[],
  lanesOf: (id: string) => number,
  work: (order: T) => Run,
): Promise<readonly T[]> {
  const queue = [...orders];
  const busy = new Map<string, number>();
  const waiting = new Set<Promise<void>>();
  let inFlight = 0;
  const isFree = (id: string) => (busy.get(id) ?? 0) < lanesOf(id);
  while (queue.length > 0 || waiting.size > 0) {
    const index = inFlight < MAX_IN_FLIGHT ? queue.findIndex(({ destination }) => isFree(destination.id)) : -1;
    const [order] = index < 0 ? [] : queue.splice(index, 1);
    if (order === undefined) {
      if (waiting.size === 0) break;
      await Promise.race(waiting);
      continue;
    }
    const { id } = order.destination;
    busy.set(id, (busy.get(id) ?? 0) + 1);
    inFlight += 1;
    const { waited, ended } = work(order);
    void ended.then(() => {
      inFlight -= 1;
    });
    const run: Promise<void> = waited.then(() => {
      waiting.delete(run);
      busy.set(id, (busy.get(id) ?? 1) - 1);
    });
    waiting.add(run);
  }
  return queue;
}
