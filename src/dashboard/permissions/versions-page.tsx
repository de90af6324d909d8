import type * as z from "zod";
import { Refusal } from "../../api/operation.ts";
import { listMapVersions } from "../../api/permissions/versions.ts";
import type { Page } from "../page/page.ts";
import { pagePath } from "../parts/address.ts";
import { Empty } from "../parts/empty.tsx";
import { Moment } from "../parts/moment.tsx";
import { refusedView } from "../parts/refused.tsx";
import { type Column, Table } from "../parts/table.tsx";
import { whoWrote } from "../parts/who-wrote.ts";
import { findAsking, MapHead } from "./map-head.tsx";
import { RollBack } from "./roll-back.tsx";

type Version = z.output<typeof listMapVersions.gives>["items"][number];

/** The versions of a map: who made which, and when. */
export const mapVersionsPage: Page = {
  path: "/dashboard/permissions/:source/versions",
  who: "supervisor",
  show: async (visit) => {
    const { ask, params, clock, caller } = visit;
    const [told, asking] = await Promise.all([ask(listMapVersions, { params }), findAsking(visit)]);
    if (told instanceof Refusal) return refusedView(told, "/dashboard/permissions");
    if (asking instanceof Refusal) return refusedView(asking, "/dashboard/permissions");
    const { source } = asking;
    const columns: Column<Version>[] = [
      {
        name: "Version",
        cell: ({ version }) => <a href={pagePath("permissions", source, "versions", String(version))}>{version}</a>,
      },
      { name: "When", cell: ({ at }) => <Moment at={at} clock={clock} /> },
      { name: "Who", cell: ({ who }) => whoWrote(who) },
      { name: "Hash", cell: ({ hash }) => <span class="id">{hash}</span> },
      {
        name: "Back to it",
        cell: ({ version, newest }) =>
          newest ? (
            <span class="note">in force</span>
          ) : caller.role === "admin" ? (
            <RollBack source={source} version={version} />
          ) : null,
      },
    ];
    return {
      title: `Versions of the map of ${source}`,
      body: (
        <>
          <MapHead of={asking} view="Versions" visit={visit} />
          {told.items.length === 0 ? (
            <Empty title="There is no version yet.">
              <p>The first map that is published, or put into KV, is the first.</p>
            </Empty>
          ) : (
            <Table label="Versions of the map" columns={columns} rows={told.items} />
          )}
        </>
      ),
    };
  },
};
