import { type Caller, isAtLeast } from "../../api/people/role.ts";
import type { Clock } from "../page/clock.ts";
import { Facts } from "../parts/facts.tsx";
import { Age } from "../parts/moment.tsx";
import type { LastLogin } from "./last-login.ts";
import { percent } from "./rate.ts";
import { Rate } from "./rate-of.tsx";
import type { Status } from "./told.ts";

interface Props {
  readonly status: Status;
  readonly login: LastLogin | undefined;
  readonly caller: Caller;
  readonly clock: Clock;
}

const MEGABYTE = 1_000_000;

/** The relay's own: what waits in it, whether it ticks, and the login desk. */
export function RelayPanel({ status: { log, logins }, login, caller, clock }: Props) {
  const desk = isAtLeast(caller, "supervisor") ? <a href="/dashboard/logins">Login desk</a> : "Login desk";
  return (
    <section class="relay">
      <h2>Relay</h2>
      <div class="relay-panel">
        <Facts
          of={[
            ["In the queue", log.queued],
            ["Spooled", log.spooled],
            ["Wait for the log", log.travelling],
            ["Cron", log.cron === null ? "has not run yet" : <Age at={log.cron} clock={clock} />],
            ["Today (UTC)", log.today],
            ["Database", log.readable ? `${(log.bytes / MEGABYTE).toFixed(1)} MB` : "cannot be read"],
          ]}
        />
        <h3>{desk}</h3>
        <p>
          <Rate number={logins.decided} since={logins.since} clock={clock} />
          {logins.decided === 0
            ? null
            : `; ${percent(logins.refused, logins.decided)} refused (${logins.refused} of ${logins.decided})`}
        </p>
        {login === undefined ? null : (
          <p class="note">
            The newest <Age at={login.at} clock={clock} />
            {login.mapAgeSeconds === undefined
              ? ", without a map"
              : `, by a map read ${Math.round(login.mapAgeSeconds)} s before`}
          </p>
        )}
      </div>
    </section>
  );
}
