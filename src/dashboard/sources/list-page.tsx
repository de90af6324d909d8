import { Refusal } from "../../api/operation.ts";
import { listSources } from "../../api/sources/read.ts";
import type { Clock } from "../page/clock.ts";
import type { Page } from "../page/page.ts";
import { address, pagePath } from "../parts/address.ts";
import { Copied } from "../parts/copied.tsx";
import { Empty } from "../parts/empty.tsx";
import { Age } from "../parts/moment.tsx";
import { refusedView } from "../parts/refused.tsx";
import { type Column, Table } from "../parts/table.tsx";
import type { Listed } from "./told.ts";

/** Who sends, and whether they do. */
export const sourcesPage: Page = {
  path: "/dashboard/sources",
  who: "viewer",
  show: async ({ ask, caller, clock }) => {
    const told = await ask(listSources);
    if (told instanceof Refusal) return refusedView(told);
    return {
      title: "Sources",
      refreshSeconds: 10,
      body: (
        <>
          <h1>Sources</h1>
          {told.items.length === 0 ? (
            <Empty title="No source is configured, so every webhook is refused.">
              <p>A source is one account of a vendor, with a URL and a key of its own.</p>
            </Empty>
          ) : (
            <Table columns={columnsFor(clock)} rows={told.items} label="Sources" />
          )}
          {caller.role === "admin" ? (
            <p>
              <a class="button" href="/dashboard/configuration/new-source">
                New source
              </a>
            </p>
          ) : null}
        </>
      ),
    };
  },
};

function columnsFor(clock: Clock): Column<Listed>[] {
  return [
    { name: "Source", cell: ({ id }) => <a href={pagePath("sources", id)}>{id}</a> },
    { name: "Vendor", cell: ({ product }) => product },
    { name: "URL", cell: ({ id, url }) => <Copied id={`url-${id}`} text={url} what={`the URL of ${id}`} /> },
    { name: "Last event", cell: ({ last }) => <Age at={last} clock={clock} /> },
    {
      name: "Keys, last used",
      cell: ({ keys }) =>
        keys.map(({ name, set, last }) => (
          <div>
            <span class="id">{name}</span>{" "}
            {set ? <Age at={last} clock={clock} /> : <span class="state bad">▲ not set</span>}
          </div>
        )),
    },
    {
      name: "Drift",
      cell: ({ id, drift }) => (drift === 0 ? 0 : <a href={`${pagePath("sources", id)}#drift`}>{drift}</a>),
      isNumber: true,
    },
    {
      name: "Refused since yesterday",
      cell: ({ id, refused: { times } }) =>
        times === 0 ? 0 : <a href={address("/dashboard/refused", { source: id })}>{times}</a>,
      isNumber: true,
    },
  ];
}
