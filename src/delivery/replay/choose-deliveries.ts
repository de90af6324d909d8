import type { Relay } from "../../config/load-relay.ts";
import type { FoundEvent } from "../../log/search/search.ts";
import type { Again } from "./replay.ts";

/** Which deliveries of an event are meant: those in a state, to a destination; all, unless it is said. */
export interface Meant {
  readonly state?: string | undefined;
  readonly destination?: string | undefined;
}

/** Where an event goes again: to the destination named, else to those of the deliveries meant that still exist. */
export function chooseDeliveries(
  { receipt, source, type, standings }: FoundEvent,
  meant: Meant,
  to: string | undefined,
  { destinations }: Relay,
): Again[] {
  const matching = standings
    .filter(({ state }) => meant.state === undefined || meant.state === state)
    .filter(({ destination }) => meant.destination === undefined || meant.destination === destination);
  const isMeant = matching.length > 0 || (meant.destination === undefined && standings.length === 0);
  const again = (destination: string): Again => ({ receipt, destination, source, type });
  if (to !== undefined) return isMeant ? [again(to)] : [];
  const exists = ({ destination }: { destination: string }) => destinations.some(({ id }) => id === destination);
  return matching.filter(exists).map(({ destination }) => again(destination));
}
