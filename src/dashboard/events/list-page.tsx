import { listEvents } from "../../api/events/list.ts";
import { Refusal } from "../../api/operation.ts";
import type { Caller } from "../../api/people/role.ts";
import { isAdmitted } from "../page/admitted.ts";
import type { Page } from "../page/page.ts";
import { address, changed, leadTo } from "../parts/address.ts";
import { Commands } from "../parts/commands.tsx";
import { Empty } from "../parts/empty.tsx";
import { Fault } from "../parts/fault.tsx";
import { chosen, type Query } from "../parts/form/filters.tsx";
import { Pager } from "../parts/pager.tsx";
import { refusedView } from "../parts/refused.tsx";
import { EventFilters, replayed } from "./list-filters.tsx";
import { EventTable } from "./list-table.tsx";
import { leadsTo, Taken } from "./taken.tsx";

const NEWS_SECONDS = 5;

/** Which events came, and what became of them. */
export const eventsPage: Page = {
  path: "/dashboard/events",
  who: "viewer",
  show: async ({ ask, query, url, clock, caller }) => {
    const asked = chosen(query, [...replayed, "q"], clock);
    const told = await ask(listEvents, { query: { ...asked, cursor: query.cursor } });
    const refusal = told instanceof Refusal ? told : undefined;
    const found = told instanceof Refusal ? undefined : told;
    const to = found === undefined || Object.keys(asked).length > 1 ? undefined : leadsTo(found);
    if (to !== undefined) return leadTo(to);
    const items = found?.items.filter((item) => "states" in item) ?? [];
    return {
      title: "Events",
      status: refusal && refusedView(refusal).status,
      refreshSeconds: query.cursor === undefined && refusal === undefined ? NEWS_SECONDS : undefined,
      body: (
        <>
          <h1>Events</h1>
          <EventFilters query={query} items={items} clock={clock} />
          <Fault of={refusal} />
          {found === undefined ? null : <Taken told={found} />}
          {items.length > 0 ? (
            <EventTable items={items} clock={clock} label="Events, the newest first" caller={caller} />
          ) : found === undefined ? null : (
            <Nothing isNarrowed={Object.keys(asked).length > 0} next={found.next} url={url} />
          )}
          <Pager url={url} next={found?.next ?? null} />
          <Further caller={caller} asked={asked} origin={url.origin} />
        </>
      ),
    };
  },
};

/** A page may be empty, and the next ones not. */
function Nothing({ isNarrowed, next, url }: { isNarrowed: boolean; next: string | null; url: URL }) {
  if (next !== null) {
    return (
      <Empty title="Nothing among those that were looked at">
        <p>
          <a href={changed(url, { cursor: next })}>Look further back</a>
        </p>
      </Empty>
    );
  }
  return isNarrowed ? (
    <Empty title="No such event">
      <p>
        Take one of the conditions away, or look among the <a href="/dashboard/refused">refused requests</a>: what was
        refused is no event.
      </p>
    </Empty>
  ) : (
    <Empty title="No event yet">
      <p>
        Send one: <code>npx hookswitch send vcc-live user</code>, or look whether requests are{" "}
        <a href="/dashboard/refused">refused</a>.
      </p>
    </Empty>
  );
}

/** What else can be done with what the list shows. */
function Further({ caller, asked, origin }: { caller: Caller; asked: Query; origin: string }) {
  const isReplayable = Object.keys(asked).length > 0 && asked.q === undefined;
  const options = Object.entries(asked).flatMap(([name, value]) => [`--${name}`, value]);
  return (
    <div class="further">
      {isReplayable && isAdmitted(caller, "operator") ? (
        <a class="button quiet" data-key="r" href={address("/dashboard/replays/new", asked)}>
          Replay these…
        </a>
      ) : null}
      <Commands
        id="list"
        origin={origin}
        method="GET"
        path={address("/api/events", asked)}
        command={["events", ...options]}
      />
    </div>
  );
}
