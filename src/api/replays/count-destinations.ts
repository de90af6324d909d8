import type { Again } from "../../delivery/replay/replay.ts";

/** How many deliveries each destination gets. */
export function countDestinations(again: readonly Again[]): Record<string, number> {
  const groups = Map.groupBy(again, ({ destination }) => destination);
  return Object.fromEntries([...groups].map(([destination, deliveries]) => [destination, deliveries.length]));
}
