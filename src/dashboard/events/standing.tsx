import { State } from "../parts/state.tsx";
import type { ListedEvent } from "./told.ts";

type Standing = Pick<ListedEvent, "states" | "undelivered">;

/** The state of an event: that of its delivery which needs somebody most. */
export function stateOf({ states }: Pick<Standing, "states">): string {
  const { dead, expired, waiting, delivered } = states;
  if (dead > 0) return "dead";
  if (expired > 0) return "expired";
  if (waiting > 0) return "waiting";
  return delivered > 0 ? "delivered" : "unrouted";
}

/** How many destinations have an event, and which do not. */
export function Destinations({ states, undelivered }: Standing) {
  if (states.delivered + undelivered.length === 0) return <span class="none">nobody wanted it</span>;
  return (
    <span class="standing">
      {states.delivered === 0 ? null : <State of="delivered" word={`${states.delivered} ok`} />}
      {undelivered.map(({ destination, state, reason }) => (
        <span>
          {destination} <State of={state} word={reason === null ? state : `${state} (${reason})`} />
        </span>
      ))}
    </span>
  );
}
