import { address, pagePath } from "../parts/address.ts";
import { Commands } from "../parts/commands.tsx";
import type { WholeEvent } from "./told.ts";

interface Props {
  readonly told: WholeEvent;
  readonly origin: string;
}

/** Delivers one event again, to all or to one of its destinations. */
export function ReplayForm({ told: { event, deliveries }, origin }: Props) {
  const destinations = [...new Set(deliveries.map(({ destination }) => destination))];
  return (
    <section class="panel">
      <h3>Replay</h3>
      <p class="note">The same bytes under the same id: a receiver that has it already can tell.</p>
      <form method="post" action={address(pagePath("events", event.id, "replay"))} class="filters">
        <label>
          To
          <select name="destination">
            <option value="">
              {destinations.length === 0 ? "whoever wants it today" : "all that were due to get it"}
            </option>
            {destinations.map((id) => (
              <option value={id}>{id}</option>
            ))}
          </select>
        </label>
        <label>
          Why
          <input name="reason" maxlength={500} placeholder="kept with your name" size={28} />
        </label>
        <button type="submit" data-key="r">
          Replay
        </button>
      </form>
      <Commands
        id="replay"
        origin={origin}
        method="POST"
        path={`/api/events/${encodeURIComponent(event.id)}/replay`}
        body={{}}
        command={["replay", event.id]}
      />
    </section>
  );
}
