import { type Clock, span } from "../page/clock.ts";
import { pagePath } from "../parts/address.ts";
import { Age } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { usualPerHour } from "./hours.ts";
import { Rate } from "./rate-of.tsx";
import type { Series, SourceStatus, Status } from "./told.ts";

interface Props {
  readonly source: SourceStatus;
  readonly status: Status;
  readonly series: Series | undefined;
  readonly clock: Clock;
}

/** One source: how much comes from it, when the last came, what is wrong. */
export function SourceLane({ source, status, series, clock }: Props) {
  const { id, vendor, last, lately } = source;
  const isSilent = status.items.some(({ kind, subject }) => kind === "source_silent" && subject === id);
  const came = lately.webhooks + lately.logins;
  return (
    <li class={`lane from ${isSilent ? "bad" : came === 0 ? "idle" : "flows"}`}>
      <span class="lane-name">
        <a href={pagePath("sources", id)}>{id}</a> <span class="note">{vendor}</span>
      </span>
      <Rate number={came} since={status.logins.since} clock={clock} />
      <span class="lane-facts">
        {isSilent ? (
          <State of="silent" tone="bad" word={silence(source, series, clock)} />
        ) : (
          <span>
            last <Age at={last} clock={clock} />
          </span>
        )}
        {lately.refused === 0 ? null : (
          <a href={`/dashboard/refused?${new URLSearchParams({ source: id })}`}>
            <State of="refused" word={`${lately.refused} refused`} />
          </a>
        )}
      </span>
    </li>
  );
}

/** `nothing for 43 min; else 2 a minute`: as far as the counters can tell what is usual. */
function silence({ id, last }: SourceStatus, series: Series | undefined, { now }: Clock): string {
  const since = last === null ? "nothing yet" : `nothing for ${span(now - Date.parse(last))}`;
  const usual = series === undefined ? undefined : usualPerHour(id, series);
  if (usual === undefined) return since;
  const told = usual >= 60 ? `${Math.round(usual / 60)} a minute` : `${Math.ceil(usual)} an hour`;
  return `${since}; today else ${told}`;
}
