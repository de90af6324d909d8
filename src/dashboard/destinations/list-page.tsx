import { listDestinations } from "../../api/destinations/read.ts";
import { Refusal } from "../../api/operation.ts";
import { isAtLeast } from "../../api/people/role.ts";
import { stats } from "../../api/stats.ts";
import type { Clock } from "../page/clock.ts";
import type { Page } from "../page/page.ts";
import type { Visit } from "../page/visit.ts";
import { pagePath } from "../parts/address.ts";
import { DeadLettersLink } from "../parts/dead-letters-link.tsx";
import { Empty } from "../parts/empty.tsx";
import { Act } from "../parts/form/act.tsx";
import { Shown } from "../parts/form/hidden.tsx";
import { Age } from "../parts/moment.tsx";
import { refusedView } from "../parts/refused.tsx";
import { SaidLine } from "../parts/said.tsx";
import { State } from "../parts/state.tsx";
import { type Column, Table } from "../parts/table.tsx";
import { lastDayOf } from "./last-day.ts";
import { Spark } from "./spark.tsx";
import { actFor, type Destination, pauseWords, stateOf, stateWords } from "./state.ts";

/** Where events go, and how each place stands. */
export const destinationsPage: Page = {
  path: "/dashboard/destinations",
  who: "viewer",
  show: async (visit) => {
    const { ask, caller, clock, url, query } = visit;
    const [told, counted] = await Promise.all([ask(listDestinations), ask(stats, { query: { bucket: "hour" } })]);
    if (told instanceof Refusal) return refusedView(told);
    const series = counted instanceof Refusal ? { destinations: [] } : counted;
    const mayAct = isAtLeast(caller, "operator");
    const columns: Column<Destination>[] = [
      { name: "Name", cell: ({ id }) => <a href={pagePath("destinations", id)}>{id}</a> },
      { name: "State", cell: (one) => <How of={one} clock={clock} /> },
      { name: "Health, 24 h", cell: ({ id }) => <Spark day={lastDayOf(id, series, clock.now)} /> },
      { name: "Host", cell: ({ url: to }) => <span class="id">{hostOf(to)}</span> },
      { name: "Waiting", cell: ({ waiting }) => `${waiting.deliveries}${waiting.more ? "+" : ""}`, isNumber: true },
      { name: "Oldest", cell: ({ waiting }) => <Age at={waiting.oldest} clock={clock} /> },
      ...(mayAct ? [{ name: "Do", cell: (one: Destination) => <PauseOrResume of={one} from="list" /> }] : []),
    ];
    const done = told.items.find(({ id }) => id === query.of);
    return {
      title: "Destinations",
      refreshSeconds: 10,
      body: (
        <>
          <h1>Destinations</h1>
          <SaidLine url={url}>
            {done === undefined || !mayAct ? null : (
              <>
                <span class="id">{done.id}</span> <PauseOrResume of={done} from="list" />
              </>
            )}
          </SaidLine>
          {told.items.length === 0 ? (
            <Empty title="No destination is configured, so no event goes anywhere.">
              <p>Events are kept all the same, and can be sent to a new destination by a replay.</p>
            </Empty>
          ) : (
            <Table columns={columns} rows={told.items} label="Destinations" />
          )}
          <NewLink visit={visit} />
        </>
      ),
    };
  },
};

function How({ of, clock }: { readonly of: Destination; readonly clock: Clock }) {
  const { paused, breaker } = of;
  const probe = breaker?.nextProbe;
  return (
    <>
      <span class="standing">
        <State of={stateOf(of)} word={stateWords(of)} />
        <DeadLettersLink id={of.id} dead={of.dead} />
      </span>
      {paused === null ? null : (
        <div class="note">
          <Shown text={pauseWords(paused)} />
          {paused.since === undefined ? null : (
            <>
              {", "}
              <Age at={paused.since} clock={clock} />
            </>
          )}
        </div>
      )}
      {paused !== null || probe === undefined ? null : (
        <div class="note">
          next probe <Age at={probe} clock={clock} />
        </div>
      )}
    </>
  );
}

/** The one button that fits: whatever was done, the other takes it back. */
export function PauseOrResume({ of, from }: { readonly of: Destination; readonly from: "list" | "page" }) {
  const act = actFor(of);
  return (
    <Act
      to={pagePath("destinations", of.id, act)}
      name={act === "resume" ? "Resume" : "Pause"}
      what={of.id}
      fields={{ from }}
    />
  );
}

function NewLink({ visit: { caller } }: { readonly visit: Visit }) {
  return caller.role === "admin" ? (
    <p>
      <a class="button" href="/dashboard/configuration/new-destination">
        New destination
      </a>
    </p>
  ) : null;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
