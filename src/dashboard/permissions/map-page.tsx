import { Refusal } from "../../api/operation.ts";
import { readGrants } from "../../api/permissions/list-grants.ts";
import { readMatrix } from "../../api/permissions/matrix.ts";
import { permissionsStatus } from "../../api/permissions/status.ts";
import type { Page } from "../page/page.ts";
import { Empty } from "../parts/empty.tsx";
import { refusedView } from "../parts/refused.tsx";
import { GrantsInForce } from "./grants-in-force.tsx";
import { findAsking, MapHead } from "./map-head.tsx";
import { Matrix } from "./matrix.tsx";
import { MatrixFilters } from "./matrix-filters.tsx";
import { Trouble } from "./trouble.tsx";

/** The map of a source as a matrix for one moment. */
export const mapPage: Page = {
  path: "/dashboard/permissions/:source",
  who: "supervisor",
  show: async (visit) => {
    const { ask, params, query, clock } = visit;
    const { agent, project, at } = query;
    const zone = clock.isKnown ? clock.zone : undefined;
    const [matrix, grants, status] = await Promise.all([
      ask(readMatrix, { params, query: { agent, project, at, zone } }),
      ask(readGrants, { params }),
      ask(permissionsStatus, { params }),
    ]);
    if (status instanceof Refusal) return refusedView(status, "/dashboard/permissions");
    if (grants instanceof Refusal) return refusedView(grants, "/dashboard/permissions");
    const asking = await findAsking(visit);
    if (asking instanceof Refusal) return refusedView(asking, "/dashboard/permissions");
    const { source } = asking;
    return {
      title: `Permission map of ${source}`,
      body: (
        <>
          <MapHead of={asking} view="Matrix" visit={visit} />
          <Trouble of={status} clock={clock} />
          <MatrixFilters query={query} source={source} zone={zone ?? asking.zone} />
          {matrix instanceof Refusal ? (
            <p class="fault" role="alert">
              {matrix.detail}
            </p>
          ) : matrix.rows.some(({ owner, cells }) => owner !== "default" || cells.length > 0) ? (
            <Matrix of={matrix} source={source} clock={clock} />
          ) : (
            <Empty title={agent === undefined ? "The map has no rule." : "No owner of rules has this in their name."}>
              <p>Write one on the page Text, or see what everybody may without the filter.</p>
            </Empty>
          )}
          <GrantsInForce {...grants} source={source} clock={clock} />
        </>
      ),
    };
  },
};
