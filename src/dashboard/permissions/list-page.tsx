import { Refusal } from "../../api/operation.ts";
import { listMaps } from "../../api/permissions/list.ts";
import type { Page } from "../page/page.ts";
import { pagePath } from "../parts/address.ts";
import { Empty } from "../parts/empty.tsx";
import { Moment } from "../parts/moment.tsx";
import { refusedView } from "../parts/refused.tsx";
import { type Column, Table } from "../parts/table.tsx";
import type { AskingSource } from "./told.ts";

/** The sources that ask who may log in, each with its map. */
export const mapsPage: Page = {
  path: "/dashboard/permissions",
  who: "supervisor",
  show: async ({ ask, clock }) => {
    const told = await ask(listMaps);
    if (told instanceof Refusal) return refusedView(told);
    const columns: Column<AskingSource>[] = [
      { name: "Source", cell: ({ source }) => <a href={pagePath("permissions", source)}>{source}</a> },
      { name: "Guard", cell: ({ mode }) => (mode === "shadow" ? "only watches" : "answers") },
      { name: "Version", isNumber: true, cell: ({ version }) => version?.version ?? "none" },
      { name: "Since", cell: ({ version }) => <Moment at={version?.since} clock={clock} /> },
      { name: "By", cell: ({ version }) => version?.who ?? "–" },
      { name: "Zone", cell: ({ zone }) => zone },
    ];
    return {
      title: "Permission map",
      body: (
        <>
          <h1>Who may log in to what</h1>
          <p class="lead">One map for each source that asks. Without a map every login is refused.</p>
          {told.items.length === 0 ? (
            <Empty title="No source asks who may log in.">
              <p>
                VCC Live does, by its Project Login webhook: add a source with <code>"vendor": "vcc-live"</code> to the
                configuration first.
              </p>
            </Empty>
          ) : (
            <Table label="Maps by source" columns={columns} rows={told.items} />
          )}
        </>
      ),
    };
  },
};
