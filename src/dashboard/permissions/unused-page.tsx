import type * as z from "zod";
import { Refusal } from "../../api/operation.ts";
import { unusedRules } from "../../api/permissions/unused.ts";
import type { Page } from "../page/page.ts";
import { address, pagePath } from "../parts/address.ts";
import { Empty } from "../parts/empty.tsx";
import { refusedView } from "../parts/refused.tsx";
import { type Column, Table } from "../parts/table.tsx";
import { findAsking, MapHead } from "./map-head.tsx";

type Rule = z.output<typeof unusedRules.gives>["rules"][number];
const SPANS = [7, 14, 30];

/** The rules that no login came to. */
export const unusedPage: Page = {
  path: "/dashboard/permissions/:source/unused",
  who: "supervisor",
  show: async (visit) => {
    const { ask, params, query } = visit;
    const [told, asking] = await Promise.all([
      ask(unusedRules, { params, query: { days: query.days } }),
      findAsking(visit),
    ]);
    if (told instanceof Refusal) return refusedView(told, "/dashboard/permissions");
    if (asking instanceof Refusal) return refusedView(asking, "/dashboard/permissions");
    const { source } = asking;
    const columns: Column<Rule>[] = [
      {
        name: "Whose",
        cell: ({ owner }) => <a href={address(pagePath("permissions", source), { agent: owner })}>{owner}</a>,
      },
      { name: "Rule", isNumber: true, cell: ({ position }) => position },
      { name: "Note", cell: ({ note }) => note },
    ];
    return {
      title: `Unused rules of the map of ${source}`,
      body: (
        <>
          <MapHead of={asking} view="Unused rules" visit={visit} />
          <p>
            {told.unused === 1 ? "1 rule was" : `${told.unused} rules were`} not needed by the {told.asked} logins of
            the last {told.days} days.
            {told.cut ? " There were more logins than may be looked at; only the newest count." : null}
          </p>
          <nav class="views" aria-label="How far back">
            {SPANS.map((days) => (
              <a
                href={address(pagePath("permissions", source, "unused"), { days })}
                aria-current={days === told.days ? "page" : undefined}
              >
                {days} days
              </a>
            ))}
          </nav>
          {told.rules.length === 0 ? (
            <Empty title="Every rule was needed.">
              <p>There is nothing to tidy up.</p>
            </Empty>
          ) : (
            <Table label="Rules that no login came to" columns={columns} rows={told.rules} />
          )}
          {told.unused > told.rules.length ? (
            <p class="note">{told.unused - told.rules.length} more are not shown.</p>
          ) : null}
        </>
      ),
    };
  },
};
