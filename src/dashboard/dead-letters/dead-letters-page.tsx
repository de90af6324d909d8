import { listDeadLetters } from "../../api/dead-letters/list.ts";
import { listEvents } from "../../api/events/list.ts";
import { Refusal } from "../../api/operation.ts";
import { EventTable } from "../events/list-table.tsx";
import { isAdmitted } from "../page/admitted.ts";
import type { Page } from "../page/page.ts";
import { address } from "../parts/address.ts";
import { Commands } from "../parts/commands.tsx";
import { Empty } from "../parts/empty.tsx";
import { Fault } from "../parts/fault.tsx";
import { Filters, TextFilter, WordFilter } from "../parts/form/filters.tsx";
import { Pager } from "../parts/pager.tsx";
import { refusedView } from "../parts/refused.tsx";
import { CauseTable } from "./cause-table.tsx";

const names = ["destination", "state"] as const;
const NEWS_SECONDS = 10;

/** What was given up, by cause and one by one. */
export const deadLettersPage: Page = {
  path: "/dashboard/dead-letters",
  who: "viewer",
  show: async ({ ask, query, url, clock, caller }) => {
    const { destination, state = "dead", cursor } = query;
    const [told, listed] = await Promise.all([
      ask(listDeadLetters, { query: { destination, state } }),
      ask(listEvents, { query: { state, destination, cursor } }),
    ]);
    const refusal = told instanceof Refusal ? told : listed instanceof Refusal ? listed : undefined;
    const groups = told instanceof Refusal ? undefined : told;
    const items = listed instanceof Refusal ? [] : listed.items.filter((item) => "states" in item);
    const isNothing = groups?.items.length === 0 && items.length === 0;
    const destinations = [...new Set(groups?.items.map((group) => group.destination))];
    return {
      title: "Dead letters",
      status: refusal && refusedView(refusal).status,
      refreshSeconds: cursor === undefined && refusal === undefined ? NEWS_SECONDS : undefined,
      body: (
        <>
          <h1>Dead letters</h1>
          <p class="lead">
            Deliveries that were given up and not replayed since. The events themselves are kept; none of them is lost.
          </p>
          <Filters path="/dashboard/dead-letters" query={query} names={names} clock={clock}>
            <TextFilter name="destination" label="Destination" query={query} choices={destinations} />
            <WordFilter name="state" label="State" query={query} choices={["dead", "expired"]} usual="dead" />
          </Filters>
          <Fault of={refusal} />
          {isNothing ? (
            <Empty title={state === "dead" ? "Nothing was given up" : "Nothing came too late"}>
              <p>
                What still waits is tried again by itself: <a href="/dashboard/events?state=waiting">see what waits</a>.
              </p>
            </Empty>
          ) : null}
          {groups === undefined || groups.items.length === 0 ? null : (
            <>
              <h2>By cause</h2>
              <CauseTable groups={groups} clock={clock} mayReplay={isAdmitted(caller, "operator")} />
            </>
          )}
          {items.length === 0 ? null : (
            <>
              <h2>One by one</h2>
              <EventTable
                items={items}
                clock={clock}
                label="Events that were given up for a destination"
                caller={caller}
              />
            </>
          )}
          <Pager url={url} next={listed instanceof Refusal ? null : listed.next} />
          <Commands
            id="dead"
            origin={url.origin}
            method="GET"
            path={address("/api/dead-letters", { destination, state })}
            command={["events", "--state", state, ...(destination === undefined ? [] : ["--destination", destination])]}
          />
        </>
      ),
    };
  },
};
