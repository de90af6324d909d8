import type * as z from "zod";
import { acknowledgeIncident } from "../../api/incidents/acknowledge.ts";
import { listIncidents } from "../../api/incidents/read.ts";
import type { incidentView } from "../../api/incidents/view.ts";
import { Refusal } from "../../api/operation.ts";
import { type Caller, isAtLeast, type Role } from "../../api/people/role.ts";
import { isAdmitted } from "../page/admitted.ts";
import type { Action, Markup, Page, View } from "../page/page.ts";
import type { Visit } from "../page/visit.ts";
import { pagePath } from "../parts/address.ts";
import { Commands } from "../parts/commands.tsx";
import { Empty } from "../parts/empty.tsx";
import { Act } from "../parts/form/act.tsx";
import { Shown } from "../parts/form/hidden.tsx";
import { InCode } from "../parts/in-code.tsx";
import { Age } from "../parts/moment.tsx";
import { Pager } from "../parts/pager.tsx";
import { refusedView } from "../parts/refused.tsx";
import { done, SaidLine } from "../parts/said.tsx";
import { State } from "../parts/state.tsx";
import { type Column, Table } from "../parts/table.tsx";

type Incident = z.output<typeof incidentView>;

/** What needed somebody, each told once when it began and once when it was over. */
export const incidentsPage: Page = {
  path: "/dashboard/incidents",
  who: "viewer",
  show: (visit) => incidentsView(visit),
};

/** The incidents; on top what a test came to. */
export async function incidentsView(visit: Visit, tested?: Markup): Promise<View> {
  const { ask, caller, query, url } = visit;
  const told = await ask(listIncidents, { query: { cursor: query.cursor } });
  if (told instanceof Refusal) return refusedView(told);
  const open = told.items.filter(({ state }) => state === "opened").length;
  const mayAct = isAtLeast(caller, "operator");
  return {
    title: "Incidents",
    refreshSeconds: tested === undefined ? 10 : undefined,
    body: (
      <>
        <h1>Incidents</h1>
        {query.cursor === undefined ? <p class="lead">{openWords(open)}</p> : null}
        <SaidLine url={url} />
        {tested}
        {told.items.length === 0 ? (
          <Empty title="There was no incident yet.">
            <p>
              One opens by itself when a destination fails, a source is silent, logins are refused. Destinations whose
              events name <code>relay.*</code> are told of it.
            </p>
          </Empty>
        ) : (
          <Table
            columns={columnsFor(visit, mayAct)}
            rows={told.items}
            label="Incidents"
            rowId={({ id, state }) => `${id}-${state}`}
          />
        )}
        <Pager url={url} next={told.next} />
        {mayAct ? (
          <>
            <Act to="/dashboard/incidents/test" name="Send a test alert" />
            <p class="note">
              It goes at once to each destination that takes any event of the relay's own, marked as a test.
            </p>
            <Commands
              id="alerts"
              origin={url.origin}
              method="POST"
              path="/api/alerts/test"
              command={["incidents", "test"]}
            />
          </>
        ) : null}
      </>
    ),
  };
}

function columnsFor({ clock, query, caller }: Visit, mayAct: boolean): Column<Incident>[] {
  return [
    { name: "Opened", cell: ({ opened }) => <Age at={opened} clock={clock} /> },
    { name: "State", cell: ({ state }) => <State of={state} /> },
    {
      name: "Kind",
      cell: ({ type, sentence, next }) => (
        <>
          <span class="id">{type.replace("relay.", "")}</span>
          <div>
            <InCode text={sentence} />
          </div>
          <div class="note">
            <InCode text={next} />
          </div>
        </>
      ),
    },
    { name: "About", cell: ({ about }) => <About of={about} caller={caller} /> },
    {
      name: "Counts",
      cell: ({ counts }) =>
        Object.entries(counts).map(([name, number]) => (
          <div class="whole">
            {name}: {number}
          </div>
        )),
    },
    {
      name: "Acknowledged",
      cell: ({ id, ack, state }) =>
        ack !== null ? (
          <>
            <Shown text={ack.who} />, <Age at={ack.at} clock={clock} />
          </>
        ) : mayAct && state === "opened" ? (
          <Act to={pagePath("incidents", id, "ack")} name="I see to it" what={id} fields={{ cursor: query.cursor }} />
        ) : (
          "nobody"
        ),
    },
    { name: "Closed", cell: ({ until }) => <Age at={until} clock={clock} /> },
  ];
}

/** Pages of what an incident can be about, and who may see them. */
const pages: Readonly<Record<string, { readonly page: string; readonly who: Role }>> = {
  destination: { page: "destinations", who: "viewer" },
  source: { page: "sources", who: "viewer" },
  permissions: { page: "permissions", who: "supervisor" },
};

/** What an incident is about leads to its page, those who may see it. */
function About({ of: { kind, id }, caller }: { readonly of: Incident["about"]; readonly caller: Caller }) {
  const place = pages[kind];
  if (place !== undefined && isAdmitted(caller, place.who)) return <a href={pagePath(place.page, id)}>{id}</a>;
  return <span>{place !== undefined || id === kind ? id : `${kind} ${id}`}</span>;
}

function openWords(open: number): string {
  if (open === 0) return "None is open.";
  return open === 1 ? "One is open." : `${open} are open.`;
}

/** Says that somebody sees to it. */
export const acknowledge: Action = {
  path: "/dashboard/incidents/:id/ack",
  who: "operator",
  act: async ({ ask, params }) => {
    const told = await ask(acknowledgeIncident, { params });
    return told instanceof Refusal
      ? refusedView(told, "/dashboard/incidents")
      : done("/dashboard/incidents", "acknowledged");
  },
};
