import type * as z from "zod";
import { listAudit } from "../../api/audit/list.ts";
import { verifyChain } from "../../api/audit/verify.ts";
import { Refusal } from "../../api/operation.ts";
import type { Clock } from "../page/clock.ts";
import type { Page } from "../page/page.ts";
import { changed } from "../parts/address.ts";
import { Empty } from "../parts/empty.tsx";
import { Moment } from "../parts/moment.tsx";
import { Pager } from "../parts/pager.tsx";
import { refusedView } from "../parts/refused.tsx";
import { type Column, Table } from "../parts/table.tsx";
import { Chain } from "./chain.tsx";
import { AuditFilters } from "./filters.tsx";

type Entry = z.output<typeof listAudit.gives>["items"][number];

/** Who did what. */
export const auditPage: Page = {
  path: "/dashboard/audit",
  who: "admin",
  show: async ({ ask, query, url, clock }) => {
    const { who, what, since, until, cursor, verify, head } = query;
    const asked = { who, what, since, until, cursor, zone: clock.zone };
    const [told, verified] = await Promise.all([
      ask(listAudit, { query: asked }),
      verify === undefined
        ? undefined
        : ask(verifyChain, { query: { head, cursor: verify === "1" ? undefined : verify } }),
    ]);
    if (told instanceof Refusal) return refusedView(told, "/dashboard/audit");
    if (verified instanceof Refusal) return refusedView(verified, "/dashboard/audit");
    return {
      title: "Audit",
      body: (
        <>
          <h1>Audit</h1>
          <p class="lead">
            One entry for each change, replay, pause and burst of failed sign-ins, chained by hashes: what was changed
            or taken away in between shows.
          </p>
          <Chain of={verified} url={url} />
          <AuditFilters query={query} />
          {told.items.length === 0 ? (
            <Empty title="No entry fits.">
              <p>
                <a href={changed(url, { who: undefined, what: undefined, since: undefined, until: undefined })}>
                  All entries
                </a>
              </p>
            </Empty>
          ) : (
            <Table columns={columnsFor(clock)} rows={told.items} label="Audit" />
          )}
          <Pager url={url} next={told.next === null ? null : String(told.next)} />
        </>
      ),
    };
  },
};

function columnsFor(clock: Clock): Column<Entry>[] {
  return [
    { name: "No.", cell: ({ seq }) => seq, isNumber: true },
    { name: "When", cell: ({ at }) => <Moment at={at} clock={clock} /> },
    { name: "Who", cell: ({ who }) => who ?? <Erased /> },
    { name: "Role", cell: ({ role }) => role },
    { name: "Action", cell: ({ action }) => <span class="id">{action}</span> },
    { name: "What", cell: ({ what }) => (what === null ? <Erased /> : <span class="id">{what}</span>) },
    {
      name: "Before, after",
      cell: ({ before, after }) =>
        before === null && after === null ? "" : <span class="id">{`${before ?? "–"} → ${after ?? "–"}`}</span>,
    },
    { name: "Reason", cell: ({ reason }) => reason ?? "" },
  ];
}

function Erased() {
  return <span class="none">erased</span>;
}
