import type { Caller } from "../../api/people/role.ts";
import type { Clock } from "../page/clock.ts";
import { DestinationLane } from "./destination-lane.tsx";
import type { LastLogin } from "./last-login.ts";
import { Since } from "./rate-of.tsx";
import { RelayPanel } from "./relay-panel.tsx";
import { SourceLane } from "./source-lane.tsx";
import type { Series, Status } from "./told.ts";

interface Props {
  readonly status: Status;
  readonly series: Series | undefined;
  readonly login: LastLogin | undefined;
  readonly caller: Caller;
  readonly clock: Clock;
}

/** The way of the webhooks as one picture: where they come from, what waits here, where they go. */
export function Lanes({ status, series, login, caller, clock }: Props) {
  const { sources, destinations } = status;
  return (
    <div class="lanes">
      <section>
        <h2>
          Sources <Since since={status.logins.since} clock={clock} />
        </h2>
        <ul>
          {sources.map((source) => (
            <SourceLane source={source} status={status} series={series} clock={clock} />
          ))}
        </ul>
        {sources.length === 0 ? <p class="note">None is configured: nothing can come in.</p> : null}
      </section>
      <RelayPanel status={status} login={login} caller={caller} clock={clock} />
      <section>
        <h2>
          Destinations <Since since={status.logins.since} clock={clock} />
        </h2>
        <ul>
          {destinations.map((destination) => (
            <DestinationLane destination={destination} since={status.logins.since} clock={clock} />
          ))}
        </ul>
        {destinations.length === 0 ? <p class="note">None is configured: events are kept, and go nowhere.</p> : null}
      </section>
    </div>
  );
}
