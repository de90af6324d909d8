import type { AskedReplay } from "../../log/replays/replay.ts";
import type { Meant } from "./choose-deliveries.ts";

/** Which deliveries of the events that it finds a replay means. */
export function meantBy({ filter: { state, destination } }: AskedReplay): Meant {
  return { destination, state: state === "unrouted" ? undefined : state };
}
