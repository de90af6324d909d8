/** How much of the outside may be in use at once: a Worker has six connections, and one slow receiver must not hold all. */
const MAX_IN_FLIGHT = 5;
export const LANES_PER_DESTINATION = 2;

/**
 * Runs one piece of work per order, few at a time, and few at a time for each destination.
 * @param lanesOf how many at a time for a destination, by its id; at least one
 */
export async function runInLanes<T extends { readonly destination: { readonly id: string } }>(
  orders: readonly T[],
  lanesOf: (id: string) => number,
  work: (order: T) => Promise<void>,
): Promise<void> {
  const queue = [...orders];
  const busy = new Map<string, number>();
  const running = new Set<Promise<void>>();
  const isFree = (id: string) => (busy.get(id) ?? 0) < lanesOf(id);
  while (queue.length > 0 || running.size > 0) {
    const index = running.size < MAX_IN_FLIGHT ? queue.findIndex(({ destination }) => isFree(destination.id)) : -1;
    const [order] = index < 0 ? [] : queue.splice(index, 1);
    if (order === undefined) {
      await Promise.race(running);
      continue;
    }
    const { id } = order.destination;
    busy.set(id, (busy.get(id) ?? 0) + 1);
    const run: Promise<void> = work(order).finally(() => {
      running.delete(run);
      busy.set(id, (busy.get(id) ?? 1) - 1);
    });
    running.add(run);
  }
}
